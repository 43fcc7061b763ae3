"""The pages that are drawn from the code say what the code says now."""

from pathlib import Path

from .conftest import odoo_shell

ROOT = Path(__file__).parents[1]


def test_the_lifecycle_is_drawn_from_its_table(database):
    drawn = odoo_shell(database[0], (ROOT / "scripts/lifecycle.py").read_text(encoding="utf-8"))
    assert drawn == (ROOT / "docs/lifecycle.md").read_text(encoding="utf-8"), "make lifecycle"

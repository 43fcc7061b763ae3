import re
from pathlib import Path

from odoo.tests import BaseCase
from odoo.tools import file_open

ROOT = Path(__file__).parents[2]


class TestPlanDocs(BaseCase):
    def test_the_table_of_the_plan_is_complete(self):
        """Each line of the plan in its order, with a place in the product and a test there is."""
        with file_open("tthc_onestop/tests/data/plan_2023.txt") as file:
            lines = file.read().splitlines()
        text = (ROOT / "docs" / "ke-hoach.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (.+) \| (.+) \| `(test_\w+)` \|$", text, re.MULTILINE)
        self.assertEqual(len(rows), len(lines))
        tests = set()
        for path in ROOT.glob("tthc_*/tests/test_*.py"):
            tests |= set(re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")))
        for line, (said, _place, test) in zip(lines, rows, strict=True):
            self.assertTrue(line.startswith(said.removesuffix(" …")), said)
            self.assertIn(test, tests)

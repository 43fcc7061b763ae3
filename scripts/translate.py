"""Merge the terms of the addons into their i18n/vi.po. Run by scripts/translate in Odoo's shell."""

# ruff: noqa: F821
import io
from pathlib import Path

import polib

from odoo.modules import get_module_path
from odoo.tools.translate import trans_export

NEIGHBOURS = ("base", "web", "mail", "resource", "portal", "rating", "bus")


def translations_of(module):
    path = Path(get_module_path(module), "i18n", "vi.po")
    entries = polib.pofile(str(path)) if path.exists() else []
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}


odoos = {}
for neighbour in reversed(NEIGHBOURS):
    odoos |= translations_of(neighbour)
for module in ("tthc_onestop", "tthc_reporting"):
    exported = io.BytesIO()
    trans_export(False, [module], exported, "po", env)
    terms = polib.pofile(exported.getvalue().decode())
    ours = translations_of(module)
    for entry in terms:
        entry.msgstr = ours.get(entry.msgid) or odoos.get(entry.msgid, "")
    terms.header = f"Vietnamese translation of {module}."
    terms.metadata = {
        "Language": "vi",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    folder = Path(get_module_path(module), "i18n")
    folder.mkdir(exist_ok=True)
    terms.save(str(folder / "vi.po"))
    for entry in terms.untranslated_entries():
        print(f"{module}: {entry.msgid!r}")

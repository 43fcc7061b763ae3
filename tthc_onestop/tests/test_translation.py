import io

import polib

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    """The users read Vietnamese: each term of the source is translated."""

    modules = ("tthc_onestop", "tthc_reporting")

    def test_complete(self):
        installed = self.env["ir.module.module"].search(
            [("name", "in", self.modules), ("state", "=", "installed")]
        )
        for module in installed.mapped("name"):
            exported = io.BytesIO()
            trans_export(False, [module], exported, "po", self.env)
            terms = {entry.msgid for entry in polib.pofile(exported.getvalue().decode())}
            translated = polib.pofile(f"{get_module_path(module)}/i18n/vi.po")
            with self.subTest(module=module):
                self.assertFalse(terms - {entry.msgid for entry in translated}, "scripts/translate")
                self.assertFalse([entry.msgid for entry in translated if not entry.msgstr])
                self.assertFalse([entry.msgid for entry in translated if entry.fuzzy])

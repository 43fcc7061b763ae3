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

    def test_selections_are_read_in_vietnamese(self):
        """Those that repeat the selection of another field too."""
        names = self.env["ir.model"].search([("model", "like", "tthc.%")]).mapped("model")
        labels, pairs = {}, []
        for name in names:
            for field in self.env[name]._fields.values():
                if field.type != "selection" or field._module not in self.modules:
                    continue
                both = [
                    field._description_selection(self.env(context={"lang": lang}))
                    for lang in ("en_US", "vi_VN")
                ]
                for (_, source), (_, shown) in zip(*both, strict=True):
                    pairs.append((str(field), source, shown))
                    if shown != source:
                        labels[source] = shown
        wrong = [pair for pair in pairs if pair[1] in labels and pair[2] == pair[1]]
        self.assertTrue(labels)
        self.assertFalse(wrong)

import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError


class TthcProcedureImport(models.TransientModel):
    """Loads a published list of procedures; what is wrong with a row is told by row and column."""

    _name = "tthc.procedure.import"
    _description = "Load a list of procedures"

    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char()
    result = fields.Text(readonly=True)

    def action_check(self):
        return self._run(dry_run=True)

    def action_load(self):
        return self._run(dry_run=False)

    def _run(self, dry_run):
        self.ensure_one()
        # only managers may open this wizard, and only they may create procedures
        new, known, messages = self.env["tthc.procedure"].load_catalogue(self._text(), dry_run)
        lines = [
            self.env._("%s procedures would be added.", len(new))
            if dry_run
            else self.env._("%s procedures have been added.", len(new)),
            self.env._("%s are in the catalogue already and stay as they are.", len(known)),
            self.env._("%s rows or cells are wrong and were left out.", len(messages)),
            *messages,
        ]
        self.result = "\n".join(lines)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _text(self):
        try:
            text = base64.b64decode(self.file).decode("utf-8-sig")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise UserError(
                self.env._("This is not a CSV file in UTF-8: save the sheet as “CSV UTF-8” first.")
            ) from error
        if not text.strip():
            raise UserError(self.env._("The file is empty."))
        return text

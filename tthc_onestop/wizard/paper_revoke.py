from odoo import fields, models


class TthcPaperRevoke(models.TransientModel):
    """Asks why papers that are held count no more."""

    _name = "tthc.paper.revoke"
    _description = "Revoke papers held"

    document_ids = fields.Many2many("tthc.dossier.document", string="Papers")
    result_ids = fields.Many2many("tthc.dossier.result", string="Result documents")
    reason = fields.Text()

    def action_confirm(self):
        self.ensure_one()
        held = self.env["tthc.paper.held"].search(
            [
                "|",
                ("document_id", "in", self.document_ids.ids),
                ("result_id", "in", self.result_ids.ids),
            ]
        )
        held.action_revoke(self.reason)
        return {"type": "ir.actions.act_window_close"}

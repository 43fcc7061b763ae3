from odoo import fields, models


class TthcDossierCorrection(models.TransientModel):
    _inherit = "tthc.dossier.correction"

    hand_in_line_id = fields.Many2one(
        "tthc.report.hand.in.line", readonly=True, string="Dispute that it answers"
    )

    def action_confirm(self):
        result = super().action_confirm()
        line = self.hand_in_line_id
        if line.dossier_id == self.dossier_id:
            # a leader who corrected the dossier, checked by the gate, and reads the dispute
            line.sudo().answer = self.env._("Corrected: %s", self.reason)
        return result

from odoo import api, fields, models

from ..rules.lifecycle import ENTERED_LATE, MOVES


class TthcDossierCorrection(models.TransientModel):
    """Asks a leader what was so, since when and why, then enters it through the gate."""

    _name = "tthc.dossier.correction"
    _description = "Correction of a dossier"

    dossier_id = fields.Many2one(
        "tthc.dossier",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    status = fields.Selection(related="dossier_id.status")
    move = fields.Selection(
        [
            ("settle", "It was settled"),
            ("withdraw", "The citizen had withdrawn it"),
            ("reopen", "It had not ended, its end was recorded by mistake"),
        ],
        compute="_compute_move",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        string="It was so",
    )
    done_at = fields.Datetime(required=True, string="Since")
    reason = fields.Text(required=True, string="By what it is shown")

    @api.depends("dossier_id")
    def _compute_move(self):
        for wizard in self:
            status = wizard.dossier_id.status
            wizard.move = next((m for m in ENTERED_LATE if status in MOVES[m].sources), False)

    def action_confirm(self):
        self.ensure_one()
        self.dossier_id.action_correct(self.move, self.reason, self.done_at)
        return {"type": "ir.actions.act_window_close"}

from odoo import api, fields, models


class TthcReportReason(models.TransientModel):
    """Asks why a report or a hand-in is sent back, or a sealed report replaced."""

    _name = "tthc.report.reason"
    _description = "Reason for a step of a report"

    period_id = fields.Many2one("tthc.report.period", readonly=True)
    hand_in_id = fields.Many2one("tthc.report.hand.in", readonly=True)
    replaces = fields.Boolean(readonly=True)
    reason = fields.Text(required=True)
    changed = fields.Html(compute="_compute_changed")

    @api.depends("period_id", "replaces")
    @api.depends_context("lang")
    def _compute_changed(self):
        for step in self:
            seal = step.replaces and step.period_id.seal_id
            step.changed = bool(seal) and seal.changed_from(
                seal.part("figures"), step.period_id._current_figures()
            )

    def action_confirm(self):
        self.ensure_one()
        if self.replaces:
            self.period_id.action_replace(self.reason)
        else:
            (self.hand_in_id or self.period_id).action_send_back(self.reason)
        return {"type": "ir.actions.act_window_close"}

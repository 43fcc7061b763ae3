from odoo import api, fields, models


class TthcProcedure(models.Model):
    """Feedback gathers at the procedure it is about, whatever the version."""

    _inherit = "tthc.procedure"

    feedback_ids = fields.One2many("tthc.feedback", "procedure_id")
    feedback_count = fields.Integer(compute="_compute_feedback_count", string="Feedback received")

    @api.depends_context("uid")
    @api.depends("code", "feedback_ids")
    def _compute_feedback_count(self):
        counts = {}
        feedbacks = self.env["tthc.feedback"]
        if feedbacks.has_access("read"):
            for procedure, count in feedbacks._read_group(
                [("procedure_id.code", "in", self.mapped("code"))], ["procedure_id"], ["__count"]
            ):
                counts[procedure.code] = counts.get(procedure.code, 0) + count
        for procedure in self:
            procedure.feedback_count = counts.get(procedure.code, 0)

    def action_open_feedback(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.feedback_action")
        return action | {
            "display_name": self.name,
            "domain": [("procedure_id.code", "=", self.code)],
            "context": {"group_by": "procedure_part"},
        }

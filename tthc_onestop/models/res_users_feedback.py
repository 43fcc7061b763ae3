from odoo import api, fields, models
from odoo.fields import Domain

from .res_company import local_today


class ResUsers(models.Model):
    """How much feedback an officer has in hand, as far as who asks may see it."""

    _inherit = "res.users"

    tthc_feedback_count = fields.Integer(
        compute="_compute_tthc_feedback", string="Feedback in hand"
    )
    tthc_feedback_late_count = fields.Integer(
        compute="_compute_tthc_feedback", string="Feedback in hand, late"
    )

    @api.depends_context("uid")
    def _compute_tthc_feedback(self):
        self.tthc_feedback_count = self.tthc_feedback_late_count = 0
        feedback = self.env["tthc.feedback"]
        if not feedback.has_access("read"):
            return
        in_hand = Domain("officer_id", "in", self.ids) & Domain("status", "=", "in_progress")
        for field, found in (
            ("tthc_feedback_count", in_hand),
            ("tthc_feedback_late_count", in_hand & Domain("due_on", "<", local_today())),
        ):
            for user, count in feedback._read_group(found, ["officer_id"], ["__count"]):
                user.with_env(self.env)[field] = count

    @api.readonly
    def tthc_open_feedback(self):
        """The feedback that this officer has in hand."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.feedback_action")
        return action | {
            "target": "main",
            "display_name": self.name,
            "domain": [("officer_id", "=", self.id), ("status", "=", "in_progress")],
            "context": {},
        }

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

DAYS = 90  # how far back a sender's others may be the same matter


class TthcFeedback(models.Model):
    """Those that may say the same: found by their words, or by who sent them."""

    _inherit = "tthc.feedback"

    similar_ids = fields.Many2many(
        "tthc.feedback", compute="_compute_similar_ids", string="May say the same"
    )
    duplicate_count = fields.Integer(compute="_compute_duplicate_count", string="Senders besides")

    @api.depends_context("uid")
    @api.depends("fingerprint", "sender_phone", "sender_email", "duplicate_of_id", "status")
    def _compute_similar_ids(self):
        for feedback in self:
            feedback.similar_ids = False
            same = [
                Domain(field, operator, feedback[field])
                for field, operator in (
                    ("fingerprint", "="),
                    ("sender_phone", "="),
                    ("sender_email", "=ilike"),
                )
                if feedback[field]
            ]
            open_ = feedback.status in ("received", "classified") and not feedback.duplicate_of_id
            if not same or not open_ or not feedback._origin:
                continue
            feedback.similar_ids = self.search(
                Domain.OR(same)
                & Domain("company_id", "=", feedback.company_id.id)
                & Domain("id", "!=", feedback._origin.id)
                & Domain("refusal_kind", "not in", ("complaint", "denunciation"))
                & Domain("received_on", ">=", feedback.received_on - timedelta(days=DAYS)),
                limit=20,
            )

    @api.depends_context("uid")
    @api.depends("duplicate_ids")
    def _compute_duplicate_count(self):
        counts = dict(
            self._read_group(
                [("duplicate_of_id", "in", self.ids)], ["duplicate_of_id"], ["__count"]
            )
        )
        for feedback in self:
            feedback.duplicate_count = counts.get(feedback._origin, 0)

    def action_open_duplicates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.feedback_action")
        return action | {
            "domain": [("duplicate_of_id", "=", self.id)],
            "context": {},
            "display_name": self.name,
        }

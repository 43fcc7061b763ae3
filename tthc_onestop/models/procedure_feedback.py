from odoo import api, fields, models

from ..rules import feedback as rules
from .selection import selection_of

OPEN = [("status", "in", rules.OPEN)]


class TthcProcedure(models.Model):
    """Feedback gathers at the part of a procedure it is about, whatever the version."""

    _inherit = "tthc.procedure"

    feedback_ids = fields.One2many("tthc.feedback", "procedure_id")
    feedback_count = fields.Integer(compute="_compute_feedback_count", string="Feedback received")
    review_count = fields.Integer(
        compute="_compute_feedback_count", string="Reviews that feedback asks for"
    )
    feedback_by_part = fields.Html(
        compute="_compute_feedback_by_part", sanitize=False, exportable=False
    )

    @api.depends_context("uid")
    @api.depends("code", "feedback_ids")
    def _compute_feedback_count(self):
        feedback, reviews = (
            self._count_by_code(model) for model in ("tthc.feedback", "tthc.plan.task")
        )
        for procedure in self:
            procedure.feedback_count = feedback.get(procedure.code, 0)
            procedure.review_count = reviews.get(procedure.code, 0)

    def _count_by_code(self, model):
        records, counts = self.env[model], {}
        if records.has_access("read"):
            for procedure, count in records._read_group(
                [("procedure_id.code", "in", self.mapped("code"))], ["procedure_id"], ["__count"]
            ):
                counts[procedure.code] = counts.get(procedure.code, 0) + count
        return counts

    @api.depends_context("uid", "lang")
    @api.depends("code", "feedback_ids")
    def _compute_feedback_by_part(self):
        labels = dict(selection_of("tthc.feedback", "procedure_part")(self))
        labels[False] = self.env._("Not said")
        for procedure in self:
            about = [("procedure_id.code", "=", procedure.code)]
            feedback, reviews = (
                procedure.feedback_count and self.env[model].search(about).grouped("procedure_part")
                for model in ("tthc.feedback", "tthc.plan.task")
            )
            procedure.feedback_by_part = feedback and self.env["ir.qweb"]._render(
                "tthc_onestop.procedure_feedback_by_part",
                {
                    "rows": [
                        {
                            "part": label,
                            "count": len(feedback[part]),
                            "open": len(feedback[part].filtered_domain(OPEN)),
                            "proposals": len(feedback[part].filtered("proposal")),
                            "reviews": reviews.get(part, ()),
                        }
                        for part, label in labels.items()
                        if part in feedback
                    ]
                },
            )

    def action_open_feedback(self):
        """The feedback received, part by part; what is chosen there is proposed for a review."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.feedback_action")
        views = sorted(action["views"], key=lambda view: view[1] != "list")
        return action | {
            "display_name": self.name,
            "views": views,
            "domain": [("procedure_id.code", "=", self.code)],
            "context": {"group_by": "procedure_part"},
        }

    def action_open_reviews(self):
        self.ensure_one()
        found = self.env["tthc.plan.task"].search([("procedure_id.code", "=", self.code)])
        return found._opened()

    def _decide(self):
        """What was under review is another from now on: the senders may be told."""
        result = super()._decide()
        # of reviews that who publishes does not see their keepers are reminded all the same
        reviews = self.env["tthc.plan.task"].sudo()
        reviews.search([("procedure_id.code", "in", self.mapped("code"))])._ask_to_tell()
        return result

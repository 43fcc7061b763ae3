from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.feedback import Limits

LIMITS = ("screen", "conduct", "reply", "handle", "publish", "reopen")
# of which something may be due
DUE = [("status", "in", ("received", "classified", "in_progress", "answered"))]
# what the due days follow from
BINDING = {"tthc_feedback_pauses", *(f"tthc_feedback_{name}_days" for name in LIMITS)}


class ResCompany(models.Model):
    """The limits of a commune for feedback: the law has one of them (NĐ 20/2008 Đ9.1), in code.

    What is known of the others is in the help of ``tthc.commune.settings``, where they are set.
    """

    _inherit = "res.company"

    tthc_feedback_screen_days = fields.Integer(
        string="Feedback: look at it within (working days)",
        default=2,
    )
    tthc_feedback_conduct_days = fields.Integer(
        string="Feedback: forward conduct within (working days)",
        default=5,
    )
    tthc_feedback_reply_days = fields.Integer(
        string="Feedback: time for the sender to reply (working days)",
        default=5,
    )
    tthc_feedback_handle_days = fields.Integer(
        string="Feedback: answer within (working days)",
        default=15,
    )
    tthc_feedback_publish_days = fields.Integer(
        string="Feedback: publish the answer within (working days)",
        default=2,
    )
    tthc_feedback_reopen_days = fields.Integer(
        string="Feedback: may be opened again for (days)",
        default=30,
    )
    tthc_feedback_pauses = fields.Boolean(
        string="Feedback: waiting for the sender does not count",
        default=True,
    )
    tthc_feedback_alias_id = fields.Many2one(
        "mail.alias", string="Feedback: incoming mail", ondelete="set null", copy=False
    )
    tthc_feedback_alias = fields.Char(
        string="Feedback: name before the @",
        compute="_compute_tthc_feedback_alias",
        inverse="_inverse_tthc_feedback_alias",
    )

    _tthc_feedback_range = models.Constraint(
        "CHECK(tthc_feedback_screen_days BETWEEN 1 AND 90 "
        "AND tthc_feedback_conduct_days BETWEEN 1 AND 90 "
        "AND tthc_feedback_reply_days BETWEEN 1 AND 90 "
        "AND tthc_feedback_handle_days BETWEEN 1 AND 90 "
        "AND tthc_feedback_publish_days BETWEEN 1 AND 90 "
        "AND tthc_feedback_reopen_days BETWEEN 0 AND 365)",
        "A limit of feedback is 1 to 90 working days.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & BINDING:
            # the due days of all, whoever sets the limits
            feedbacks = self.env["tthc.feedback"].sudo()
            feedbacks.search([("company_id", "in", self.ids), *DUE])._refresh_due()
        return result

    @api.private
    def tthc_feedback_limits(self) -> Limits:
        return Limits(**{name: self[f"tthc_feedback_{name}_days"] for name in LIMITS})

    @api.depends("tthc_feedback_alias_id.alias_name")
    def _compute_tthc_feedback_alias(self):
        for company in self:
            company.tthc_feedback_alias = company.tthc_feedback_alias_id.alias_name

    def _inverse_tthc_feedback_alias(self):
        aliases = self.env["mail.alias"].sudo()  # the manager sets this one, not the others
        for company in self:
            name, alias = (
                (company.tthc_feedback_alias or "").strip(),
                company.tthc_feedback_alias_id,
            )
            if not name:
                alias.sudo().unlink()
                continue
            if "@" in name:
                raise ValidationError(self.env._("Enter the name before the @ alone."))
            values = {
                "alias_name": name,
                "alias_model_id": self.env["ir.model"]._get_id("tthc.feedback"),
                "alias_contact": "everyone",
                "alias_defaults": repr({"company_id": company.id}),
                "alias_domain_id": company.alias_domain_id.id,
            }
            if alias:
                alias.sudo().write(values)
            else:
                company.tthc_feedback_alias_id = aliases.create(values)

    @api.private
    def tthc_feedback_mailbox(self):
        """Where letters about feedback come from and are answered to."""
        company = self.sudo()
        alias = company.tthc_feedback_alias_id
        return alias.alias_full_name if alias.alias_domain else company.email

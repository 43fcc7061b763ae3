from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.feedback import Limits

LIMITS = ("screen", "conduct", "reply", "handle", "publish", "reopen")
# of which something may be due
DUE = [("status", "in", ("received", "classified", "in_progress", "answered"))]
# what the manager of a commune sets
FEEDBACK_SETTINGS = (
    *(f"tthc_feedback_{name}_days" for name in LIMITS),
    "tthc_feedback_pauses",
    "tthc_feedback_alias",
)


class ResCompany(models.Model):
    """The limits of a commune for feedback: the law has one of them (NĐ 20/2008 Đ9.1), in code."""

    _inherit = "res.company"

    tthc_feedback_screen_days = fields.Integer(
        string="Feedback: look at it within (working days)",
        default=2,
        help="Refuse or classify it. No law was found; scoring rules of QĐ 766/QĐ-TTg: 2.",
    )
    tthc_feedback_conduct_days = fields.Integer(
        string="Feedback: forward conduct within (working days)",
        default=5,
        help="NĐ 20/2008 gives no number for feedback on conduct; ministries use 2 to 5. What is "
        "outside the authority otherwise is forwarded within 5: Đ9.1.",
    )
    tthc_feedback_reply_days = fields.Integer(
        string="Feedback: time for the sender to reply (working days)",
        default=5,
        help="When more is asked of the sender. No law was found; scoring rules of QĐ 766: 5.",
    )
    tthc_feedback_handle_days = fields.Integer(
        string="Feedback: answer within (working days)",
        default=15,
        help="NĐ 20/2008 gives no number; scoring rules of QĐ 766/QĐ-TTg: 15. The regulation of "
        "the province may say otherwise.",
    )
    tthc_feedback_publish_days = fields.Integer(
        string="Feedback: publish the answer within (working days)",
        default=2,
        help="No law was found; scoring rules of QĐ 766/QĐ-TTg: 2.",
    )
    tthc_feedback_reopen_days = fields.Integer(
        string="Feedback: may be opened again for (days)",
        default=30,
        help="After the answer. No law was found.",
    )
    tthc_feedback_pauses = fields.Boolean(
        string="Feedback: waiting for the sender does not count",
        default=True,
        help="The working days in which it waits for its sender, or is suspended, are given back. "
        "No law was found.",
    )
    tthc_feedback_alias_id = fields.Many2one(
        "mail.alias", string="Feedback: incoming mail", ondelete="set null", copy=False
    )
    tthc_feedback_alias = fields.Char(
        string="Feedback: name before the @",
        compute="_compute_tthc_feedback_alias",
        inverse="_inverse_tthc_feedback_alias",
        help="Mail sent to this name at the domain of the commune enters the register. The mail "
        "server has to hand it over to the software.",
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
        if vals.keys() & set(FEEDBACK_SETTINGS) - {"tthc_feedback_alias"}:
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

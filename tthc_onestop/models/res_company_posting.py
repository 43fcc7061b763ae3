from odoo import api, fields, models


class ResCompany(models.Model):
    """How soon a commune posts, and where it can be reached with feedback."""

    _inherit = "res.company"

    tthc_posting_days = fields.Integer(
        string="Post within (working days)",
        default=5,
        help="How many working days after a procedure has changed it must hang everywhere. From "
        "memory: no law was found that gives the number for a commune.",
    )
    # NĐ 20/2008 Đ10.3 and Đ13: what the notice on feedback must tell
    tthc_feedback_address = fields.Char(string="Feedback: address of the office")
    tthc_feedback_post = fields.Char(string="Feedback: postal address")
    tthc_feedback_phone = fields.Char(string="Feedback: dedicated phone number")
    tthc_feedback_website = fields.Char(string="Feedback: website")
    tthc_feedback_email = fields.Char(string="Feedback: e-mail")

    _tthc_posting_days_range = models.Constraint(
        "CHECK(tthc_posting_days BETWEEN 1 AND 60)", "Procedures are posted within 1 to 60 days."
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["tthc.procedure.commune"]._sync(companies=companies)
        return companies

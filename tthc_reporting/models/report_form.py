from odoo import api, fields, models
from odoo.exceptions import UserError

PENDING = ("received", "processing", "supplement", "payment")
COUNTED_AS = [("pending", "Still pending"), ("settled", "Settled on time")]
UNVERIFIED = (
    "Unverified: the circular's own notes could not be read; the default is what a provincial "
    "system does."
)


class TthcReportForm(models.Model):
    """What may change of an official form without a change of the program."""

    _name = "tthc.report.form"
    _description = "Official report form"
    _order = "code, date_from"

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    number = fields.Char(required=True, help="As printed: Biểu số II.06a/VPCP/KSTT")
    circular = fields.Char(required=True, help="As printed under the number.")
    recipient = fields.Char(help="Empty: as the level of the recipient says.")
    recipient_level = fields.Selection(
        [
            ("above", "The level above, as entered for the commune"),
            ("province", "The province that the commune is a branch of"),
        ],
        required=True,
        default="above",
        help="A commune without a province reports to the level above, as entered for it.",
    )
    note = fields.Text(help="What is not verified of it.")
    date_from = fields.Date(string="In force from")
    date_to = fields.Date(string="In force until")
    withdrawn_as = fields.Selection(
        COUNTED_AS, required=True, default="settled", string="Withdrawn dossiers", help=UNVERIFIED
    )
    stopped_as = fields.Selection(
        COUNTED_AS, required=True, default="pending", string="Stopped dossiers", help=UNVERIFIED
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(date_from, '-infinity'))", "This form has been entered already."
    )

    @api.private
    def pending_statuses(self):
        """The statuses that this form counts as not settled yet."""
        counted = {"stopped": self.stopped_as, "withdrawn": self.withdrawn_as}
        return PENDING + tuple(status for status in counted if counted[status] == "pending")

    @api.private
    def recipient_of(self, company):
        """Whom a commune sends this form to; empty when nobody has entered it."""
        # who reads the reports of a commune may know of which province it is
        province = company.sudo().parent_id.name if self.recipient_level == "province" else ""
        return self.recipient or province or company.tthc_parent_name or ""

    @api.private
    @api.model
    def in_force_on(self, code, day):
        """The form ``code`` on a local day. :raises UserError: there is none"""
        form = self.of_day(day).filtered(lambda form: form.code == code)
        if not form:
            raise UserError(self.env._("There is no report form “%(code)s”.", code=code))
        return form

    @api.private
    @api.model
    def of_day(self, day):
        """The forms in force on a local day, each in its newest version, that are offered."""
        offered = self.env["tthc.report"].offered()
        found = self.search(
            [
                ("code", "in", offered),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            order="date_from NULLS FIRST",
        )
        newest = {form.code: form for form in found}
        return self.browse(newest[code].id for code in offered if code in newest)

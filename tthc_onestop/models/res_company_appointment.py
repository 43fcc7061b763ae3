from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules.appointment import DESK, SIGNING
from .res_company import local_today


class ResCompany(models.Model):
    _inherit = "res.company"

    tthc_appointed_only = fields.Boolean(
        string="Only who is appointed receives and signs",
        help="Receiving, refusing and handing back then ask for an appointment to the desk in "
        "force that day, signing for one of a leader who signs; a substitute acts under the "
        "appointment of the absent colleague.",
    )
    tthc_appointment_notice = fields.Integer(
        string="Warn before an appointment ends (days)",
        default=30,
        help="The office and statistics officer is told so many days before. The law says nothing "
        "of it. 0: not at all.",
    )

    _tthc_appointment_notice_range = models.Constraint(
        "CHECK(tthc_appointment_notice BETWEEN 0 AND 366)",
        "The office is warned 0 to 366 days before an appointment ends.",
    )

    @api.constrains("tthc_appointed_only")
    def _check_somebody_appointed(self):
        today = local_today()
        for company in self.filtered("tthc_appointed_only"):
            holders = self.env["tthc.desk.appointment"].holders_on(company.id, today)
            if not (holders[DESK] and holders[SIGNING]):
                raise ValidationError(
                    self.env._(
                        "Nobody could receive or sign in %(commune)s: enter first who is appointed "
                        "to the desk and who signs (Plan, Staffing of the desk).",
                        commune=company.name,
                    )
                )

    @api.private
    def tthc_asks_appointment(self) -> bool:
        """Whether only who is appointed receives and signs, cached until it changes."""
        return self._tthc_asks_appointment(self.id)

    @api.model
    @tools.ormcache("company_id")
    def _tthc_asks_appointment(self, company_id: int) -> bool:
        return self.sudo().browse(company_id).tthc_appointed_only

    def write(self, vals):
        if "tthc_appointed_only" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

from datetime import timedelta

from odoo import api, models
from odoo.tools import format_date

from .res_company import local_today


class TthcDeskAppointment(models.Model):
    """The office is warned before an appointment ends, of each last day once."""

    _inherit = "tthc.desk.appointment"

    @api.model
    def _cron_warn(self):
        """Warn of what ends within the days that the commune has set, a commune at a time."""
        cron = self.env["ir.cron"]
        communes = self.env["res.company"].search([("tthc_appointment_notice", ">", 0)])
        cron._commit_progress(remaining=len(communes))
        for commune in communes:
            self._warn(commune)
            if not cron._commit_progress(1):
                break

    @api.model
    def _warn(self, commune):
        today = local_today()
        ending = self.search(
            [
                ("company_id", "=", commune.id),
                ("date_to", ">=", today),
                ("date_to", "<=", today + timedelta(days=commune.tthc_appointment_notice)),
            ]
        ).filtered(lambda each: each.warned_of != each.date_to)
        if not ending:
            return
        keepers = self.env.ref("tthc_onestop.plan_role_statistician")._holders(commune)
        kind = self.env.ref("tthc_onestop.mail_activity_desk_appointment")
        env = self.env["tthc.reminder"]._in_vietnamese().env
        model = self.env["ir.model"]._get_id(self._name)
        quick = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quick.create(  # no letter for each
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model,
                    "res_id": each.id,
                    "user_id": keeper.id,
                    "summary": env._(
                        "Appointment of %(user)s ends on %(day)s",
                        user=each.user_id.name,
                        day=format_date(self.env, each.date_to, date_format="dd/MM/yyyy"),
                    ),
                    "date_deadline": each.date_to,
                    "automated": True,
                }
                for each in ending
                for keeper in keepers
            ]
        )
        for each in ending:
            each.warned_of = each.date_to

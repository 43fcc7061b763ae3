from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.tthc_onestop.models.res_company import to_local


class TthcDossier(models.Model):
    """What a leader enters later counts in the reports that are not sealed yet."""

    _inherit = "tthc.dossier"

    def action_correct(self, move, reason, done_at):
        result = super().action_correct(move, reason, done_at)
        day = to_local(fields.Datetime.to_datetime(done_at)).date()
        # a leader who may correct these dossiers, which was checked; the figures follow by that
        for dossier in self.sudo():
            dossier.env["tthc.report.period"]._follow(dossier, day, reason.strip())
        return result

    def _sealed_until(self):
        # that days were reported on is no secret
        seals = self.env["tthc.report.seal"].sudo()
        [(last,)] = seals._read_group(
            [("company_id", "=", self.company_id.id)], aggregates=["date_to:max"]
        )
        return last or None


class TthcReportPeriod(models.Model):
    _inherit = "tthc.report.period"

    def _follow(self, dossier, day, reason):
        """Take the figures anew that a dossier corrected as of a day has changed.

        A period is written to even if its figures stay: who seals it at this moment tries again.
        """
        said = self.env._(
            "Dossier %(dossier)s was corrected as of %(day)s: %(reason)s",
            dossier=dossier.name,
            day=format_date(self.env, day),
            reason=reason,
        )
        taken = self.search(
            [
                ("company_id", "=", dossier.company_id.id),
                ("state", "=", "collecting"),
                ("date_to", ">=", day),
            ]
        )
        taken.action_collect()
        for period in taken:
            period.message_post(body=said)
            if period.hand_in_ids:
                period.hand_in_ids.filtered(
                    lambda each: each.submitted_at and dossier.sector_id in each.sector_ids
                ).action_send_back(said)
                period._prepare_hand_ins()

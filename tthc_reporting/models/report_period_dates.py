from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.tthc_onestop.rules.working_time import YearNotEntered


class TthcReportPeriod(models.Model):
    """By when the report of a period goes from level to level, as far as somebody has said it."""

    _inherit = "tthc.report.period"

    hand_in_warning = fields.Char(compute="_compute_hand_in_warning")
    above_by = fields.Date(
        compute="_compute_handed_on", string="To the level above by", help="As set for the commune."
    )
    province_by = fields.Date(compute="_compute_handed_on", string="From there to the province by")
    ministry_by = fields.Date(compute="_compute_handed_on", string="Province reports by")
    handed_on_warning = fields.Char(compute="_compute_handed_on")

    @api.depends("hand_in_on", "company_id")
    def _compute_hand_in_warning(self):
        for period in self:
            period.hand_in_warning = False
            if not period.hand_in_on:
                continue
            try:
                works = period.company_id.tthc_work_calendar().is_working(period.hand_in_on)
            except YearNotEntered:
                continue
            if not works:
                period.hand_in_warning = self.env._(
                    "%(day)s is not a working day, so less than one working day is left after the "
                    "data are closed (NĐ 09/2019 Đ8.5b): agree on another day for handing in.",
                    day=format_date(self.env, period.hand_in_on),
                )

    @api.depends("kind", "date_to", "company_id")
    def _compute_handed_on(self):
        for period in self:
            company, last = period.company_id, period.date_to
            regular = last and period.kind != "adhoc"  # any days: whoever asked says by when
            for field, day in (
                ("above_by", company.tthc_report_above_day),
                ("province_by", company.tthc_report_province_day),
                ("ministry_by", company.tthc_report_ministry_day),
            ):
                period[field] = last.replace(day=day) if regular and day else False
            period.handed_on_warning = period._days_off(
                period.above_by, period.province_by, period.ministry_by
            )

    def _days_off(self, *days):
        """Which of these days are no working days, in words; False for none."""
        calendar = self.company_id.tthc_work_calendar()
        try:
            off = [day for day in days if day and not calendar.is_working(day)]
        except YearNotEntered:  # nobody can say yet
            return False
        return bool(off) and self.env._(
            "No working day: %(days)s. Hand the report on before.",
            days=", ".join(format_date(self.env, day) for day in off),
        )

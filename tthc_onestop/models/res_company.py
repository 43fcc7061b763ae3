from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules.dossier_code import is_unit_code
from ..rules.working_time import WorkCalendar

# every legal day is a day here, whatever the zone of the server or of the user
TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
UTC = ZoneInfo("UTC")


def to_local(moment: datetime) -> datetime:
    """A naive UTC moment as a naive moment of the commune."""
    return moment.replace(tzinfo=UTC).astimezone(TIME_ZONE).replace(tzinfo=None)


def to_utc(moment: datetime) -> datetime:
    """A naive moment of the commune as a naive UTC moment, as Odoo stores it."""
    return moment.replace(tzinfo=TIME_ZONE).astimezone(UTC).replace(tzinfo=None)


def local_today() -> date:
    """The day it is in the commune."""
    return to_local(fields.Datetime.now()).date()


def to_time(hours: float) -> time:
    """7.5 as 07:30."""
    # 24.0 is the end of the day, which a time can't say
    return (datetime.min + timedelta(minutes=min(round(hours * 60), 24 * 60 - 1))).time()


# the columns of ``Letterhead``
ON_PAPERS = {"name", "tthc_place", "tthc_unit_code", "tthc_desk_phone", "tthc_signer_title"}


class Letterhead(NamedTuple):
    name: str
    place: str | bool
    unit_code: str | bool
    phone: str | bool
    signer: str | bool


class ResCompany(models.Model):
    _inherit = "res.company"

    tthc_unit_code = fields.Char(
        string="Unit code",
        default="H23.00.00",
        help="The first part of every dossier code, in one of the two shapes in use: "
        "000.17.22.H56 (TT 10/2016/TT-BTTTT) or H23.20.31 (QĐ 20/2020/QĐ-TTg). "
        "The default is a placeholder: the code of the commune was not found.",
    )
    tthc_place = fields.Char(
        string="Place name on papers", help="As in “Bình Lãng, ngày 07 tháng 3 năm 2023”."
    )
    tthc_desk_phone = fields.Char(
        string="Phone of the desk", help="Whom citizens call about a slip."
    )
    tthc_signer_title = fields.Text(
        string="Title of the signer",
        default="CHỦ TỊCH",
        help="Over the signature on what is signed for the commune; for a vice-chairperson two "
        "lines: KT. CHỦ TỊCH and PHÓ CHỦ TỊCH (NĐ 30/2020 Đ13).",
    )
    tthc_parent_name = fields.Char(
        string="Level above", help="The agency that receives the reports of the commune."
    )

    tthc_remind_first = fields.Integer(
        string="First reminder (working days before)",
        default=2,
        help="How many working days before the due day of a dossier its officer is reminded; the "
        "law says nothing of it. 0: not at all.",
    )
    tthc_remind_second = fields.Integer(
        string="Second reminder (working days before)",
        default=1,
        help="A second reminder before the due day. 0: none. On the day itself and when it is late "
        "there is always one.",
    )

    _tthc_remind_range = models.Constraint(
        "CHECK(tthc_remind_first BETWEEN 0 AND 60 AND tthc_remind_second BETWEEN 0 AND 60)",
        "A reminder comes 0 to 60 working days before the due day.",
    )

    tthc_reuse_days = fields.Integer(
        string="A paper held is valid for (days)",
        default=0,
        help="How long a paper that a person handed in with an earlier dossier is offered for "
        "reuse, counted from the day that dossier was settled. 0: without limit, shown with its "
        "day. What the law says of it was not verified.",
    )

    _tthc_reuse_range = models.Constraint(
        "CHECK(tthc_reuse_days BETWEEN 0 AND 36500)", "A paper is valid for 0 to 36500 days."
    )

    @api.constrains("tthc_unit_code")
    def _check_tthc_unit_code(self):
        for company in self:
            if company.tthc_unit_code and not is_unit_code(company.tthc_unit_code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is not a unit code. It looks like 000.17.22.H56 or H23.20.31.",
                        code=company.tthc_unit_code,
                    )
                )

    @api.private
    def tthc_work_calendar(self) -> WorkCalendar:
        """The working time of the commune, cached until an hour, a day off or a swap changes."""
        return self._tthc_work_calendar(self.id)

    @api.model
    @tools.ormcache("company_id")
    def _tthc_work_calendar(self, company_id: int) -> WorkCalendar:
        company = self.sudo().browse(company_id)
        days = (
            self.env["tthc.calendar.day"]
            .sudo()
            .search([("year_id.company_id", "in", [False, company_id])])
        )
        hours = {}
        for line in company.resource_calendar_id.attendance_ids.sorted("hour_from"):
            if line.day_period != "lunch":
                hours.setdefault(int(line.dayofweek), []).append(
                    (to_time(line.hour_from), to_time(line.hour_to))
                )
        named = {kind: {} for kind in ("off", "working")}
        for day in days:
            named[day.kind][day.date] = day.name
        return WorkCalendar(
            hours={day: tuple(intervals) for day, intervals in hours.items()},
            days_off=named["off"],
            working_days=named["working"],
            years=frozenset(
                # days of a commune's own do not make the national ones known
                self.env["tthc.calendar.year"]
                .sudo()
                .search([("company_id", "=", False)])
                .mapped("year")
            ),
            bases={day.date: day.basis for day in days if day.basis},
        )

    @api.model_create_multi
    def create(self, vals_list):
        office_hours = self.env.ref("tthc_onestop.office_hours", raise_if_not_found=False)
        for vals in vals_list:
            if office_hours:
                vals.setdefault("resource_calendar_id", office_hours.id)
        return super().create(vals_list)

    @api.private
    def tthc_letterhead(self) -> Letterhead:
        """What every slip says of its commune, cached until it changes."""
        return self._tthc_letterhead(self.id)

    @api.model
    @tools.ormcache("company_id")
    def _tthc_letterhead(self, company_id: int) -> Letterhead:
        company = self.sudo().browse(company_id)
        return Letterhead(
            company.name,
            company.tthc_place,
            company.tthc_unit_code,
            company.tthc_desk_phone,
            company.tthc_signer_title,
        )

    def write(self, vals):
        if vals.keys() & ON_PAPERS or "resource_calendar_id" in vals:
            self.env.registry.clear_cache()
        if "resource_calendar_id" in vals:
            self._keep_hours()
        return super().write(vals)

    def _keep_hours(self):
        """Keep that the office hours of these communes changed."""
        self.env["tthc.calendar.change"].keep(
            "hours", [(company.id, False, self.env._("Office hours")) for company in self]
        )

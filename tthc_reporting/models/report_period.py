import json
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.tthc_onestop.models.res_company import local_today, to_local

from ..rules import periods
from ..rules.forms import FORMS
from ..rules.matrix import Matrix, changes
from .report import ALL_SECTORS

# what the figures follow from: fixed once they are collected
BASIS = frozenset(
    {"kind", "year", "month", "quarter", "half", "date_from", "date_to", "company_id"}
)
# the kinds that are a part of the year: the column that says which, and the rule
PARTS = {
    "month": ("month", periods.month),
    "quarter": ("quarter", periods.quarter),
    "half_year": ("half", periods.half_year),
}
WHOLE = {"nine_months": periods.nine_months, "year": periods.year}
# what a commune has of a year without asking: kind and number
OF_A_YEAR = (
    *(("quarter", number) for number in periods.QUARTERS),
    *(("half_year", number) for number in periods.HALVES),
    ("nine_months", 0),
    ("year", 0),
)
# written by the actions alone
KEPT = frozenset(
    {
        *("state", "figures", "collected_at", "sent_at"),
        *("approval", "approved_by_id", "approved_at", "approval_reason"),
    }
)
DAY = timedelta(days=1)
ALL_FIGURES = ",".join(f"tthc_onestop.group_{group}" for group in ALL_SECTORS)
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


class TthcReportPeriod(models.Model):
    _name = "tthc.report.period"
    _description = "Report period"
    _inherit = ["mail.thread", "tthc.commune.mixin"]
    _order = "date_to desc, date_from desc, id desc"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(
        [
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half_year", "Half-year"),
            ("nine_months", "Nine months"),
            ("year", "Year"),
            ("adhoc", "Any days"),
        ],
        required=True,
        default="quarter",
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        aggregator=None,
    )
    month = fields.Integer(aggregator=None)
    quarter = fields.Integer(aggregator=None)
    half = fields.Integer(string="Half of the year", aggregator=None)
    date_from = fields.Date(
        compute="_compute_days", store=True, readonly=False, precompute=True, required=True
    )
    date_to = fields.Date(
        compute="_compute_days", store=True, readonly=False, precompute=True, required=True
    )
    hand_in_on = fields.Date(
        compute="_compute_days",
        store=True,
        readonly=False,
        precompute=True,
        help="By when the specialists hand in (plan II.10).",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("collecting", "Being collected"),
            ("sealed", "Sealed"),
            ("sent", "Sent"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
    )
    # of all sectors: a specialist is shown the sheet of theirs, computed
    figures = fields.Json(readonly=True, copy=False, groups=ALL_FIGURES)
    collected_at = fields.Datetime(readonly=True, copy=False)
    sheets = fields.Json(compute="_compute_sheets", string="Forms")

    _days_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The period ends before it begins: correct its days."
    )
    _part_range = models.Constraint(
        "CHECK((kind != 'month' OR month BETWEEN 1 AND 12)"
        " AND (kind != 'quarter' OR quarter BETWEEN 1 AND 4)"
        " AND (kind != 'half_year' OR half BETWEEN 1 AND 2))",
        "A month is 1 to 12, a quarter 1 to 4, a half-year 1 or 2.",
    )
    _period_uniq = models.UniqueIndex(
        "(company_id, kind, year, (CASE kind WHEN 'month' THEN month WHEN 'quarter' THEN quarter"
        " WHEN 'half_year' THEN half ELSE 0 END)) WHERE kind != 'adhoc'",
        "This period exists already.",
    )
    _closing_idx = models.Index("(date_to) WHERE state IN ('open', 'collecting')")

    @api.depends("date_to")
    def _compute_year(self):
        for period in self:
            period.year = period.year or (period.date_to or local_today()).year

    @api.depends("kind", "year", "month", "quarter", "half")
    def _compute_days(self):
        for period in self:
            if found := period._days_of_kind():
                period.date_from, period.date_to = found.date_from, found.date_to
                period.hand_in_on = found.hand_in_on

    def _days_of_kind(self):
        """The days that the kind gives; None for any days, or as long as something is missing."""
        if not self.year:
            return None
        column, part = PARTS.get(self.kind, ("", None))
        try:
            if self.kind in WHOLE:
                return WHOLE[self.kind](self.year)
            return part and part(self.year, self[column])
        except ValueError:  # no such part or year: the constraint says so when it is saved
            return None

    @api.depends("kind", "year", "month", "quarter", "half", "date_from", "date_to")
    def _compute_name(self):
        env = self.env
        labels = {
            "month": env._("Month %(number)s of %(year)s"),
            "quarter": env._("Quarter %(number)s of %(year)s"),
            "half_year": env._("Half-year %(number)s of %(year)s"),
            "nine_months": env._("Nine months of %(year)s"),
            "year": env._("Year %(year)s"),
        }
        for period in self:
            if not period._has_days():  # while it is typed
                period.name = False
                continue
            days = f"{format_date(env, period.date_from)} – {format_date(env, period.date_to)}"
            label = labels.get(period.kind)
            if label:
                number = period._part()
                number = ROMAN.get(number) if period.kind != "month" else number
                days = f"{label % {'number': number, 'year': period.year}} ({days})"
            period.name = days

    def _part(self):
        column, _rule = PARTS.get(self.kind, ("", None))
        return self[column] if column else 0

    @api.depends("date_from", "date_to", "company_id", "figures", "seal_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sheets(self):
        everything = self.env["tthc.report"].sees_all_sectors()
        for period in self:
            if not period._has_days():
                period.sheets = False
            elif everything:
                period.sheets = with_headings(period._figures())
            else:
                period.sheets = with_headings(period.figures_of(self.env.user.tthc_sector_ids.ids))

    @api.private
    def figures_of(self, sector_ids, prepared=True):
        """The figures of some sectors alone, with their own totals.

        :param prepared: of an unsealed period those that were prepared; else those of now
        """
        self.check_access("read")
        # who reads a period may be given the figures of these sectors, and gets no others
        period = self.sudo()
        report = period.env["tthc.report"].with_context(tthc_of_sectors=True)
        taken = prepared or period.state in ("sealed", "sent")
        every = period._figures() if taken else period._current_figures()
        return {
            code: Matrix.from_dict(
                FORMS[code],
                # those that were taken have what is sensitive in them; all are of events
                report.get_figures(code, *period._days())
                if FORMS[code].counts == "feedback"
                else figures,
            )
            .only(set(sector_ids))
            .as_dict()
            for code, figures in every.items()
        }

    def _figures(self):
        """The figures to show, by form: those that were taken, or those of now."""
        return self.figures if self._is_final() else self._current_figures()

    def _collected_on(self):
        return to_local(self.collected_at).date() if self.collected_at else date.min

    def _is_final(self):
        """Whether the figures were taken when the last day was over; before, they still move."""
        return bool(self.date_to) and self._collected_on() > self.date_to

    def _current_figures(self):
        """The figures of every form in force on the last day, by the code of the form."""
        self.ensure_one()
        report = self.env["tthc.report"]
        return {form.code: report.get_figures(form.code, *self._days()) for form in self._forms()}

    def _has_days(self):
        """Whether both days are there and in their order; while they are typed they may not be."""
        return bool(self.date_from and self.date_to) and self.date_from <= self.date_to

    def _days(self):
        return self.date_from, self.date_to, self.company_id.id

    def _forms(self):
        # the wording of the forms is no secret
        return self.env["tthc.report.form"].sudo().of_day(self.date_to)

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        for vals in vals_list:
            # a form sends its empty fields along
            self._refuse_kept(
                field for field in vals if vals[field] and vals[field] not in ("open", "none")
            )
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # before anything is said about the period
        self._refuse_kept(vals)
        if vals.keys() & BASIS and any(period.state != "open" for period in self):
            raise UserError(
                self.env._(
                    "The figures of this period have been taken: its days and its commune stay. "
                    "Make another period instead."
                )
            )
        return super().write(vals)

    def _write_kept(self, vals):
        return super().write(vals)  # pylint: disable=super-method-mismatch  # past the guard

    def _refuse_kept(self, vals):
        if KEPT & set(vals):
            raise UserError(
                self.env._("Figures and state of a period come from its buttons, not by hand.")
            )

    def action_collect(self):
        """Compute the figures of the period as the ledger gives them, and keep them.

        :raises UserError: the period is sealed or sent
        """
        self.check_access("write")
        for period in self:
            if period.state not in ("open", "collecting"):
                raise UserError(
                    self.env._("%s is sealed: its figures stay as they are.", period.name)
                )
            period._write_kept(
                {
                    "figures": period._current_figures(),
                    "collected_at": fields.Datetime.now(),
                    "state": "collecting",
                }
            )
        return True

    def action_open_dossiers(self, form, column, row_key=None):
        """The dossiers, or whatever else the form counts, behind a figure of a sheet."""
        self.ensure_one()
        return self._open_dossiers(self, form, column, row_key)

    def _open_dossiers(self, sheet, form, column, row_key):
        sheet.cell_query(form, column, row_key)  # says now what is wrong with the figure
        figure = json.dumps([sheet._name, sheet.id, form, column, row_key])
        return {
            "type": "ir.actions.act_window",
            "name": f"{form} ({column}) {self.name}",
            "res_model": f"tthc.{FORMS[form].counts}",
            "views": [[False, "list"], [False, "form"]],
            "domain": [["behind_figure", "=", figure]],
            "context": {"active_test": False},  # what is archived since was counted all the same
        }

    @api.private
    def cell_query(self, form, column, row_key):
        """A statement: the ids of what is behind a figure of the sheet, in no order.

        :raises AccessError, UserError: as for ``tthc.report.get_dossier_ids``
        """
        self.check_access("read")
        return self._cell_query(form, column, row_key)

    def _cell_query(self, form, column, row_key):
        return self.env["tthc.report"].cell_query(
            form, column, self.date_from, self.date_to, row_key, self.company_id.id
        )

    # ---------------------------------------------------------------- scheduled actions

    @api.model
    def _cron_open(self):
        """Make the periods of the reporting year for every commune that lacks one of them."""
        year, _quarter = periods.quarter_of(local_today())
        # a company with branches is the province, which has no desk of its own
        communes = self.env["res.company"].search(
            [("tthc_unit_code", "!=", False), ("child_ids", "=", False)]
        )
        self._make_year(year, communes)

    @api.model
    def _make_year(self, year, communes):
        known = {
            (period.company_id, period.kind, period._part())
            for period in self.search(
                [("year", "=", year), ("company_id", "in", communes.ids), ("kind", "!=", "adhoc")]
            )
        }
        self.create(
            [
                {"kind": kind, "year": year, "company_id": commune.id}
                | ({PARTS[kind][0]: number} if number else {})
                for commune in communes
                for kind, number in OF_A_YEAR
                if (commune, kind, number) not in known
            ]
        )

    @api.model
    def _cron_collect(self):
        """Prepare the figures of the periods that end today, and once more when the day is over.

        Those of the evening are a preview: a dossier filed online before midnight still counts.
        """
        today = local_today()
        ended = self.search([("state", "in", ["open", "collecting"]), ("date_to", "<=", today)])
        due = ended.filtered(
            lambda period: period._collected_on() < min(today, period.date_to + DAY)
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for period in due:
            period.action_collect()
            if not cron._commit_progress(1):
                break


def changed_figures(before, after):
    """The figures that differ between two sets by form: (code of the form, change)."""
    return [
        (code, change)
        for code, form in FORMS.items()
        for change in changes(
            *(
                Matrix.from_dict(form, figures[code]) if code in figures else None
                for figures in (before, after)
            )
        )
    ]


def with_headings(figures):
    """The figures of each form, in their order, with what the screen needs for its heading."""
    return {
        code: figures[code]
        | {
            "title": FORMS[code].title,
            "notes": FORMS[code].notes,
            "blank": bool(FORMS[code].blank),
            "headings": [heading.__dict__ for heading in FORMS[code].headings],
        }
        for code in FORMS
        if code in figures  # the database keeps no order
    }

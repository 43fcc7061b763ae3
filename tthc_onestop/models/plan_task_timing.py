from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.plan import MONTHS, due, occurrences, period_name
from ..rules.reminder import horizon
from .res_company import local_today


class TthcPlanTask(models.Model):
    """When a task is due: as the plan writes it, and the days that follow from it."""

    _inherit = "tthc.plan.task"

    timing = fields.Char(required=True, help="As the plan writes it: thường xuyên, quý I, …")
    periodicity = fields.Selection(
        [
            ("once", "On a day"),
            ("continuous", "All year"),
            ("request", "When asked for"),
            ("month", "Every month"),
            ("quarter", "Every quarter"),
            ("half_year", "Every half-year"),
            ("year", "Once in the year"),
        ],
        required=True,
        default="year",
        string="How often",
    )
    due_day = fields.Integer(
        string="By day",
        aggregator=None,
        help="Of the last month of each period, moved to a working day (BLDS 91/2015 Đ148.5). 0: "
        "by the last working day of the period.",
    )
    date_deadline = fields.Date(
        compute="_compute_date_deadline",
        store=True,
        readonly=False,
        index=True,
        tracking=True,
        string="Deadline",
    )
    occurrence_on = fields.Date(
        readonly=True, help="The end of the period of which this is the time of a periodic task."
    )

    _due_day_range = models.Constraint(
        "CHECK(due_day BETWEEN 0 AND 31)", "The day is 1 to 31, or 0 for the end of the period."
    )
    _occurrence_uniq = models.UniqueIndex(
        "(parent_id, occurrence_on) WHERE occurrence_on IS NOT NULL",
        "A periodic task has one time in a period.",
    )

    @api.depends("periodicity", "due_day", "plan_id.year")
    def _compute_date_deadline(self):
        """The last day of the year of what runs all year; nothing of what waits to be asked."""
        for task in self:
            if task.occurrence_on or task.periodicity == "once" or not task.plan_id.year:
                continue  # its day is entered
            if task.periodicity == "request":
                task.date_deadline = False
                continue
            calendar = task.company_id.tthc_work_calendar()
            day = task.due_day if task.periodicity in MONTHS else 0
            end = fields.Date.to_date(f"{task.plan_id.year}-12-31")
            task.date_deadline = due(calendar, end, day)

    def _spawn(self):
        """Make the times of the year of those that recur in it; what is there is left alone."""
        tasks = (self | self.child_ids).filtered(
            lambda task: task.periodicity in ("month", "quarter", "half_year")
        )
        there = {(each.parent_id, each.occurrence_on) for each in tasks.child_ids}
        added = []
        for task in tasks:
            calendar = task.company_id.tthc_work_calendar()
            for each in occurrences(calendar, task.year, task.periodicity, task.due_day):
                if (task, each.date_to) not in there:
                    added.append(task._occurrence(each))
        return self.create(added)

    def _occurrence(self, each):
        period = period_name(self.periodicity, each.number, self.year)
        return {
            "plan_id": self.plan_id.id,
            "section_id": self.section_id.id,
            "parent_id": self.id,
            "name": f"{self.name} – {period}",
            "lead_id": self.lead_id.id,
            "user_id": self.user_id.id,
            "partner_ids": [fields.Command.set(self.partner_ids.ids)],
            "timing": self.timing,
            "periodicity": "once",
            "date_deadline": each.due,
            "occurrence_on": each.date_to,
            "printed": False,
            "sequence": self.sequence,
            "deliverable_ids": [
                fields.Command.create({"kind": wanted.kind, "name": wanted.name})
                for wanted in self._expected()
            ],
        }

    @api.constrains("periodicity", "date_deadline")
    def _check_dated(self):
        for task in self:
            if task.periodicity == "once" and not task.date_deadline:
                raise UserError(
                    self.env._("Enter the day by which “%(task)s” is due.", task=task.display_name)
                )

    def _at_risk(self):
        """Open, and due within the days of the first reminder of the commune."""
        company, today = self.env.company, local_today()
        calendar = company.tthc_work_calendar()
        last = horizon(calendar, today, {company.tthc_remind_first, company.tthc_remind_second})
        return [("date_deadline", ">=", today), *self._open_before(last + timedelta(days=1))]

from odoo import api, fields, models
from odoo.tools import format_date

from ..rules import feedback as rules
from ..rules.deadline import Pause
from ..rules.reminder import days_left
from ..rules.working_time import YearNotEntered
from .deadline_words import day_in_words
from .res_company import local_today, to_local, to_utc

CLOCK_STOPS = (rules.SENDER, rules.SUSPENDED)


class TthcFeedback(models.Model):
    """What is due next of a feedback, when, and why."""

    _inherit = "tthc.feedback"

    due_at = fields.Datetime(readonly=True, copy=False)
    due_on = fields.Date(string="To be done by", readonly=True, copy=False)
    due_kind = fields.Selection(
        [
            ("screen", "Look at it"),
            ("reply", "Reply of the sender"),
            ("conduct", "Forward it"),
            ("forward", "Forward it to the authority"),
            ("handle", "Answer it"),
            ("publish", "Publish the answer"),
        ],
        string="What is due",
        readonly=True,
        copy=False,
    )
    answer_due_on = fields.Date(
        string="Answer due",
        readonly=True,
        copy=False,
        help="The day by which it is to be answered; once answered, by which it was.",
    )
    days_left = fields.Integer(compute="_compute_urgency", string="Working days left")
    urgency = fields.Selection(
        [
            ("safe", "More than 2 working days"),
            ("soon", "1 or 2 working days"),
            ("today", "Due today"),
            ("late", "Late"),
        ],
        compute="_compute_urgency",
    )
    deadline_explanation = fields.Text(compute="_compute_deadline_explanation")

    @api.depends("due_on", "company_id")
    def _compute_urgency(self):
        today = local_today()
        for feedback in self:
            feedback.days_left, feedback.urgency = 0, False
            if not feedback.due_on:
                continue
            calendar = feedback.company_id.tthc_work_calendar()
            left = days_left(calendar, today, feedback.due_on)
            if feedback.due_on < today:
                feedback.days_left, feedback.urgency = min(left, -1), "late"
            elif feedback.due_on == today:
                feedback.urgency = "today"
            else:
                feedback.days_left, feedback.urgency = left, "safe" if left > 2 else "soon"

    @api.depends("due_on", "event_ids")
    def _compute_deadline_explanation(self):
        for feedback in self:
            feedback.deadline_explanation = feedback._explain_deadline()

    def _facts(self):
        """What its limit depends on, for ``rules.feedback``."""
        self.ensure_one()
        pauses, since = [], None
        for event in self.event_ids.sorted("position"):
            stopped = event.waiting in CLOCK_STOPS
            if stopped and not since:
                since = to_local(event.happened_at)
            elif not stopped and since:
                pauses.append(Pause(since, to_local(event.happened_at), ""))
                since = None
        if not self.company_id.tthc_feedback_pauses:
            pauses = []
        return rules.Facts(
            status=self.status,
            received=to_local(self.received_at),
            waiting=self.waiting or None,
            category=self.category or None,
            within_authority=self.within_authority,
            pauses=pauses,
            waits_since=self._local(self.waits_since) or None,
            answered=self._local(self.answered_at) or None,
            reopened=self._local(self.reopened_at) or None,
            to_publish=not self.sensitive and not self.duplicate_of_id,
        )

    def _due_values(self):
        """The due columns as they follow from what has happened.

        In a year whose days off nobody has entered there is no date: nothing is guessed, and a
        feedback is taken in all the same.
        """
        company = self.company_id
        try:
            found = rules.due(
                company.tthc_work_calendar(), self._facts(), company.tthc_feedback_limits()
            )
        except YearNotEntered:
            found = None
        kind, deadline = found or (False, None)
        answer_due_on = kind == "handle" and deadline.day
        return {
            "answer_due_on": self.answer_due_on if self.answered_on else answer_due_on,
            "due_kind": kind,
            "due_at": deadline and to_utc(deadline.moment),
            "due_on": deadline and deadline.day,
        }

    def _refresh_due(self):
        """Let the due days of these follow a changed limit or calendar."""
        for feedback in self:
            new = feedback._due_values()
            if any((feedback[field] or False) != (new[field] or False) for field in new):
                feedback._write_projection(new)

    def _explain_deadline(self):
        if not self.received_at:
            return False
        company = self.company_id
        limits = company.tthc_feedback_limits()
        calendar, facts = company.tthc_work_calendar(), self._facts()
        try:
            found = rules.due(calendar, facts, limits)
        except YearNotEntered as error:
            return self.env._(
                "The days off of %(year)s are not entered, so there is no due date: enter them in "
                "Configuration / Working calendar.",
                year=error.year,
            )
        if not found:
            return False
        _kind, since, days = rules.term_of(facts, limits)
        lines = [
            self.env._(
                "%(what)s: %(days)s working day(s) from %(day)s, which is not counted",
                what=self._label("due_kind"),
                days=days,
                day=format_date(self.env, since.date()),
            )
        ]
        for step in found[1].steps:
            if step.kind in ("week_end", "day_off", "swap"):
                lines.append(day_in_words(self.env, calendar, step))
            elif step.kind == "pause":
                lines.append(
                    self.env._(
                        "%(day)s to %(last)s: waited; working days given back: %(days)s",
                        day=format_date(self.env, step.first.date()),
                        last=format_date(self.env, step.last.date()),
                        days=f"{step.days:g}",
                    )
                )
        lines.append(self.env._("Due: %(moment)s", moment=format_date(self.env, found[1].day)))
        return "\n".join(lines)

from contextlib import contextmanager, suppress
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..rules import lifecycle
from ..rules.deadline import Extension, Pause, deadline, hand_over_by
from ..rules.working_time import YearNotEntered, working_days_between
from .deadline_words import day_in_words
from .res_company import local_today, to_local, to_time, to_utc

CLOSING = ("settle", "approve", "stop")  # moves after which a dossier may be opened again


class TthcDossier(models.Model):
    """When a dossier is due, why, and how much time is left."""

    _inherit = "tthc.dossier"

    # derived when read, since they depend on today
    days_left = fields.Integer(compute="_compute_days_left", string="Working days left")
    urgency = fields.Selection(
        [
            ("safe", "More than 2 working days"),
            ("soon", "1 or 2 working days"),
            ("today", "Due today"),
            ("late", "Late"),
            ("waiting", "Waiting for the citizen"),
        ],
        compute="_compute_days_left",
    )
    hand_over_by = fields.Datetime(
        compute="_compute_hand_over_by",
        help="By when the desk hands it over to the specialist (NĐ 61/2018 Đ18).",
    )
    deadline_explanation = fields.Text(compute="_compute_deadline_explanation", compute_sudo=True)

    @api.depends("due_on", "status", "company_id")
    def _compute_days_left(self):
        today = local_today()
        for dossier in self:
            dossier.days_left, dossier.urgency = 0, False
            if dossier.status == "supplement":
                dossier.urgency = "waiting"
            if not dossier.due_on or dossier.status not in lifecycle.RUNNING:
                continue
            calendar = dossier.company_id.tthc_work_calendar()
            try:
                left = working_days_between(calendar, today, dossier.due_on)
            except YearNotEntered:
                # today lies beyond the calendar; what is due is late or far, days are a hint
                left = (dossier.due_on - today).days
            if dossier.due_on < today:
                left = min(left, -1)  # late since a day off is late
            dossier.days_left = left
            if left > 2:
                dossier.urgency = "safe"
            elif left > 0:
                dossier.urgency = "soon"
            else:
                dossier.urgency = "today" if dossier.due_on >= today else "late"

    @api.depends("received_at", "status", "channel", "company_id")
    def _compute_hand_over_by(self):
        for dossier in self:
            dossier.hand_over_by = False
            if dossier.status != "received":
                continue
            with suppress(YearNotEntered):  # beyond the calendar there is no such moment to show
                moment = hand_over_by(
                    dossier.company_id.tthc_work_calendar(),
                    to_local(dossier.received_at),
                    dossier.channel == "online",
                    to_time(dossier._regime_on(dossier.received_at).cut_off),
                )
                dossier.hand_over_by = to_utc(moment)

    @api.depends("event_ids", "procedure_id", "received_at")
    def _compute_deadline_explanation(self):
        for dossier in self:
            dossier.deadline_explanation = dossier._explain_deadline()

    def _deadline(self, received_at, changes=(), duration=None, duration_unit=None):
        """The ``Deadline`` of a dossier received at a UTC moment, None when there is no term.

        :param duration, duration_unit: the term, by default the one promised at reception
        :raises UserError: it would lie in a year whose days off are not entered
        """
        self.ensure_one()
        duration = self.duration if duration is None else duration
        if not duration:
            return None
        with self._known_years():
            return deadline(
                self.company_id.tthc_work_calendar(),
                to_local(received_at),
                duration,
                duration_unit or self.duration_unit,
                changes,
                to_time(self._regime_on(received_at).cut_off),
            )

    @contextmanager
    def _known_years(self):
        """Turn a year that is not entered into words. :raises UserError:"""
        try:
            yield
        except YearNotEntered as error:
            raise UserError(
                self.env._(
                    "The due date falls in %(year)s, whose days off are not entered yet. "
                    "Enter the year %(year)s in Configuration / Working calendar first.",
                    year=error.year,
                )
            ) from error

    def _clock_changes(self, until=None):
        """The pauses and extensions of the ledger, in the order they happened.

        :param until: the local moment at which the pause that still runs is about to end
        """
        self.ensure_one()
        changes, paused = [], None
        for event in self.event_ids.sorted("position"):
            at = to_local(event.moment())
            if event.kind == "request_supplement":
                paused = event
            elif event.kind in CLOSING:
                paused = paused or event  # what is stopped during a supplement waits since then
            elif event.kind in ("resume", "reopen"):
                changes.append(self._pause(paused, at, event.slip_id))
                paused = None
            elif event.kind == "extend":
                slip = event.slip_id.display_name
                changes.append(Extension(at, to_local(event.due_at), slip))
        if until:
            changes.append(self._pause(paused, until))
        return changes

    def _pause(self, since, end, slip=None):
        """The pause from the event that began it to a local moment; ``slip``: the one that ends it.

        A supplement beyond those the regime allows is the desk's own fault and gives nothing back.
        """
        kind = "closed"
        if since.kind == "request_supplement":
            kind, slip = "pause", since.slip_id
            within = slip.restart_days
            with self._known_years():
                calendar = self.company_id.tthc_work_calendar()
                spent = working_days_between(calendar, self.received_on, since.counted_on)
            if (since.details or {}).get("against_desk"):
                kind = "desk"
            elif within and spent <= within:
                kind = "restart"
        return Pause(to_local(since.moment()), end, slip.display_name if slip else "", kind)

    def _explain_deadline(self):
        if not self.received_at:
            return False
        try:
            found = self._deadline(self.received_at, self._clock_changes())
        except UserError as error:  # a page that explains is no place to fail
            return str(error)
        if found is None:
            return self.env._("This procedure has no term: there is no due date.")
        lines = [self._explain_step(step) for step in found.steps]
        if found.day != self.due_on:
            lines.append(
                self.env._(
                    "The working calendar has changed since; the day promised stays %(day)s",
                    day=self._format_local_day(self.due_on),
                )
            )
        return "\n".join(lines)

    def _format_local_day(self, moment):
        # as a day: a moment would be taken for UTC and moved to the zone of the reader
        return format_date(self.env, moment.date() if isinstance(moment, datetime) else moment)

    def _explain_step(self, step):
        env = self.env
        units = dict(env["tthc.procedure"]._fields["duration_unit"]._description_selection(env))
        day = self._format_local_day(step.first)
        last = step.last and self._format_local_day(step.last)
        moment = f"{step.first:%H:%M} {day}" if isinstance(step.first, datetime) else day
        match step.kind:
            case "start":
                unit = self.duration_unit
                term = units[unit].lower()
                if unit != "same_day":
                    term = f"{self.duration:g} {term}"
                if unit in ("working_day", "day"):
                    return env._(
                        "Received %(moment)s; term: %(term)s, the day of receipt not counted",
                        moment=moment,
                        term=term,
                    )
                return env._("Received %(moment)s; term: %(term)s", moment=moment, term=term)
            case "week_end" | "day_off" | "swap":
                return day_in_words(env, self.company_id.tthc_work_calendar(), step)
            case "pause":
                return env._(
                    "%(day)s to %(last)s: waiting for the applicant, slip %(slip)s; "
                    "given back: %(days)s",
                    day=day,
                    last=last,
                    slip=step.text,
                    days=f"{step.days:g}",
                )
            case "restart":
                return env._(
                    "%(day)s to %(last)s: returned for completion, slip %(slip)s; "
                    "the full term runs anew",
                    day=day,
                    last=last,
                    slip=step.text,
                )
            case "desk":
                return env._(
                    "%(day)s to %(last)s: one more supplement, slip %(slip)s; it counts against "
                    "the desk, nothing is given back",
                    day=day,
                    last=last,
                    slip=step.text,
                )
            case "closed":
                return env._(
                    "%(day)s to %(last)s: closed until it was reopened, slip %(slip)s; "
                    "given back: %(days)s",
                    day=day,
                    last=last,
                    slip=step.text,
                    days=f"{step.days:g}",
                )
            case "extension":
                return env._(
                    "%(day)s: extended to %(last)s, slip %(slip)s",
                    day=day,
                    last=last,
                    slip=step.text,
                )
            case "moved":
                return env._("%(day)s is a day off: moved to %(last)s", day=day, last=last)
        return env._("Due: %(moment)s", moment=moment)

"""Deadlines: a budget of working time, the pauses and extensions that changed it, and why.

All moments are naive datetimes in the commune's own time zone, as in ``working_time``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import ceil

from .working_time import (
    DAY,
    WorkCalendar,
    add_working_days,
    add_working_time,
    closing,
    days_from,
    first_working_day,
    working_days_between,
    working_time,
)

HOUR, WORKING_DAY, CALENDAR_DAY, SAME_DAY = "hour", "working_day", "day", "same_day"
EARLY, ON_TIME, LATE = "early", "on_time", "late"

# a calendar day ends with the day until it is known whether the office is open on it
END_OF_DAY = time.max


@dataclass(frozen=True)
class Pause:
    """The dossier was not in the hands of the office from ``start`` to ``end``.

    ``kind``: pause, a supplement was asked for with a slip · restart, so that the full time runs
    anew from ``end`` (NĐ 61/2018 Đ19.4) · desk, one too many, so that nothing is given back ·
    closed, it had ended until it was opened again.
    """

    start: datetime
    end: datetime
    slip: str
    kind: str = "pause"


@dataclass(frozen=True)
class Extension:
    """A new date was given with an apology slip (NĐ 61/2018 Đ19.9)."""

    at: datetime
    due: datetime
    slip: str


@dataclass(frozen=True)
class Step:
    """One line of the explanation of a deadline.

    ``kind``: start, week_end, day_off, swap, pause, restart, desk, closed (kinds of ``Pause``),
    extension, moved (the last day is a day off), due. ``first`` and ``last`` are the moments or
    days it is about, ``text`` the name of the day or the slip, ``days`` the working (or calendar)
    days that a pause took.
    """

    kind: str
    first: date
    last: date | None = None
    text: str = ""
    days: float = 0


@dataclass(frozen=True)
class Deadline:
    """When a dossier is due, with the steps that lead there in order."""

    moment: datetime
    day: date
    steps: tuple[Step, ...]


def deadline(
    calendar: WorkCalendar,
    received: datetime,
    amount: float,
    unit: str,
    changes: Sequence[Pause | Extension] = (),
    cut_off: time = time(15),
) -> Deadline:
    """The due moment of a dossier and how it was found.

    * working days: the end of the n-th working day after the day of receipt (BLDS Đ147.2, Đ148.6);
      a number of days that is not whole is counted in office hours from the moment of receipt
    * calendar days: the n-th day after it; a day off as the last day moves to the next working day
      (BLDS Đ148.5)
    * hours: office hours from the moment of receipt (BLDS Đ147.1)
    * same day: the end of the day of receipt; received on a day off or after ``cut_off``, the end
      of the next working day (Luật Hộ tịch 60/2014 Đ5.3, NĐ 23/2015 Đ7: 15:00)

    A pause gives back the working days (hours, calendar days) between its two ends, and never makes
    due a dossier before the first working day on which it is complete again; one that begins after
    the due day changes nothing. An extension replaces the date.

    :param received: naive local moment
    :param amount: > 0, in ``unit`` (hour, working_day, day; without meaning for same_day)
    :param changes: pauses and extensions in the order they happened
    :raises YearNotEntered: a date would fall in a year whose days off are not entered
    """
    count = _Count(calendar, amount, unit, cut_off)
    start, due = received, count.first_due(received)
    steps = [Step("start", received)]
    for change in changes:
        if isinstance(change, Extension):
            due = change.due
            steps.append(Step("extension", change.at, change.due, change.slip))
        elif change.kind == "desk":
            steps.append(Step("desk", change.start, change.end, change.slip))
        elif change.kind == "restart":
            start, due = change.end, count.first_due(change.end)
            steps.append(Step("restart", change.start, change.end, change.slip))
        elif change.start.date() <= due.date():
            days, due = count.give_back(due, change)
            steps.append(Step(change.kind, change.start, change.end, change.slip, days))
    moment = count.settle(due)
    if moment.date() != due.date():
        steps.append(Step("moved", due.date(), moment.date()))
    if count.unit != CALENDAR_DAY:
        steps += _days_not_worked(calendar, start.date(), moment.date())
    steps.append(Step("due", moment))
    return Deadline(moment, moment.date(), tuple(steps))


def hand_over_by(
    calendar: WorkCalendar, received: datetime, electronic: bool, cut_off: time = time(15)
) -> datetime:
    """By when the desk hands a dossier over to who handles it (NĐ 61/2018 Đ18).

    An electronic one at once; papers within the working day, and at the start of the next working
    day when received later than ``cut_off`` or on a day off.
    :raises YearNotEntered: the next working day lies in a year whose days off are not entered
    """
    if electronic:
        return received
    if received.time() <= cut_off and calendar.is_working(received.date()):
        return closing(calendar, received.date())
    return calendar.intervals(first_working_day(calendar, received.date() + DAY))[0][0]


def step_deadlines(
    calendar: WorkCalendar,
    received: datetime,
    amounts: Sequence[float],
    unit: str,
    changes: Sequence[Pause | Extension] = (),
    cut_off: time = time(15),
) -> list[datetime]:
    """By when each step of a workflow is done; the last of them by the due moment of the dossier.

    A step is due when its term and those of the steps before have run, with the pauses of the
    dossier. In a term of whole days it ends with its day, as the term does. An extension moves the
    steps that were not due yet by as many working days (hours) as the dossier, and none beyond it.

    :param amounts: the terms of the steps in their order, in ``unit``; together that of the dossier
    :raises YearNotEntered:
    """
    whole = round(sum(amounts), 2)  # terms have two decimals, a sum of floats has more
    last = deadline(calendar, received, whole, unit, changes, cut_off).moment
    # a term in days that is not whole is counted in hours, and so are its steps
    in_days = unit != HOUR and whole == int(whole)
    found, spent = [], 0
    for amount in amounts:
        spent = round(spent + amount, 2)
        if spent >= whole:
            found.append(last)
        elif not spent:
            found.append(min(received, last))
        else:
            terms = (ceil(spent) if in_days else spent), whole
            found.append(min(_step_due(calendar, received, terms, unit, changes, cut_off), last))
    return found


def _step_due(calendar, received, terms, unit, changes, cut_off) -> datetime:
    """The due moment of the first of two terms, when extensions were given for the second."""
    term, whole = terms
    own = []
    for number, change in enumerate(changes):
        if isinstance(change, Extension):
            due = deadline(calendar, received, term, unit, own, cut_off).moment
            if due <= change.at:
                continue
            before = deadline(calendar, received, whole, unit, changes[:number], cut_off).moment
            if unit == HOUR or whole != int(whole):
                due = add_working_time(calendar, due, working_time(calendar, before, change.due))
            else:
                days = working_days_between(calendar, before.date(), change.due.date())
                due = closing(calendar, add_working_days(calendar, due.date(), max(days, 0)))
            change = replace(change, due=due)
        own.append(change)
    return deadline(calendar, received, term, unit, own, cut_off).moment


class _Count:
    """How a term of one unit runs: its first due moment and what a pause adds to it."""

    def __init__(self, calendar: WorkCalendar, amount: float, unit: str, cut_off: time):
        if amount <= 0:
            raise ValueError("a term is longer than nothing")
        self.calendar = calendar
        if unit == WORKING_DAY and amount != int(amount):
            unit, budget = HOUR, calendar.day_length * amount
        else:
            budget = timedelta(hours=amount)
        self.unit, self.amount, self.budget, self.cut_off = unit, amount, budget, cut_off

    def first_due(self, start: datetime) -> datetime:
        if self.unit == HOUR:
            return add_working_time(self.calendar, start, self.budget)
        if self.unit == WORKING_DAY:
            day = add_working_days(self.calendar, start.date(), int(self.amount))
            return closing(self.calendar, day)
        if self.unit == CALENDAR_DAY:
            return datetime.combine(start.date() + DAY * int(self.amount), END_OF_DAY)
        if self.unit == SAME_DAY:
            today = start.time() <= self.cut_off and self.calendar.is_working(start.date())
            return closing(
                self.calendar,
                start.date() if today else add_working_days(self.calendar, start.date(), 1),
            )
        raise ValueError(f"unknown unit {self.unit!r}")

    def give_back(self, due: datetime, pause: Pause) -> tuple[float, datetime]:
        if self.unit == HOUR:
            waited = working_time(self.calendar, min(pause.start, due), pause.end)
            return waited / timedelta(hours=1), add_working_time(self.calendar, due, waited)
        start, end, day = pause.start.date(), pause.end.date(), due.date()
        if self.unit == CALENDAR_DAY:
            days = (end - start).days
            return days, datetime.combine(max(day + DAY * days, end), END_OF_DAY)
        days = working_days_between(self.calendar, start, end)
        day = max(add_working_days(self.calendar, day, days), first_working_day(self.calendar, end))
        return days, closing(self.calendar, day)

    def settle(self, due: datetime) -> datetime:
        # the date of an extension was a working day when it was given; it need not be one still
        if due.time() != END_OF_DAY and self.calendar.is_working(due.date()):
            return due
        return closing(self.calendar, first_working_day(self.calendar, due.date()))


def _days_not_worked(calendar: WorkCalendar, start: date, end: date) -> Iterator[Step]:
    for day in days_from(start + DAY, end):
        if day in calendar.working_days:
            yield Step("swap", day, text=calendar.working_days[day])
        elif day in calendar.days_off:
            yield Step("day_off", day, text=calendar.days_off[day])
        elif not calendar.is_working(day):
            yield Step("week_end", day)


def outcome(unit: str, settled: datetime, due: datetime | None) -> str:
    """early, on_time or late: by the moment for terms in hours, by the day for all others.

    A dossier without a due moment is on time. Both moments are naive and local.
    """
    if due is None:
        return ON_TIME
    left, right = (settled, due) if unit == HOUR else (settled.date(), due.date())
    if left == right:
        return ON_TIME
    return EARLY if left < right else LATE

"""Reminders: which rung of the ladder a dossier has reached on a day."""

from collections.abc import Collection
from datetime import date, timedelta

from .working_time import WorkCalendar, YearNotEntered, add_working_days, working_days_between

# the rungs after those before the due day, which are numbers of working days
TODAY, LATE = 0, -1


def reached(
    calendar: WorkCalendar, due: date, today: date, before: Collection[int] = (2, 1)
) -> int | None:
    """The highest rung that a dossier due on ``due`` has reached on ``today``, None while none.

    ``before``: working days before the due day on which a reminder is given. Only the highest is
    given: a first run, or one after days of silence, makes no storm of those missed.
    """
    if today > due:
        return LATE
    if today == due:
        return TODAY
    left = days_left(calendar, today, due)
    return min((days for days in before if days >= left), default=None)


def horizon(calendar: WorkCalendar, today: date, before: Collection[int] = (2, 1)) -> date:
    """The last due day of which anybody is reminded on ``today``."""
    if not before:
        return today
    most = max(before)
    try:
        # days off that follow are as near as the working day before them
        return add_working_days(calendar, today, most + 1) - timedelta(days=1)
    except YearNotEntered:
        return max(today + timedelta(days=most), date(today.year, 12, 31))


def days_left(calendar: WorkCalendar, today: date, due: date) -> int:
    """The working days after ``today`` up to ``due``; all days when a year is not entered yet."""
    try:
        return working_days_between(calendar, today, due)
    except YearNotEntered:
        return (due - today).days


def is_open(calendar: WorkCalendar, day: date) -> bool:
    """Whether the office works on a day; by its week alone when the year is not entered yet.

    A calendar that nobody has entered must not silence the reminders.
    """
    try:
        return calendar.is_working(day)
    except YearNotEntered:
        return bool(calendar.hours.get(day.weekday()))

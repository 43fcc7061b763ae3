"""The timing of plan tasks: from "every quarter, by the 15th" to days of the working calendar.

All days are local days of the commune. Nothing reads the clock.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from .working_time import WorkCalendar, YearNotEntered, first_working_day

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}  # the length of a period


class Occurrence(NamedTuple):
    """One time of a periodic task; the days of its calendar period are both in it."""

    number: int
    date_from: date
    date_to: date
    due: date


def occurrences(
    calendar: WorkCalendar, year: int, periodicity: str, due_day: int = 0
) -> list[Occurrence]:
    """The times of a periodic task in a year, in order.

    :param due_day: day of the last month of each period by which it is due, as in plan
        24/KH-UBND II.10 ("chậm nhất ngày 15 của tháng cuối quý"); 0: by the end of the period
    """
    length = MONTHS[periodicity]
    result = []
    for number, last in enumerate(range(length, 13, length), start=1):
        date_from = date(year, last - length + 1, 1)
        date_to = date(year, last, monthrange(year, last)[1])
        result.append(Occurrence(number, date_from, date_to, due(calendar, date_to, due_day)))
    return result


def due(calendar: WorkCalendar, period_end: date, due_day: int = 0) -> date:
    """The day by which a period's work is done.

    A named day off moves to the next working day (BLDS 91/2015 Đ148.5); "by the end of the
    period" stays within it: its last working day. While the days off of the year are not
    entered, the day is taken as it is.
    """
    if due_day:
        last = monthrange(period_end.year, period_end.month)[1]
        named = period_end.replace(day=min(due_day, last))
        return _known(first_working_day, calendar, named)
    return _known(_last_working_day, calendar, period_end)


def period_name(periodicity: str, number: int, year: int) -> str:
    """The period of a year as official papers call it."""
    if periodicity == "quarter":
        return f"quý {('I', 'II', 'III', 'IV')[number - 1]}/{year}"
    if periodicity == "half_year":
        return f"6 tháng {('đầu', 'cuối')[number - 1]} năm {year}"
    return f"tháng {number}/{year}" if periodicity == "month" else f"năm {year}"


def years_later(day: date, years: int) -> date:
    """The same day of another year; 28 February for a 29th that it does not have."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def share(part: int, whole: int) -> float | None:
    """A part in percent, None of nothing: a rate of no dossier is neither good nor bad."""
    return 100.0 * part / whole if whole else None


def progress(done: int, total: int) -> float:
    """The share done in percent, 0 of nothing."""
    return share(done, total) or 0.0


def _known(move: Callable[[WorkCalendar, date], date], calendar: WorkCalendar, day: date) -> date:
    try:
        return move(calendar, day)
    except YearNotEntered:
        return day


def _last_working_day(calendar: WorkCalendar, day: date) -> date:
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def text_of_next_year(text: str, year: int) -> str:
    """What a plan of a year says of that year and of the one before, said a year later.

    Full dates and the numbers of documents stay: they name what has happened.
    """
    return re.sub(
        rf"(?<!\d )năm ({year - 1}|{year})\b", lambda found: f"năm {int(found[1]) + 1}", text
    )


def names_a_year(text: str) -> bool:
    """Whether a text names a year, as dates and documents do: somebody must look at it anew."""
    return bool(re.search(r"\b20\d\d\b", text))

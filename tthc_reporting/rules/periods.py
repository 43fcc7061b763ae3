"""Report periods: closed intervals of local days, from the 15th to the 14th.

NĐ 09/2019/NĐ-CP Điều 12 k1 (month), k2 (quarter) and k4 (year); plan 24/KH-UBND II.10. That of a
half-year is k3, from memory; nine months follow from the first three quarters.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = range(1, 13)
QUARTERS = (1, 2, 3, 4)
HALVES = (1, 2)


@dataclass(frozen=True)
class Period:
    """Both days are in it. ``hand_in_on``: by when the specialists hand in (plan II.10)."""

    date_from: date
    date_to: date
    hand_in_on: date


def month(year: int, number: int) -> Period:
    """Month 1 to 12: from the 15th of the month before to the 14th of the month."""
    return _months(year, number, 1, MONTHS)


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4: from the 15th of the month before it to the 14th of its last month."""
    return _months(year, number, 3, QUARTERS)


def half_year(year: int, number: int) -> Period:
    """The first half-year, from 15 December of the year before, or the second, from 15 June."""
    return _months(year, number, 6, HALVES)


def nine_months(year: int) -> Period:
    """The first three quarters of a reporting year."""
    return Period(quarter(year, 1).date_from, *_end(year, 9))


def year(number: int) -> Period:
    """The reporting year: from 15 December of the year before to 14 December."""
    return Period(quarter(number, 1).date_from, *_end(number, 12))


def quarter_of(day: date) -> tuple[int, int]:
    """The reporting year and quarter that a day belongs to."""
    # fourteen days earlier, the quarter of the calendar ends one month later
    shifted = (day - timedelta(days=14)).replace(day=1)
    months = shifted.year * 12 + shifted.month  # December of the year before opens quarter 1
    return months // 12, months % 12 // 3 + 1


def _months(in_year: int, number: int, length: int, numbers) -> Period:
    """Part ``number`` of a year cut into parts of ``length`` months."""
    if number not in numbers:
        raise ValueError(f"there is no such part of the year: {number}")
    last = number * length
    before = last - length  # the month before the first one, 0 for December of the year before
    start = date(in_year, before, 15) if before else date(in_year - 1, 12, 15)
    return Period(start, *_end(in_year, last))


def _end(in_year: int, last_month: int) -> tuple[date, date]:
    return date(in_year, last_month, 14), date(in_year, last_month, 15)


def months_earlier(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    before = day.year * 12 + day.month - 1 - months
    in_year, in_month = before // 12, before % 12 + 1
    return date(in_year, in_month, min(day.day, monthrange(in_year, in_month)[1]))

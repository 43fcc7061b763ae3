"""Report periods: closed intervals of local days, from the 15th to the 14th.

NĐ 09/2019/NĐ-CP Điều 12 k2 (quarter) and k4 (year); plan 24/KH-UBND II.10.
"""

from dataclasses import dataclass
from datetime import date, timedelta

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Period:
    """Both days are in it. ``hand_in_on``: by when the specialists hand in (plan II.10)."""

    date_from: date
    date_to: date
    hand_in_on: date


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4: from the 15th of the month before it to the 14th of its last month."""
    if number not in QUARTERS:
        raise ValueError(f"there is no quarter {number}")
    last = 3 * number
    start = date(year - 1, 12, 15) if number == 1 else date(year, last - 3, 15)
    return Period(start, date(year, last, 14), date(year, last, 15))


def year(number: int) -> Period:
    """The reporting year: from 15 December of the year before to 14 December."""
    return Period(date(number - 1, 12, 15), date(number, 12, 14), date(number, 12, 15))


def quarter_of(day: date) -> tuple[int, int]:
    """The reporting year and quarter that a day belongs to."""
    # fourteen days earlier, the quarter of the calendar ends one month later
    shifted = (day - timedelta(days=14)).replace(day=1)
    months = shifted.year * 12 + shifted.month  # December of the year before opens quarter 1
    return months // 12, months % 12 // 3 + 1

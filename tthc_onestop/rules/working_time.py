"""Working time of a commune: which days and hours its office is open.

All moments here are naive datetimes in the commune's own time zone and all days are days of that
zone: the caller converts from and to UTC. Nothing reads the clock.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

DAY = timedelta(days=1)


class YearNotEntered(ValueError):
    """The days off of ``year`` are not known, so no date in it can be computed."""

    def __init__(self, year: int):
        super().__init__(f"the days off of {year} are not entered")
        self.year = year


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """The office hours of a commune, the days it is closed and the days it works instead.

    :param hours: weekday (Monday = 0) to its intervals of office hours, in order, not overlapping
    :param days_off: closed days to what they are called in an explanation
    :param working_days: days worked though the week says otherwise (swaps), to what they are called
    :param years: the years whose days off have been entered in full
    :param bases: days of the two kinds to the law or decision they follow from
    """

    hours: Mapping[int, Sequence[tuple[time, time]]]
    days_off: Mapping[date, str] = field(default_factory=dict)
    working_days: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    bases: Mapping[date, str] = field(default_factory=dict)

    @cached_property
    def _swap_hours(self) -> Sequence[tuple[time, time]]:
        # a swapped day has the hours of the first ordinary day of the week
        return next((self.hours[day] for day in range(7) if self.hours.get(day)), ())

    @cached_property
    def _working(self) -> dict[int, list[date]]:
        """The working days of each entered year, sorted: a look-up is a bisection, not a walk."""
        result = {}
        for year in sorted(self.years):
            days = (date(year, 1, 1) + DAY * n for n in range(366))
            result[year] = [day for day in days if day.year == year and self._is_working(day)]
        return result

    def _is_working(self, day: date) -> bool:
        if day in self.working_days:
            return True
        return bool(self.hours.get(day.weekday())) and day not in self.days_off

    def working_days_of(self, year: int) -> list[date]:
        """The working days of ``year``. :raises YearNotEntered:"""
        if year not in self.years:
            raise YearNotEntered(year)
        return self._working[year]

    def is_working(self, day: date) -> bool:
        """Whether the office is open on ``day``. :raises YearNotEntered:"""
        if day.year not in self.years:
            raise YearNotEntered(day.year)
        return self._is_working(day)

    def intervals(self, day: date) -> list[tuple[datetime, datetime]]:
        """The office hours of ``day`` as moments. :raises YearNotEntered:"""
        if not self.is_working(day):
            return []
        hours = self.hours.get(day.weekday()) or self._swap_hours
        return [(datetime.combine(day, start), datetime.combine(day, end)) for start, end in hours]

    @cached_property
    def day_length(self) -> timedelta:
        """The office hours of an ordinary working day."""
        return sum((span(start, end) for start, end in self._swap_hours), timedelta())


def span(start: time, end: time) -> timedelta:
    """How long it is from one time of a day to a later one."""
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)


def add_working_days(calendar: WorkCalendar, day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself is not counted.

    BLDS 91/2015 Đ147.2: the first day of a term is not counted.
    :raises YearNotEntered: the walk leaves the entered years
    """
    if count < 0:
        raise ValueError("count must not be negative")
    if not count:
        return day
    year = day.year
    days = calendar.working_days_of(year)
    index = bisect_right(days, day) + count - 1
    while index >= len(days):
        index -= len(days)
        year += 1
        days = calendar.working_days_of(year)
    return days[index]


def working_days_between(calendar: WorkCalendar, start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when end < start.

    :raises YearNotEntered:
    """
    if end < start:
        return -working_days_between(calendar, end, start)
    total = 0
    for year in range(start.year, end.year + 1):
        days = calendar.working_days_of(year)
        total += bisect_right(days, end) - bisect_right(days, start)
    return total


def first_working_day(calendar: WorkCalendar, day: date) -> date:
    """``day`` itself when the office is open, else the next day it is.

    BLDS 91/2015 Đ148.5: a term whose last day is a day off ends at the end of the next working day.
    :raises YearNotEntered:
    """
    days = calendar.working_days_of(day.year)
    index = bisect_left(days, day)
    return days[index] if index < len(days) else add_working_days(calendar, day, 1)


def closing(calendar: WorkCalendar, day: date) -> datetime:
    """The end of the office hours of ``day``; of the day itself when the office is closed."""
    intervals = calendar.intervals(day)
    return intervals[-1][1] if intervals else datetime.combine(day, time(23, 59))


def working_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """The office hours between two moments, zero when end <= start. :raises YearNotEntered:"""
    if end <= start:
        return timedelta()
    total = timedelta()
    for day in days_from(start.date(), end.date()):
        for opens, closes in calendar.intervals(day):
            total += max(min(end, closes) - max(start, opens), timedelta())
    return total


def add_working_time(calendar: WorkCalendar, start: datetime, budget: timedelta) -> datetime:
    """The moment at which ``budget`` of office hours after ``start`` is used up.

    BLDS 91/2015 Đ147.1: a term in hours counts from the moment that is fixed.
    :raises YearNotEntered:
    """
    if budget <= timedelta():
        return start
    day = start.date()
    while True:
        for opens, closes in calendar.intervals(day):
            opens = max(opens, start)
            if closes <= opens:
                continue
            if closes - opens >= budget:
                return opens + budget
            budget -= closes - opens
        day = add_working_days(calendar, day, 1)


def days_from(start: date, end: date) -> Iterator[date]:
    """The days from ``start`` to ``end``, both with."""
    while start <= end:
        yield start
        start += DAY

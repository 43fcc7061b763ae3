from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.deadline import Extension, Pause, deadline, outcome, step_deadlines
from ..rules.working_time import (
    WorkCalendar,
    YearNotEntered,
    add_working_days,
    add_working_time,
    closing,
    first_working_day,
    working_days_between,
    working_time,
)

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OFFICE = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
WEEK = {weekday: OFFICE for weekday in range(5)}


def office(days_off=(), working_days=(), years=(2023, 2024, 2025, 2026)):
    return WorkCalendar(
        WEEK,
        {day: "off" for day in days_off},
        {day: "swap" for day in working_days},
        frozenset(years),
    )


def span(first, last):
    return [first + DAY * n for n in range((last - first).days + 1)]


class SlowCalendar:
    """The same answers by walking day by day and minute by minute: slow, and obvious."""

    def __init__(self, calendar):
        self.calendar = calendar

    def open(self, day):
        if day in self.calendar.working_days:
            return True
        return day.weekday() in self.calendar.hours and day not in self.calendar.days_off

    def nth(self, day, count):
        while count:
            day += DAY
            count -= self.open(day)
        return day

    def between(self, start, end):
        return sum(self.open(day) for day in span(start + DAY, end))

    def at_work(self, moment):
        if not self.open(moment.date()):
            return False
        hours = self.calendar.hours.get(moment.weekday(), OFFICE)
        return any(start <= moment.time() < end for start, end in hours)

    def minutes(self, start, end):
        total = 0
        while start < end:
            total += self.at_work(start)
            start += MINUTE
        return total

    def after_minutes(self, start, minutes):
        while minutes:
            minutes -= self.at_work(start)
            start += MINUTE
        return start


@st.composite
def calendars(draw):
    near = st.dates(date(2023, 12, 1), date(2024, 2, 28))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=2, max_size=6))
    off = draw(st.sets(near, max_size=15))
    swaps = draw(st.sets(near, max_size=5)) - off
    return WorkCalendar(
        {weekday: OFFICE for weekday in weekdays},
        {day: "off" for day in off},
        {day: "swap" for day in swaps if day.weekday() not in weekdays},
        frozenset({2023, 2024}),
    )


@tagged("post_install", "-at_install")
class TestWorkingTime(BaseCase):
    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(calendars(), st.randoms())
    def test_days_agree_with_the_slow_calendar(self, calendar, random):
        """200 calendars × 40 days: 8,000 cases of each."""
        slow = SlowCalendar(calendar)
        for _ in range(40):
            start = date(2023, 12, 1) + DAY * random.randrange(60)
            count = random.randrange(0, 25)
            end = add_working_days(calendar, start, count)
            self.assertEqual(end, slow.nth(start, count))
            other = start + DAY * random.randrange(0, 40)
            self.assertEqual(
                working_days_between(calendar, start, other), slow.between(start, other)
            )
            self.assertEqual(
                working_days_between(calendar, other, start), -slow.between(start, other)
            )
            first = first_working_day(calendar, start)
            self.assertEqual(first, start if slow.open(start) else slow.nth(start, 1))

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(calendars(), st.randoms())
    def test_hours_agree_with_the_slow_calendar(self, calendar, random):
        """100 calendars × 30 moments: 3,000 cases of each, to the minute."""
        slow = SlowCalendar(calendar)
        for _ in range(30):
            start = datetime(2023, 12, 15) + MINUTE * random.randrange(30 * 24 * 60)
            end = start + MINUTE * random.randrange(3 * 24 * 60)
            minutes = slow.minutes(start, end)
            self.assertEqual(working_time(calendar, start, end), MINUTE * minutes)
            reached = add_working_time(calendar, start, MINUTE * minutes)
            self.assertEqual(reached, slow.after_minutes(start, minutes))

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(
        calendars(),
        st.datetimes(datetime(2023, 12, 1), datetime(2023, 12, 31)),
        st.sampled_from([("working_day", 15), ("day", 30), ("hour", 60)]),
        st.data(),
    )
    def test_a_term_longer_or_later_is_never_due_earlier(self, calendar, received, term, data):
        unit, most = term
        amount = data.draw(st.integers(1, most))
        later = received + timedelta(minutes=data.draw(st.integers(0, 5000)))
        due = deadline(calendar, received, amount, unit)
        self.assertGreater(
            due.moment.date() if unit != "hour" else due.moment,
            received.date() if unit != "hour" else received,
        )
        self.assertLessEqual(due.moment, deadline(calendar, received, amount + 1, unit).moment)
        self.assertLessEqual(due.moment, deadline(calendar, later, amount, unit).moment)
        self.assertEqual(due.steps[-1].first, due.moment)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(
        calendars(),
        st.datetimes(datetime(2023, 12, 1), datetime(2023, 12, 20)),
        st.sampled_from([("working_day", 5), ("day", 10), ("hour", 20)]),
        st.integers(0, 4000),
        st.integers(0, 20000),
    )
    def test_waiting_for_the_citizen_never_costs_the_office(
        self, calendar, received, term, before, waited
    ):
        """The working days left after a pause are those left before it, or more."""
        unit, amount = term
        start = received + MINUTE * before
        end = start + MINUTE * waited
        plain = deadline(calendar, received, amount, unit)
        paused = deadline(calendar, received, amount, unit, [Pause(start, end, "02")])
        self.assertGreaterEqual(paused.moment, plain.moment)
        if start.date() <= plain.day and unit == "working_day":
            left_before = working_days_between(calendar, start.date(), plain.day)
            left_after = working_days_between(calendar, end.date(), paused.day)
            self.assertGreaterEqual(left_after, left_before)
            self.assertGreaterEqual(paused.day, end.date())
        if start.date() > plain.day:
            self.assertEqual(paused.moment, plain.moment)

    def test_cases_of_the_law_notes(self):
        holidays = span(date(2023, 4, 29), date(2023, 5, 3))
        swap = office([date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)], [date(2024, 5, 4)])
        for name, calendar, received, amount, unit, due in [
            # the sample slip of a provincial system, 27/10/2023 09:32, 5 working days
            (
                "sample slip",
                office(),
                datetime(2023, 10, 27, 9, 32),
                5,
                "working_day",
                date(2023, 11, 3),
            ),
            # 30/4 and 01/5/2023 with their compensatory days (BLLĐ 45/2019 Đ112, Đ111.3)
            (
                "30/4/2023",
                office(holidays),
                datetime(2023, 4, 27, 8),
                3,
                "working_day",
                date(2023, 5, 5),
            ),
            # Monday 29/4/2024 off for Saturday 04/5 worked
            ("swap 2024", swap, datetime(2024, 4, 26, 8), 3, "working_day", date(2024, 5, 4)),
            # BLDS Đ148.5: the last day is a Saturday, so the Monday after
            ("calendar days", office(), datetime(2023, 6, 9, 8), 15, "day", date(2023, 6, 26)),
            (
                "calendar days in the week",
                office(),
                datetime(2023, 6, 9, 8),
                13,
                "day",
                date(2023, 6, 22),
            ),
            # received on a Sunday, as online: the first working day counts
            ("sunday", office(), datetime(2023, 6, 11, 20), 1, "working_day", date(2023, 6, 12)),
            (
                "after hours",
                office(),
                datetime(2023, 6, 9, 18),
                1,
                "working_day",
                date(2023, 6, 12),
            ),
        ]:
            with self.subTest(name):
                found = deadline(calendar, received, amount, unit)
                self.assertEqual(found.day, due)
                self.assertEqual(found.moment, datetime.combine(due, time(17)))

    def test_same_day(self):
        """Luật Hộ tịch Đ5.3, NĐ 23/2015 Đ7: received after 15:00, the next working day."""
        friday, saturday = (2023, 6, 9), (2023, 6, 10)
        for received, due in [
            (datetime(*friday, 8), datetime(2023, 6, 9, 17)),
            (datetime(*friday, 15), datetime(2023, 6, 9, 17)),
            (datetime(*friday, 15, 1), datetime(2023, 6, 12, 17)),
            (datetime(*saturday, 9), datetime(2023, 6, 12, 17)),
        ]:
            with self.subTest(received=received):
                self.assertEqual(deadline(office(), received, 1, "same_day").moment, due)
        early = deadline(office(), datetime(*friday, 14), 1, "same_day", cut_off=time(12))
        self.assertEqual(early.day, date(2023, 6, 12))
        paused = [Pause(datetime(*friday, 9), datetime(2023, 6, 13, 9), "02")]
        found = deadline(office(), datetime(*friday, 8), 1, "same_day", paused)
        self.assertEqual(found.day, date(2023, 6, 13))

    def test_hours_count_from_the_moment(self):
        """BLDS Đ147.1; the lunch break, the evening and the week-end do not count."""
        for received, hours, due in [
            (datetime(2023, 6, 9, 10, 0), 4, datetime(2023, 6, 9, 16, 0)),
            (datetime(2023, 6, 9, 16, 0), 2, datetime(2023, 6, 12, 8, 30)),
            (datetime(2023, 6, 9, 12, 15), 1, datetime(2023, 6, 9, 14, 30)),
            (datetime(2023, 6, 10, 9, 0), 7.5, datetime(2023, 6, 12, 17, 0)),
        ]:
            with self.subTest(received=received, hours=hours):
                self.assertEqual(deadline(office(), received, hours, "hour").moment, due)

    def test_half_a_working_day_is_half_its_hours(self):
        found = deadline(office(), datetime(2023, 6, 9, 8, 0), 0.5, "working_day")
        self.assertEqual(found.moment, datetime(2023, 6, 9, 13, 45))

    def test_pauses_and_extensions(self):
        received = datetime(2023, 6, 5, 8)  # a Monday; 5 working days: Monday 12/6
        wednesday, friday = datetime(2023, 6, 7, 9), datetime(2023, 6, 9, 9)
        sunday, late = datetime(2023, 6, 18, 9), datetime(2023, 6, 14, 9)
        for name, changes, due in [
            ("two days given back", [Pause(wednesday, friday, "02")], date(2023, 6, 14)),
            (
                "the full term anew",
                [Pause(wednesday, friday, "02", kind="restart")],
                date(2023, 6, 16),
            ),
            (
                "asked on the last day, complete on a Sunday: the Monday after",
                [Pause(datetime(2023, 6, 12, 9), sunday, "02")],
                date(2023, 6, 19),
            ),
            ("asked when late already", [Pause(late, sunday, "02")], date(2023, 6, 12)),
            (
                "extended, then paused",
                [
                    Extension(wednesday, datetime(2023, 6, 15, 17), "04"),
                    Pause(friday, datetime(2023, 6, 12, 9), "02"),
                ],
                date(2023, 6, 16),
            ),
        ]:
            with self.subTest(name):
                self.assertEqual(deadline(office(), received, 5, "working_day", changes).day, due)

    def test_steps(self):
        """Worked cases of 5 working days in steps of half a day, 3 days, 1 day, half a day."""
        received, steps = datetime(2023, 6, 5, 8), (0.5, 3, 1, 0.5)
        wednesday = datetime(2023, 6, 7, 9)
        pause = Pause(wednesday, datetime(2023, 6, 9, 9), "02")
        for name, changes, days in [
            ("as planned", [], (6, 9, 12, 12)),
            ("two days given back to the steps not due yet", [pause], (6, 13, 14, 14)),
            (
                "extended by three days",
                [Extension(wednesday, datetime(2023, 6, 15, 17), "04")],
                (6, 14, 15, 15),
            ),
            (
                "all anew",
                [Pause(wednesday, datetime(2023, 6, 9, 9), "02", kind="restart")],
                (12, 15, 16, 16),
            ),
        ]:
            with self.subTest(name):
                dues = step_deadlines(office(), received, steps, "working_day", changes)
                self.assertEqual(dues, [datetime(2023, 6, day, 17) for day in days])
        for amounts, unit, dues in [
            ((2, 6, 4), "hour", [(5, 10, 0), (6, 8, 30), (6, 14, 30)]),
            ((0, 0.5, 1), "working_day", [(5, 8, 0), (5, 13, 45), (6, 13, 45)]),
            ((1, 9), "day", [(6, 17, 0), (15, 17, 0)]),
            ((0.5, 0.5), "same_day", [(5, 17, 0), (5, 17, 0)]),
        ]:
            with self.subTest(unit=unit, amounts=amounts):
                self.assertEqual(
                    step_deadlines(office(), received, amounts, unit),
                    [datetime(2023, 6, *moment) for moment in dues],
                )

    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(
        calendars(),
        st.datetimes(datetime(2023, 12, 1), datetime(2023, 12, 20)),
        st.sampled_from(["working_day", "day", "hour", "same_day"]),
        st.lists(st.integers(0, 12).map(lambda part: part / 4), min_size=1, max_size=5),
        st.lists(
            st.tuples(
                st.sampled_from(["pause", "restart", "desk", "closed", "extension"]),
                st.integers(1, 4000),
                st.integers(0, 6000),
            ),
            max_size=4,
        ),
    )
    def test_the_last_step_is_due_with_the_dossier(self, calendar, received, unit, amounts, life):
        """The steps follow each other, whatever happens, and end when the dossier is due."""
        whole = round(sum(amounts), 2)
        if not whole or (unit == "day" and whole != int(whole)):
            return
        changes, moment = [], received
        for kind, later, long in life:
            start = moment + MINUTE * later
            moment = start + MINUTE * long
            if kind == "extension":
                due = deadline(calendar, received, whole, unit, changes).moment
                day = add_working_days(calendar, max(due, start).date(), 1 + long % 5)
                changes.append(Extension(start, closing(calendar, day), "04"))
            else:
                changes.append(Pause(start, moment, "02", kind))
        dues = step_deadlines(calendar, received, amounts, unit, changes)
        self.assertEqual(dues[-1], deadline(calendar, received, whole, unit, changes).moment)
        self.assertEqual(dues, sorted(dues))
        self.assertEqual(len(dues), len(amounts))

    def test_every_day_not_worked_is_named(self):
        holidays = {date(2023, 4, 29) + DAY * n: f"holiday {n}" for n in range(5)}
        calendar = WorkCalendar(WEEK, holidays, {}, frozenset({2023}))
        steps = deadline(calendar, datetime(2023, 4, 27, 8), 5, "working_day").steps
        self.assertEqual(
            [(step.kind, step.text) for step in steps],
            [("start", "")]
            + [("day_off", f"holiday {n}") for n in range(5)]
            + [("week_end", "")] * 2
            + [("due", "")],
        )

    def test_no_guess_beyond_the_entered_years(self):
        calendar = office(years=(2023,))
        for received, amount, unit, year in [
            (datetime(2023, 12, 28, 8), 5, "working_day", 2024),
            (datetime(2023, 12, 28, 8), 10, "day", 2024),
            (datetime(2023, 12, 29, 16), 8, "hour", 2024),
            (datetime(2022, 12, 28, 8), 1, "working_day", 2022),
        ]:
            with (
                self.subTest(received=received, unit=unit),
                self.assertRaises(YearNotEntered) as caught,
            ):
                deadline(calendar, received, amount, unit)
            self.assertEqual(caught.exception.year, year)

    def test_early_on_time_late(self):
        due = datetime(2023, 6, 12, 17)
        for unit, settled, expected in [
            ("working_day", datetime(2023, 6, 11, 23, 59), "early"),
            ("working_day", datetime(2023, 6, 12, 0, 0), "on_time"),
            ("working_day", datetime(2023, 6, 12, 18, 0), "on_time"),
            ("day", datetime(2023, 6, 13, 0, 0), "late"),
            ("hour", datetime(2023, 6, 12, 16, 59), "early"),
            ("hour", datetime(2023, 6, 12, 17, 0), "on_time"),
            ("hour", datetime(2023, 6, 12, 17, 1), "late"),
        ]:
            with self.subTest(unit=unit, settled=settled):
                self.assertEqual(outcome(unit, settled, due), expected)
        self.assertEqual(outcome("working_day", due, None), "on_time")

    def test_closing_of_a_swapped_saturday(self):
        calendar = office(working_days=[date(2023, 6, 10)])
        self.assertEqual(closing(calendar, date(2023, 6, 10)), datetime(2023, 6, 10, 17))

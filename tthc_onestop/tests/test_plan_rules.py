from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.plan import (
    MONTHS,
    due,
    names_a_year,
    occurrences,
    period_name,
    progress,
    text_of_next_year,
    years_later,
)
from ..rules.working_time import WorkCalendar

OFFICE = {day: ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))) for day in range(5)}
YEARS = frozenset(range(2020, 2031))
calendars = st.builds(
    lambda off: WorkCalendar(OFFICE, dict.fromkeys(off, "x"), years=YEARS),
    st.sets(st.dates(date(2021, 1, 1), date(2029, 12, 31)), max_size=60),
)
years = st.integers(2021, 2028)
periodicities = st.sampled_from(sorted(MONTHS))


class TestPlanRules(BaseCase):
    def test_the_quarters_of_the_plan(self):
        """Plan 24/KH-UBND II.10: by the 15th of the last month of the quarter, in 2023.

        None of the four is a day off; in 2024 that of June is a Saturday, of September a Sunday,
        of December a Sunday: the next working day (BLDS 91/2015 Đ148.5).
        """
        calendar = WorkCalendar(OFFICE, years=YEARS)
        table = {
            2023: ["2023-03-15", "2023-06-15", "2023-09-15", "2023-12-15"],
            2024: ["2024-03-15", "2024-06-17", "2024-09-16", "2024-12-16"],
        }
        for year, days in table.items():
            found = [str(each.due) for each in occurrences(calendar, year, "quarter", 15)]
            self.assertEqual(found, days)

    def test_the_end_of_a_period_stays_in_it(self):
        """31/12/2023 is a Sunday: the last working day of the year is Friday the 29th."""
        calendar = WorkCalendar(OFFICE, years=YEARS)
        self.assertEqual(due(calendar, date(2023, 12, 31)), date(2023, 12, 29))

    def test_february(self):
        calendar = WorkCalendar(OFFICE, years=YEARS)
        months = occurrences(calendar, 2023, "month", 31)
        self.assertEqual(months[1].date_to, date(2023, 2, 28))
        self.assertEqual(months[1].due, date(2023, 2, 28))

    def test_a_year_that_is_not_entered(self):
        """A calendar that nobody has entered leaves the day as it is, Saturday or not."""
        self.assertEqual(due(WorkCalendar(OFFICE), date(2024, 6, 30), 15), date(2024, 6, 15))

    def test_names_of_periods(self):
        names = [period_name(*each, 2023) for each in [("month", 3), ("quarter", 4), ("year", 1)]]
        self.assertEqual(names, ["tháng 3/2023", "quý IV/2023", "năm 2023"])
        halves = [period_name("half_year", number, 2023) for number in (1, 2)]
        self.assertEqual(halves, ["6 tháng đầu năm 2023", "6 tháng cuối năm 2023"])

    def test_the_text_of_the_next_year(self):
        table = {
            "xã Bình Lãng năm 2023": "xã Bình Lãng năm 2024",
            "tồn tại, hạn chế năm 2022.": "tồn tại, hạn chế năm 2023.",
            "ngày 07 tháng 3 năm 2023": "ngày 07 tháng 3 năm 2023",
            "giai đoạn 2021-2025": "giai đoạn 2021-2025",
            "trong năm 2021.": "trong năm 2021.",
        }
        for before, after in table.items():
            self.assertEqual(text_of_next_year(before, 2023), after)
        self.assertTrue(names_a_year("Kế hoạch số 118/KH-UBND ngày 02/7/2021"))
        self.assertFalse(names_a_year("Theo yêu cầu của huyện, 100% hồ sơ"))

    def test_a_leap_day(self):
        self.assertEqual(years_later(date(2024, 2, 29), 1), date(2025, 2, 28))
        self.assertEqual(years_later(date(2023, 3, 31), 1), date(2024, 3, 31))

    @given(calendars, years, periodicities)
    def test_the_periods_partition_the_year(self, calendar, year, periodicity):
        found = occurrences(calendar, year, periodicity)
        self.assertEqual(len(found), 12 // MONTHS[periodicity])
        self.assertEqual(found[0].date_from, date(year, 1, 1))
        self.assertEqual(found[-1].date_to, date(year, 12, 31))
        for before, after in zip(found, found[1:], strict=False):
            self.assertEqual(after.date_from - before.date_to, timedelta(days=1))
            self.assertEqual(after.number, before.number + 1)

    @given(calendars, years, periodicities)
    def test_by_the_end_is_a_working_day_of_the_period_and_the_last(
        self, calendar, year, periodicity
    ):
        for each in occurrences(calendar, year, periodicity):
            self.assertTrue(calendar.is_working(each.due))
            self.assertLessEqual(each.due, each.date_to)
            later = [each.due + timedelta(days=n) for n in range(1, 62)]
            rest = [day for day in later if day <= each.date_to]
            self.assertFalse(any(map(calendar.is_working, rest)))

    @given(calendars, years, periodicities, st.integers(1, 31))
    def test_a_named_day_moves_to_the_next_working_day_only(self, calendar, year, periodicity, day):
        for each in occurrences(calendar, year, periodicity, day):
            named = each.date_to.replace(day=min(day, each.date_to.day))
            self.assertTrue(calendar.is_working(each.due))
            between = [named + timedelta(days=n) for n in range((each.due - named).days)]
            self.assertGreaterEqual(each.due, named)
            self.assertFalse(any(map(calendar.is_working, between)))

    @given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 9))
    def test_years_later(self, day, count):
        later = years_later(day, count)
        self.assertEqual((later.year, later.month), (day.year + count, day.month))
        self.assertIn(day.day - later.day, (0, 1))

    @given(st.integers(0, 50), st.integers(0, 50))
    def test_progress(self, done, others):
        share = progress(done, done + others)
        self.assertTrue(0 <= share <= 100)
        self.assertEqual(share == 100, bool(done) and not others)

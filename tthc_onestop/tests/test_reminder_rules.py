from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.reminder import LATE, TODAY, horizon, is_open, reached
from ..rules.working_time import WorkCalendar

HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
CALENDAR = WorkCalendar(
    hours={day: HOURS for day in range(5)},
    days_off={date(2023, 9, day): "Quốc khánh" for day in (1, 4)},
    years=frozenset({2023}),
)
days = st.dates(date(2023, 1, 1), date(2023, 12, 31))
rungs = st.sets(st.integers(1, 10), max_size=3)


@tagged("post_install", "-at_install")
class TestReminderRules(BaseCase):
    def test_rungs(self):
        due = date(2023, 6, 12)  # a Monday
        for day, rung in {
            7: None,  # 3 working days before
            8: 2,
            9: 1,
            10: 1,  # a Saturday
            12: TODAY,
            13: LATE,
            30: LATE,
        }.items():
            with self.subTest(day=day):
                self.assertEqual(reached(CALENDAR, due, date(2023, 6, day)), rung)

    def test_days_off_are_no_working_days(self):
        # 1 and 4 September are off: the last working day before the 5th is 31 August
        self.assertEqual(reached(CALENDAR, date(2023, 9, 5), date(2023, 8, 31)), 1)
        self.assertEqual(horizon(CALENDAR, date(2023, 8, 31)), date(2023, 9, 6))
        self.assertFalse(is_open(CALENDAR, date(2023, 9, 4)))

    def test_no_rung_before_the_day_when_none_is_set(self):
        self.assertIsNone(reached(CALENDAR, date(2023, 6, 9), date(2023, 6, 8), ()))
        self.assertEqual(horizon(CALENDAR, date(2023, 6, 9), ()), date(2023, 6, 9))

    def test_a_year_not_entered_silences_nothing(self):
        self.assertEqual(reached(CALENDAR, date(2024, 1, 3), date(2024, 1, 2)), 1)
        self.assertEqual(horizon(CALENDAR, date(2023, 12, 29)), date(2023, 12, 31))
        self.assertTrue(is_open(CALENDAR, date(2024, 1, 2)))
        self.assertFalse(is_open(CALENDAR, date(2024, 1, 6)))

    def test_due_on_a_day_off(self):
        """A Saturday is as many working days away as the Friday before it."""
        friday, saturday = date(2023, 6, 16), date(2023, 6, 17)
        for due in (friday, saturday):
            self.assertEqual(reached(CALENDAR, due, date(2023, 6, 14)), 2)
            self.assertLessEqual(due, horizon(CALENDAR, date(2023, 6, 14)))

    @given(days, days, rungs)
    def test_rungs_only_rise_as_days_pass(self, due, today, before):
        ladder = [None, *sorted(before, reverse=True), TODAY, LATE]
        rung, next_rung = (
            reached(CALENDAR, due, day, before) for day in (today, today + timedelta(days=1))
        )
        self.assertLessEqual(ladder.index(rung), ladder.index(next_rung))
        if rung is not None:
            self.assertLessEqual(due, horizon(CALENDAR, today, before))

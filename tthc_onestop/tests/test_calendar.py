from datetime import date, datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..rules.deadline import deadline
from ..rules.working_time import add_working_days
from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestCalendar(DossierCase):
    def test_office_hours(self):
        calendar = self.company.tthc_work_calendar()
        self.assertEqual(
            [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in calendar.hours[0]],
            [("07:30", "11:30"), ("13:30", "17:00")],
        )
        self.assertEqual(set(calendar.hours), {0, 1, 2, 3, 4})

    def test_known_terms(self):
        """Vectors of the law notes, through the shipped days (one-stop.md §5)."""
        calendar = self.company.tthc_work_calendar()
        for received, days, due in [
            (date(2023, 4, 27), 3, date(2023, 5, 5)),
            (date(2023, 10, 27), 5, date(2023, 11, 3)),
            (date(2024, 4, 26), 3, date(2024, 5, 4)),
            (date(2023, 1, 19), 1, date(2023, 1, 27)),
            (date(2024, 2, 7), 1, date(2024, 2, 15)),
            (date(2025, 1, 24), 1, date(2025, 2, 3)),
            (date(2026, 2, 13), 1, date(2026, 2, 23)),
            (date(2025, 12, 31), 1, date(2026, 1, 5)),
            (date(2026, 1, 9), 1, date(2026, 1, 10)),
            (date(2023, 8, 31), 1, date(2023, 9, 5)),
        ]:
            with self.subTest(received=received):
                self.assertEqual(add_working_days(calendar, received, days), due)

    def test_each_year_has_the_eleven_days(self):
        """BLLĐ 45/2019 Đ112: 11 days; compensatory days and swaps come on top."""
        for year in (2023, 2024, 2025, 2026):
            days = self.env.ref(f"tthc_onestop.calendar_{year}").day_ids
            off = days.filtered(lambda day: day.kind == "off")
            self.assertGreaterEqual(len(off), 11)
            self.assertIn(date(year, 4, 30), off.mapped("date"))
            self.assertTrue(all(day.name and day.basis for day in days))

    def test_the_explanation_names_the_holiday_and_its_basis(self):
        dossier = self.received(day="2023-04-27")
        self.assertIn(
            "Giỗ Tổ Hùng Vương (10/3 âm lịch) (Bộ luật Lao động", dossier.deadline_explanation
        )

    def test_a_change_is_seen_at_once(self):
        year = self.env.ref("tthc_onestop.calendar_2023")
        received = datetime(2023, 6, 5, 9)

        def due():
            calendar = self.company.tthc_work_calendar()
            return deadline(calendar, received, 5, "working_day").day

        self.assertEqual(due(), date(2023, 6, 12))
        day = self.env["tthc.calendar.day"].create(
            {"year_id": year.id, "date": "2023-06-07", "name": "Ngày nghỉ mới"}
        )
        self.assertEqual(due(), date(2023, 6, 13))
        day.date = "2023-06-08"
        self.assertEqual(due(), date(2023, 6, 13))
        day.unlink()
        self.assertEqual(due(), date(2023, 6, 12))
        self.env.ref("tthc_onestop.office_hours").attendance_ids.filtered(
            lambda line: line.dayofweek == "2"
        ).unlink()
        self.assertEqual(due(), date(2023, 6, 13))

    def test_a_commune_may_have_days_of_its_own(self):
        own = self.env["tthc.calendar.year"].create(
            {
                "year": 2023,
                "company_id": self.company.id,
                "day_ids": [(0, 0, {"date": "2023-06-06", "name": "Mất điện toàn xã"})],
            }
        )
        self.assertFalse(self.company.tthc_work_calendar().is_working(date(2023, 6, 6)))
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        self.assertTrue(other.tthc_work_calendar().is_working(date(2023, 6, 6)))
        own.unlink()
        self.assertTrue(self.company.tthc_work_calendar().is_working(date(2023, 6, 6)))

    def test_bad_days(self):
        year = self.env.ref("tthc_onestop.calendar_2023")
        with self.assertRaises(ValidationError):
            self.env["tthc.calendar.day"].create(
                {"year_id": year.id, "date": "2024-06-07", "name": "Nhầm năm"}
            )
        with self.assertRaises(AccessError), at("2023-06-05"):
            self.model("leader", "tthc.calendar.day").create(
                {"year_id": year.id, "date": "2023-06-07", "name": "Lãnh đạo nhập"}
            )

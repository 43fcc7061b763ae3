from datetime import date, datetime

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import format_date, mute_logger

from odoo.addons.tthc_onestop.tests.common import DossierCase, at

from .history import behind


@tagged("post_install", "-at_install")
class TestReportPeriod(DossierCase):
    def setUp(self):
        super().setUp()
        self.periods = self.model("statistician", "tthc.report.period")
        self.own = [("company_id", "=", self.company.id)]

    def quarter(self, number, year=2023):
        return self.periods.create({"kind": "quarter", "year": year, "quarter": number})

    def test_days_follow_from_the_kind(self):
        quarter = self.quarter(2)
        self.assertEqual(
            (quarter.date_from, quarter.date_to, quarter.hand_in_on, quarter.state),
            (date(2023, 3, 15), date(2023, 6, 14), date(2023, 6, 15), "open"),
        )
        self.assertTrue(quarter.name.startswith("Quarter II of 2023 ("))
        quarter.quarter = 1
        self.assertEqual(quarter.date_from, date(2022, 12, 15))
        year = self.periods.create({"kind": "year", "year": 2023})
        self.assertEqual((year.date_from, year.date_to), (date(2022, 12, 15), date(2023, 12, 14)))
        days = self.periods.create(
            {"kind": "adhoc", "date_from": "2023-04-01", "date_to": "2023-04-30"}
        )
        self.assertEqual((days.year, days.hand_in_on), (2023, False))

    def test_any_days_are_typed_one_by_one(self):
        with Form(self.periods) as form:
            form.kind = "adhoc"
            form.date_from = "2023-05-01"
            form.date_to = "2023-04-30"  # not right yet
            form.date_to = "2023-05-31"
        self.assertEqual(form.record.date_to, date(2023, 5, 31))

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_periods_apart(self):
        self.quarter(2)
        for error, values in [
            (UniqueViolation, {"kind": "quarter", "year": 2023, "quarter": 2}),
            (CheckViolation, {"kind": "adhoc", "date_from": "2023-04-02", "date_to": "2023-04-01"}),
        ]:
            with self.assertRaises(error):
                self.periods.create(values)

    def test_a_hand_in_day_off_is_told(self):
        self.assertFalse(self.quarter(2).hand_in_warning)  # Thursday 15/6/2023
        autumn = self.quarter(2, year=2024)  # Saturday 15/6/2024
        self.assertIn("is not a working day", autumn.hand_in_warning)
        autumn.hand_in_on = "2024-06-17"
        self.assertFalse(autumn.hand_in_warning)

    def test_the_levels_above(self):
        """As set for the commune; nothing is hard-coded, and any days have none."""
        quarter, days = self.quarter(2), ("above_by", "province_by", "ministry_by")
        self.assertEqual(
            [quarter[day] for day in days],
            [date(2023, 6, 17), date(2023, 6, 20), date(2023, 6, 25)],
        )
        # 17/6/2023 is a Saturday, the 25th a Sunday, the 20th a Tuesday
        days_off = ", ".join(format_date(self.env, f"2023-06-{day}") for day in (17, 25))
        self.assertIn(f": {days_off}.", quarter.handed_on_warning)
        settings = self.model("manager", "tthc.commune.settings").create({})
        settings.tthc_report_above_day = 16
        settings.tthc_report_province_day = settings.tthc_report_ministry_day = 0
        settings.action_save()
        quarter.invalidate_recordset()
        self.assertEqual([quarter[day] for day in days], [date(2023, 6, 16), False, False])
        self.assertFalse(quarter.handed_on_warning)
        settings.tthc_report_above_day = 31
        with self.assertRaises(CheckViolation), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            settings.action_save()
            self.env.flush_all()
        adhoc = self.periods.create(
            {"kind": "adhoc", "date_from": "2023-04-01", "date_to": "2023-04-30"}
        )
        self.assertFalse(adhoc.above_by)

    def test_figures_are_kept_when_collected(self):
        self.received("2023-03-20")
        quarter = self.quarter(2)
        self.assertEqual(quarter.sheets["II.06a"]["total"]["values"]["3"], 1)
        quarter.action_collect()
        self.assertEqual(quarter.state, "collecting")
        self.received("2023-03-21")
        self.assertEqual(quarter.sheets["II.06a"]["total"]["values"]["3"], 1)
        quarter.action_collect()
        self.assertEqual(quarter.sheets["II.06a"]["total"]["values"]["3"], 2)

    def test_figures_are_never_written_by_hand(self):
        quarter = self.quarter(2)
        for values in ({"figures": {}}, {"state": "sealed"}, {"collected_at": "2023-06-15"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "by hand"):
                quarter.write(values)
            if all(values.values()):  # the empty fields of a form are no figures
                with self.assertRaises(UserError):
                    self.periods.create({"kind": "year", "year": 2023} | values)
        quarter.action_collect()
        for values in ({"quarter": 3}, {"company_id": self.env.ref("base.main_company").id}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "have been taken"):
                quarter.write(values)
        quarter.hand_in_on = "2023-06-16"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tthc_report_period SET state = 'sealed' WHERE id = %s", [quarter.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "is sealed"):
            quarter.action_collect()

    @mute_logger("odoo.sql_db")
    def test_a_year_exists_once(self):
        self.periods.create({"kind": "year", "year": 2023})
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.quarter(1).kind = "year"
            self.env.flush_all()

    def test_until_its_last_day_is_over_a_sheet_is_live(self):
        quarter = self.quarter(2)
        with at("2023-06-01"):
            quarter.action_collect()
            self.received("2023-05-30")
            quarter.invalidate_recordset()
            self.assertEqual(quarter.sheets["II.06a"]["total"]["values"]["3"], 1)
        with at("2023-06-14", "18:00"):  # though somebody has collected before
            self.run_cron("ir_cron_collect_periods")
        self.env.invalidate_all()
        self.assertEqual(quarter.collected_at, datetime(2023, 6, 14, 11, 0))

    def test_a_province_has_no_period(self):
        province = self.env["res.company"].create({"name": "UBND tỉnh"})
        self.env["res.company"].create({"name": "UBND xã Con", "parent_id": province.id})
        with at("2023-06-15", "00:10"):
            self.run_cron("ir_cron_open_periods")
        everywhere = self.env["tthc.report.period"]
        self.assertFalse(everywhere.search([("company_id", "=", province.id)]))
        self.assertTrue(everywhere.search([("company_id.parent_id", "=", province.id)]))

    def test_a_specialist_sees_the_own_sectors(self):
        self.received("2023-03-20")
        self.received("2023-03-20", procedure="calendar")
        quarter = self.quarter(2)
        quarter.action_collect()
        for group, count in [("statistician", 2), ("leader", 2), ("auditor", 2), ("officer", 1)]:
            sheet = quarter.with_user(self.users[group]).sheets["II.06a"]
            self.assertEqual(sheet["total"]["values"]["3"], count, group)
            self.assertEqual(len(sheet["rows"]), count)

    def test_a_figure_opens_its_dossiers(self):
        dossier = self.received("2023-03-20")
        self.received("2023-03-20", procedure="calendar")
        quarter = self.quarter(2)
        self.assertEqual(behind(quarter, "II.06a", "5", self.civil.id), dossier.ids)
        self.assertEqual(len(behind(quarter, "II.06a", "5")), 2)

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"tthc_reporting.{name}").method_direct_trigger()

    def test_the_periods_of_a_year_are_made_on_its_first_day(self):
        """00:10 on 15/12 in the commune is 14/12 in UTC: the day is the commune's."""
        for _ in range(2):  # whatever restarts, each is made once
            with at("2023-12-15", "00:10"):
                self.run_cron("ir_cron_open_periods")
        made = self.periods.search(self.own)
        self.assertEqual(set(made.mapped("year")), {2024})
        self.assertEqual(
            sorted((period.kind, period.quarter or period.half) for period in made),
            [("half_year", 1), ("half_year", 2), ("nine_months", 0)]
            + [("quarter", number) for number in (1, 2, 3, 4)]
            + [("year", 0)],
        )
        self.assertEqual(set(made.mapped("state")), {"open"})

    def test_figures_are_there_on_the_evening_of_the_14th(self):
        quarter = self.quarter(2)
        with at("2023-06-13", "18:00"):
            self.run_cron("ir_cron_collect_periods")
            self.assertFalse(quarter.figures)
        self.received("2023-06-14", hour="16:00")
        with at("2023-06-14", "18:00"):
            self.run_cron("ir_cron_collect_periods")
        self.env.invalidate_all()
        self.assertEqual(quarter.state, "collecting")
        self.assertEqual(quarter.collected_at, datetime(2023, 6, 14, 11, 0))
        self.assertEqual(quarter.figures["II.06a"]["total"]["values"]["3"], 1)
        # one filed online late that evening is in the figures of midnight, which then stay
        self.received("2023-06-14", hour="22:00", channel="online")
        with at("2023-06-15", "00:10"):
            self.run_cron("ir_cron_open_periods")
        self.env.invalidate_all()
        self.assertEqual(quarter.figures["II.06a"]["total"]["values"]["3"], 2)
        with at("2023-06-15", "18:00"):
            self.run_cron("ir_cron_collect_periods")
        self.env.invalidate_all()
        self.assertEqual(quarter.collected_at, datetime(2023, 6, 14, 17, 10))

    def test_the_scheduled_actions_run_in_the_communes_hours(self):
        for name, hour in [("open", "17:10:00"), ("collect", "11:00:00")]:
            cron = self.env.ref(f"tthc_reporting.ir_cron_{name}_periods")
            self.assertEqual(f"{cron.nextcall:%H:%M:%S}", hour)
            self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))

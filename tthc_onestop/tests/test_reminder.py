from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.res_company import to_local
from .common import GROUPS, DossierCase, at

# 2023-06-05 is a Monday: five working days later is Monday the 12th
RUNGS = [("2023-06-08", 2), ("2023-06-09", 1), ("2023-06-12", 0), ("2023-06-13", -1)]


@tagged("post_install", "-at_install")
class TestReminder(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.email = f"{user.login}@xa.example"

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"tthc_onestop.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def remind(self, day):
        with at(day, "07:15"):
            self.run_cron("ir_cron_remind")

    def digest(self, day):
        """The letters queued on a morning."""
        before = self.env["mail.mail"].search([])
        with at(day, "07:30"):
            self.run_cron("ir_cron_reminder_digest")
        return self.env["mail.mail"].search([("id", "not in", before.ids)])

    def in_hand(self, **values):
        dossier = self.received(**values)
        with at("2023-06-05"):
            self.as_user("officer", dossier).action_process()
        return dossier

    def told(self, dossier):
        """(rung, logins told) in the order they were told."""
        found = self.env["tthc.reminder"].search([("dossier_id", "=", dossier.id)], order="id")
        return [(each.rung, sorted(each.user_ids.mapped("login"))) for each in found]

    def activities(self, dossier):
        found = dossier.sudo().activity_ids.sorted(lambda activity: activity.user_id.login)
        return [(each.user_id.login, each.summary, each.date_deadline) for each in found]

    def test_the_hours(self):
        """Reminded and written to before the office opens: UTC, as the scheduler reads it."""
        for name, hour in [("ir_cron_remind", "07:15"), ("ir_cron_reminder_digest", "07:30")]:
            cron = self.env.ref(f"tthc_onestop.{name}")
            self.assertEqual(f"{to_local(cron.nextcall):%H:%M}", hour)
            self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))

    # ---------------------------------------------------------------- rungs

    def test_each_rung_once_to_whom_it_concerns(self):
        dossier = self.in_hand()
        for day in ("2023-06-06", "2023-06-07"):
            self.remind(day)
        self.assertFalse(self.told(dossier))
        expected = []
        for day, rung in RUNGS:
            for _restart in range(2):
                self.remind(day)
            late = ["test_leader"] if rung < 0 else []
            expected.append((rung, [*late, "test_officer"]))
            self.assertEqual(self.told(dossier), expected)
            self.assertEqual(len(dossier.sudo().activity_ids), 1 + len(late))
        self.remind("2023-06-14")
        self.assertEqual(self.told(dossier), expected, "late is told once")
        self.assertEqual(
            self.activities(dossier),
            [
                ("test_leader", "Quá hạn", date(2023, 6, 12)),
                ("test_officer", "Quá hạn", date(2023, 6, 12)),
            ],
        )

    def test_after_days_of_silence_only_the_highest_rung(self):
        dossier = self.in_hand()
        self.remind("2023-06-20")
        self.assertEqual([rung for rung, _ in self.told(dossier)], [-1])

    def test_nobody_is_reminded_on_a_day_off(self):
        dossier = self.in_hand()
        self.remind("2023-06-10")
        self.assertFalse(self.told(dossier))
        self.assertFalse(self.digest("2023-06-10"))

    def test_the_desk_while_nobody_handles_it(self):
        dossier = self.received()
        self.remind("2023-06-09")
        self.assertEqual(self.told(dossier), [(1, ["test_counter"])])

    def test_an_extension_starts_anew(self):
        dossier = self.in_hand()
        self.remind("2023-06-09")
        with at("2023-06-09"):
            self.as_user("leader", dossier).action_extend("Chờ xác minh", "2023-06-20 10:00:00")
        self.remind("2023-06-12")
        self.assertFalse(self.activities(dossier), "the old due day is no longer reminded of")
        self.remind("2023-06-19")
        found = self.env["tthc.reminder"].search([("dossier_id", "=", dossier.id)], order="id")
        self.assertEqual(
            found.mapped(lambda each: (each.due_on, each.rung)),
            [(date(2023, 6, 12), 1), (date(2023, 6, 20), 1)],
        )

    def test_nothing_while_the_citizen_is_waited_for(self):
        dossier = self.in_hand()
        self.remind("2023-06-08")
        self.assertTrue(self.activities(dossier))
        with at("2023-06-08"):
            self.as_user("officer", dossier).action_request_supplement("Thiếu giấy")
        self.remind("2023-06-12")
        self.assertEqual([rung for rung, _ in self.told(dossier)], [2])
        self.assertFalse(self.activities(dossier))

    def test_the_activity_goes_when_the_dossier_is_settled(self):
        dossier = self.in_hand()
        self.remind("2023-06-12")
        with at("2023-06-12"):
            self.as_user("officer", dossier).action_settle()
        self.remind("2023-06-13")
        self.assertFalse(self.activities(dossier))

    def test_the_activity_follows_the_officer(self):
        dossier = self.in_hand()
        self.remind("2023-06-09")
        other = self.new_user("test_next", "officer")
        with at("2023-06-09"):
            self.as_user("leader", dossier).action_process(other.id)
        self.remind("2023-06-09")
        self.assertEqual([login for login, *_ in self.activities(dossier)], ["test_next"])
        self.assertEqual(len(self.told(dossier)), 1)

    def test_what_a_user_has_done_does_not_come_back(self):
        dossier = self.in_hand()
        self.remind("2023-06-13")
        dossier.sudo().activity_ids.unlink()
        self.remind("2023-06-14")
        self.assertFalse(self.activities(dossier))

    def test_the_substitute_is_told_too(self):
        dossier = self.in_hand()
        deputy = self.new_user("test_deputy", "officer")
        self.env["tthc.substitution"].create(
            {
                "company_id": self.company.id,
                "absent_id": self.users["officer"].id,
                "substitute_id": deputy.id,
                "date_from": "2023-06-08",
                "date_to": "2023-06-08",
                "reason": "Nghỉ phép",
            }
        )
        self.remind("2023-06-08")
        self.assertEqual(self.told(dossier), [(2, ["test_deputy", "test_officer"])])
        self.remind("2023-06-09")
        self.assertEqual(self.told(dossier)[1], (1, ["test_officer"]))
        self.assertEqual([login for login, *_ in self.activities(dossier)], ["test_officer"])

    def test_reminding_makes_no_letter_and_no_follower(self):
        dossier = self.in_hand()
        letters, notes = self.env["mail.mail"].search([]), dossier.sudo().message_ids
        self.remind("2023-06-13")
        self.assertEqual(self.env["mail.mail"].search([]), letters)
        self.assertEqual(dossier.sudo().message_ids, notes)
        self.assertFalse(dossier.sudo().message_follower_ids)

    def test_the_days_are_a_setting(self):
        dossier = self.in_hand()
        settings = self.model("manager", "tthc.commune.settings").create(
            {"tthc_remind_first": 3, "tthc_remind_second": 0}
        )
        settings.action_save()
        for day in ("2023-06-06", "2023-06-07", "2023-06-08", "2023-06-09"):
            self.remind(day)
        self.assertEqual([rung for rung, _ in self.told(dossier)], [3])
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.company.tthc_remind_first = -1
            self.env.flush_all()

    def test_many_in_few_queries(self):
        values = {
            "procedure_id": self.procedures["days"].id,
            "applicant_name": "An",
            "company_id": self.company.id,
        }
        with at("2023-06-05"):
            dossiers = self.model("counter").create_received([values] * 100)
            self.as_user("officer", dossiers).action_process()
        self.env.flush_all()
        reminder = self.env["tthc.reminder"]
        with at("2023-06-09"):
            self.remind("2023-06-07")  # warms the caches
            staff = reminder._staff_of(self.company)
            with self.assertQueryCount(25):
                for rungs in reminder._rungs_of(self.company):
                    reminder._tell(staff, rungs)
                self.env.flush_all()
        self.assertEqual(reminder.search_count([("dossier_id", "in", dossiers.ids)]), 100)

    # ---------------------------------------------------------------- the letter

    def test_one_letter_for_each_user_and_morning(self):
        soon = self.in_hand()
        late = self.received("2023-06-01")
        with at("2023-06-01"):
            self.as_user("officer", late).action_process()
        letters = self.digest("2023-06-09")
        self.assertEqual(
            sorted(letters.mapped("email_to")),
            [
                f'"{self.users[name].name}" <test_{name}@xa.example>'
                for name in ("leader", "officer")
            ],
        )
        officer = letters.filtered(lambda letter: "officer" in letter.email_to)
        self.assertEqual(officer.state, "outgoing")
        self.assertEqual(
            officer.subject, "Việc ngày 09/06/2023: 1 quá hạn, 1 đến hạn hoặc sắp đến hạn"
        )
        text = str(officer.body_html)
        for expected in (
            "Quá hạn",
            soon.name,
            late.name,
            "12/06/2023",
            "08/06/2023",
            "Thủ tục thử",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("Nguyễn Thị Đào", text)
        self.assertNotIn("030185000123", text)
        leader = letters - officer
        self.assertIn(late.name, str(leader.body_html))
        self.assertNotIn(soon.name, str(leader.body_html))
        self.assertFalse(self.digest("2023-06-09"), "once a day, whatever runs twice")
        self.assertEqual(len(self.digest("2023-06-12")), 2)

    def test_no_letter_when_there_is_nothing_to_say(self):
        self.in_hand()
        self.assertFalse(self.digest("2023-06-06"))

    def test_one_letter_for_a_user_of_two_communes(self):
        other = self.env["res.company"].create(
            {"name": "UBND xã Khác", "tthc_unit_code": "H23.20.32"}
        )
        for name in ("counter", "officer"):
            self.users[name].company_ids += other
        ours = self.in_hand()
        both = {**self.env.context, "allowed_company_ids": [self.company.id, other.id]}
        self.env = self.env(context=both)
        theirs = self.in_hand(company_id=other.id)
        [letter] = self.digest("2023-06-09")
        self.assertIn(ours.name, str(letter.body_html))
        self.assertIn(theirs.name, str(letter.body_html))

    def test_a_long_letter_is_cut(self):
        values = {
            "procedure_id": self.procedures["days"].id,
            "applicant_name": "An",
            "company_id": self.company.id,
        }
        with at("2023-06-05"):
            dossiers = self.model("counter").create_received([values] * 60)
            self.as_user("officer", dossiers).action_process()
        [letter] = self.digest("2023-06-09")
        self.assertEqual(str(letter.body_html).count("H23.20.31"), 50)
        self.assertIn("và 10 mục khác", str(letter.body_html))

    # ---------------------------------------------------------------- access

    def test_who_reads_what_was_told(self):
        dossier = self.in_hand()
        self.remind("2023-06-09")
        for group in GROUPS:
            model = self.model(group, "tthc.reminder")
            with self.subTest(group=group):
                if group in ("leader", "auditor"):
                    found = model.search([("dossier_id", "=", dossier.id)])
                    self.assertEqual(len(found), 1)
                    with self.assertRaises(AccessError):
                        found.rung = 0
                else:
                    with self.assertRaises(AccessError):
                        model.search([])
                with self.assertRaises(AccessError):
                    self.model(group, "tthc.reminder.digest").search([])

import re

from lxml import etree
from psycopg2.errors import ExclusionViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..rules.appointment import DESK, SIGNING, duty_of
from .common import DossierCase, at


class AppointmentCase(DossierCase):
    def appoint(self, group="counter", duty="desk", by="statistician", **values):
        return self.model(by, "tthc.desk.appointment").create(
            {
                "company_id": self.company.id,
                "user_id": self.users[group].id,
                "duty": duty,
                "date_from": "2023-06-05",
                "number": "12/QĐ-UBND",
                "date": "2023-06-01",
                "signer_name": "Trần Xuân Mãng",
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestAppointment(AppointmentCase):
    def test_one_person_one_duty_at_a_time(self):
        """The database refuses it: two who enter the same at once do not both succeed."""
        self.appoint(date_to="2023-06-30")
        self.users["both"] = self.new_user("test_both", "counter")
        self.users["both"].group_ids += self.env.ref("tthc_onestop.group_leader")
        for label, values, refused in (
            ("inside", {"date_from": "2023-06-10", "date_to": "2023-06-11"}, True),
            ("the last day", {"date_from": "2023-06-30"}, True),
            ("open before", {"date_from": "2023-06-01"}, True),
            ("the day after", {"date_from": "2023-07-01"}, False),
            ("the day before", {"date_from": "2023-06-01", "date_to": "2023-06-04"}, False),
            ("another person", {"group": "both"}, False),
        ):
            with self.subTest(label), self.env.cr.savepoint() as undo:
                if refused:
                    with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
                        self.appoint(**values)
                else:
                    self.appoint(**values)
                undo.rollback()
        self.appoint("both")
        self.appoint("both", duty="signing")  # two duties of one person

    def test_what_is_refused(self):
        for label, values, words in (
            ("role", {"group": "officer"}, "lacks the role"),
            ("role", {"group": "counter", "duty": "signing"}, "lacks the role"),
            ("focal", {"group": "counter", "duty": "focal"}, "lacks the role"),
        ):
            with self.subTest(label), self.assertRaisesRegex(ValidationError, words):
                self.appoint(**values)
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        with self.assertRaisesRegex(ValidationError, "does not work in"):
            self.env["tthc.desk.appointment"].create(
                {
                    "company_id": other.id,
                    "user_id": self.users["counter"].id,
                    "date_from": "2023-06-05",
                    "number": "1",
                    "date": "2023-06-01",
                    "signer_name": "x",
                }
            )

    def test_one_that_has_begun_stays(self):
        found = self.appoint()
        with at("2023-06-05"):
            for values in ({"date_from": "2023-06-01"}, {"duty": "focal"}):
                with self.assertRaisesRegex(UserError, "last day"):
                    found.write(values)
            with self.assertRaisesRegex(UserError, "last day"):
                found.unlink()
            found.date_to = "2023-06-30"
        with at("2023-06-04"):
            found.unlink()

    def test_in_force_today(self):
        found = self.appoint(date_to="2023-06-06")
        for day, running in (
            ("2023-06-04", False),
            ("2023-06-05", True),
            ("2023-06-06", True),
            ("2023-06-07", False),
        ):
            with self.subTest(day=day), at(day):
                self.env.invalidate_all()
                self.assertEqual(found.running, running)
                in_force = found.search([("running", "=", True)])
                self.assertEqual(found in in_force, running)

    def test_a_new_one_is_called_by_its_duty(self):
        blank = self.model("statistician", "tthc.desk.appointment").new()
        self.assertEqual(blank.display_name, "Officer of the one-stop desk")

    def test_the_form(self):
        with at("2023-06-05"), Form(self.model("leader", "tthc.desk.appointment")) as form:
            form.user_id = self.users["counter"]
            form.date_from = "2023-06-05"
            form.number, form.date, form.signer_name = "12/QĐ-UBND", "2023-06-01", "Trần Xuân Mãng"
        self.assertEqual(form.record.duty, "desk")


@tagged("post_install", "-at_install")
class TestAppointedOnly(AppointmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["second"] = cls.new_user("test_second", "counter")
        cls.users["vice"] = cls.new_user("test_vice", "leader")

    def setUp(self):
        super().setUp()
        self.desk, self.signing = self.appoint(), self.appoint("leader", "signing")
        with at("2023-06-05"):
            self.company.tthc_appointed_only = True

    def new_by(self, user):
        return self.new().with_user(self.users[user])

    def substitution(self, absent, substitute, **values):
        return self.env["tthc.substitution"].create(
            {
                "company_id": self.company.id,
                "absent_id": self.users[absent].id,
                "substitute_id": self.users[substitute].id,
                "date_from": "2023-06-06",
                "date_to": "2023-06-07",
                "reason": "Nghỉ phép",
                **values,
            }
        )

    def test_off_anybody_with_the_role_receives(self):
        self.company.tthc_appointed_only = False
        with at("2023-06-05"):
            self.new_by("second").action_receive()

    def test_only_who_is_appointed_receives_and_hands_back(self):
        with at("2023-06-05"):
            dossier = self.new_by("second")
            with self.assertRaisesRegex(AccessError, "appointed to the one-stop desk"):
                dossier.action_receive()
            with self.assertRaisesRegex(AccessError, "appointed to the one-stop desk"):
                dossier.action_reject("Thiếu giấy tờ")
            self.assertEqual(dossier.status, "submitted")
            self.as_user("counter", dossier).action_receive()
            # what others do at the desk too is theirs as before
            dossier.action_request_supplement("Thiếu giấy tờ")
            dossier.action_resume()
            self.as_user("officer", dossier).action_settle()
            with self.assertRaisesRegex(AccessError, "appointed to the one-stop desk"):
                dossier.action_return()
            self.as_user("counter", dossier).action_return()
        self.assertEqual(dossier.status, "returned")

    def test_the_form_says_so_before_anything_is_typed(self):
        self.substitution("counter", "second", scope="sectors", sector_ids=self.civil.ids)
        for user, day, lacks in (
            ("counter", "2023-06-05", False),
            ("second", "2023-06-05", True),
            ("second", "2023-06-06", False),  # for some sectors at least
            ("second", "2023-06-08", True),
            ("vice", "2023-06-06", True),
        ):
            with self.subTest(user=user, day=day), at(day):
                blank = self.model(user, "tthc.dossier").new({"company_id": self.company.id})
                self.assertEqual(blank.lacks_desk, lacks)
        with at("2023-06-05"):
            dossier = self.new()
            self.assertFalse(self.as_user("leader", dossier).lacks_signing)
            self.assertTrue(self.as_user("vice", dossier).lacks_signing)
            self.company.tthc_appointed_only = False
            self.env.invalidate_all()
            self.assertFalse(self.as_user("vice", dossier).lacks_signing)

    def test_no_button_that_would_only_refuse(self):
        """Each move that asks for an appointment has its button hidden without one."""
        with at("2023-06-05"):
            dossier = self.new()
        for group, duty, lacks in (
            ("second", DESK, "lacks_desk"),
            ("vice", SIGNING, "lacks_signing"),
        ):
            form = self.as_user(group, dossier).get_view(view_type="form")["arch"]
            for button in etree.fromstring(form).iterfind(".//header/button"):
                move = button.get("name").removeprefix("action_")
                if said := re.search(r"'default_move': '(\w+)'", button.get("context", "")):
                    move = said[1]
                if duty_of(move, signed=False) == duty:
                    with self.subTest(move=move):
                        self.assertIn(lacks, button.get("invisible"))

    def test_from_the_first_to_the_last_day(self):
        self.desk.date_to = "2023-06-06"
        for day, may in (
            ("2023-06-04", False),
            ("2023-06-05", True),
            ("2023-06-06", True),
            ("2023-06-07", False),
        ):
            with self.subTest(day=day), at(day):
                dossier = self.new()
                if may:
                    dossier.action_receive()
                else:
                    with self.assertRaises(AccessError):
                        dossier.action_receive()

    def test_the_substitute_of_the_desk(self):
        """Under the appointment of the absent, and the ledger says whose it is."""
        self.substitution("counter", "second")
        with at("2023-06-06"):
            dossier = self.new_by("second")
            dossier.action_receive()
            own = self.new()
            own.action_receive()
        for each, absent in ((dossier, self.users["counter"]), (own, self.env["res.users"])):
            event = each.sudo().event_ids.filtered(lambda event: event.kind == "receive")
            self.assertEqual(event.on_behalf_of_id, absent)
        self.assertFalse(dossier.sudo().verify_ledger(dossier.ids))
        with at("2023-06-08"), self.assertRaises(AccessError):
            self.new_by("second").action_receive()

    def test_a_substitution_alone_gives_no_appointment(self):
        self.users["third"] = self.new_user("test_third", "counter")
        self.substitution("second", "third")
        with at("2023-06-06"), self.assertRaises(AccessError):
            self.new_by("third").action_receive()

    def test_only_who_is_appointed_signs(self):
        with at("2023-06-05"):
            dossier = self.new()
            dossier.action_receive()
            self.as_user("officer", dossier).action_process(self.users["officer"].id)
            self.as_user("officer", dossier).action_submit_for_signature()
        with at("2023-06-06"):
            with self.assertRaisesRegex(AccessError, "leader who is appointed to sign"):
                self.as_user("vice", dossier).action_approve()
            self.substitution("leader", "vice")
            self.as_user("vice", dossier).action_approve()
        self.assertEqual(dossier.status, "settled")

    def test_settling_what_a_leader_signs(self):
        self.revise(step_ids=[Command.create({"name": "Ký", "role": "leader", "duration": 5})])
        with at("2023-06-05"):
            dossier = self.new()
            dossier.action_receive()
            with self.assertRaisesRegex(AccessError, "leader who is appointed to sign"):
                self.as_user("vice", dossier).action_settle()
            self.as_user("leader", dossier).action_settle()

    def test_the_superuser_passes_as_with_roles(self):
        """An import is nobody at the desk; the lifecycle holds for it all the same."""
        with at("2023-06-05"):
            dossier = self.new_by("second").sudo()
            dossier.action_receive()
            with self.assertRaises(UserError):
                dossier.action_receive()

    def test_not_before_somebody_is_appointed(self):
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        with self.assertRaisesRegex(ValidationError, "Nobody could receive or sign"):
            other.tthc_appointed_only = True

    def test_it_costs_no_query_of_its_own(self):
        """With the caches warm a reception takes as many queries as without the setting."""
        counts = {}
        for setting in (False, True, False, True):
            with at("2023-06-05"):
                self.company.tthc_appointed_only = setting
                for dossier in (self.new(), self.new()):
                    self.env.flush_all()
                    self.env.invalidate_all()
                    before = self.env.cr.sql_log_count
                    dossier.action_receive()
                    self.env.flush_all()
                    counts[setting] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[True], counts[False])


@tagged("post_install", "-at_install")
class TestAppointmentWarning(AppointmentCase):
    def warned(self, day, found):
        with at(day, "07:25"), self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_desk_appointment_warn").method_direct_trigger()
        self.env.invalidate_all()
        return found.sudo().activity_ids

    def test_the_office_is_warned_once_of_each_last_day(self):
        found = self.appoint(date_to="2023-07-31")
        self.assertFalse(self.warned("2023-06-30", found))
        [activity] = self.warned("2023-07-01", found)
        self.assertEqual(activity.user_id, self.users["statistician"])
        self.assertIn("31/07/2023", activity.summary)
        activity.unlink()
        self.assertFalse(self.warned("2023-07-02", found))
        found.date_to = "2023-08-10"
        self.assertEqual(len(self.warned("2023-07-20", found)), 1)

    def test_not_at_all(self):
        self.company.tthc_appointment_notice = 0
        found = self.appoint(date_to="2023-07-31")
        self.assertFalse(self.warned("2023-07-31", found))

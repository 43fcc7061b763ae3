from datetime import date, datetime

from psycopg2 import InternalError
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.dossier import PROJECTED
from ..rules import lifecycle
from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierLifecycle(DossierCase):
    def test_reception(self):
        dossier = self.received(day="2023-06-05", hour="09:32")
        self.assertRegex(dossier.name, r"^H23\.20\.31-230605-\d{4}$")
        self.assertRecordValues(
            dossier,
            [
                {
                    "status": "received",
                    "received_on": date(2023, 6, 5),
                    "received_at": datetime(2023, 6, 5, 2, 32),
                    "due_on": date(2023, 6, 12),
                    "due_at": datetime(2023, 6, 12, 10, 0),
                    "outcome": False,
                    "event_count": 2,
                }
            ],
        )
        self.assertEqual(dossier.slip_ids.mapped("form"), ["01"])
        self.assertEqual(dossier.document_ids.mapped("name"), ["Tờ khai", "Giấy tờ tùy thân"])

    def test_midnight_is_the_communes(self):
        """00:30 on the 15th is the 14th in UTC: the legal day is the local one."""
        dossier = self.received(day="2023-06-15", hour="00:30")
        self.assertEqual(dossier.received_on, date(2023, 6, 15))
        self.assertEqual(dossier.received_at, datetime(2023, 6, 14, 17, 30))
        self.assertIn("-230615-", dossier.name)

    def test_codes_are_counted_by_unit_and_day(self):
        with at("2023-06-05"):
            dossiers = self.new() + self.new() + self.new()
            dossiers.action_receive()
        serials = [int(name[-4:]) for name in dossiers.mapped("name")]
        self.assertEqual(serials, list(range(serials[0], serials[0] + 3)))
        self.assertTrue(self.received(day="2023-06-06").name.startswith("H23.20.31-230606-"))

    def test_the_whole_way(self):
        dossier = self.received()
        officer = self.as_user("officer", dossier)
        with at("2023-06-06"):
            self.as_user("counter", dossier).action_process()
        self.assertEqual(dossier.officer_id, self.users["officer"])
        with at("2023-06-08"):
            officer.action_settle()
        self.assertEqual((dossier.outcome, dossier.ended_on), ("early", date(2023, 6, 8)))
        with at("2023-06-09"):
            self.as_user("counter", dossier).action_return()
        self.assertEqual(
            dossier.event_ids.mapped("kind"), ["submit", "receive", "process", "settle", "return"]
        )
        self.assertEqual(dossier.returned_on, date(2023, 6, 9))

    def test_outcomes(self):
        for procedure, day, hour, expected in [
            ("days", "2023-06-09", "16:00", "early"),
            ("days", "2023-06-12", "18:00", "on_time"),
            ("days", "2023-06-13", "00:05", "late"),
            ("hours", "2023-06-06", "15:29", "early"),
            ("hours", "2023-06-06", "15:31", "late"),
            ("open", "2024-06-06", "15:31", "on_time"),
        ]:
            with self.subTest(procedure=procedure, day=day, hour=hour):
                dossier = self.received(procedure=procedure)
                with at(day, hour):
                    self.as_user("officer", dossier).action_settle()
                self.assertEqual(dossier.outcome, expected)

    def test_a_supplement_gives_the_time_back(self):
        for asked, expected in [
            ("2023-06-07", date(2023, 6, 21)),  # within 3 working days of receipt: anew from 14/6
            ("2023-06-09", date(2023, 6, 15)),  # later: Monday to Wednesday given back
        ]:
            with self.subTest(asked=asked):
                dossier = self.received()
                officer = self.as_user("officer", dossier)
                with at(asked):
                    officer.action_request_supplement("Thiếu giấy chứng sinh")
                self.assertEqual(dossier.status, "supplement")
                with at("2023-06-14"):
                    officer.action_resume()
                self.assertEqual((dossier.status, dossier.due_on), ("processing", expected))
                slip = dossier.slip_ids.filtered(lambda slip: slip.form == "02")
                self.assertIn(slip.display_name, dossier.deadline_explanation)

    def test_the_explanation_ends_on_the_due_day(self):
        """Whatever the zone of the reader: a local 17:00 is not a 17:00 in UTC."""
        dossier = self.received(hour="16:30")
        with at("2023-06-08", "16:45"):
            self.as_user("leader", dossier).action_extend("Cần xác minh", "2023-06-16 10:00:00")
        for zone in ("Asia/Ho_Chi_Minh", "UTC", "America/New_York"):
            self.users["officer"].tz = zone
            self.env.invalidate_all()
            lines = self.as_user("officer", dossier).deadline_explanation.splitlines()
            with self.subTest(zone=zone):
                self.assertIn("Received 16:30 05/06/2023", lines[0])
                self.assertIn("08/06/2023: extended to 16/06/2023", "".join(lines))
                self.assertEqual(lines[-1], "Due: 17:00 16/06/2023")

    def test_same_day_by_the_cut_off_of_the_regime(self):
        self.revise(duration_unit="same_day")
        before, after = self.received(hour="14:59"), self.received(hour="15:01")
        self.assertEqual((before + after).mapped("due_on"), [date(2023, 6, 5), date(2023, 6, 6)])
        self.assertIn("term: same day\n", before.deadline_explanation)
        self.env.ref("tthc_onestop.regime_2018").cut_off = 10.5
        self.assertEqual(self.received(hour="11:00").due_on, date(2023, 6, 6))

    def test_the_term_is_the_one_promised(self):
        """A later change of the catalogue or of the regime moves no due date without a slip."""
        dossier = self.received()
        officer = self.as_user("officer", dossier)
        with at("2023-06-06"):
            officer.action_request_supplement("Thiếu")
        self.revise(duration=30, duration_unit="day")
        self.env.ref("tthc_onestop.regime_2018").restart_days = 0
        with at("2023-06-09"):
            officer.action_resume()
        self.assertEqual(dossier.due_on, date(2023, 6, 16))  # five working days anew
        self.assertIn("term: 5 working days", dossier.deadline_explanation)

    def test_an_explanation_never_fails(self):
        dossier = self.received()
        holiday = self.env["tthc.calendar.day"].create(
            {
                "year_id": self.env.ref("tthc_onestop.calendar_2023").id,
                "date": "2023-06-08",
                "name": "Ngày nghỉ mới",
            }
        )
        self.env.invalidate_all()
        self.assertIn("the day promised stays 12/06/2023", dossier.deadline_explanation)
        holiday.year_id.unlink()
        self.env.invalidate_all()
        self.assertIn("2023, whose days off are not entered", dossier.deadline_explanation)

    def test_a_second_supplement_is_the_leaders(self):
        dossier = self.received()
        officer = self.as_user("officer", dossier)
        with at("2023-06-06"):
            officer.action_request_supplement("Thiếu ảnh")
            officer.action_resume()
            with self.assertRaises(UserError):
                officer.action_request_supplement("Thiếu nữa")
            self.as_user("leader", dossier).action_request_supplement("Thiếu nữa")
        self.assertEqual(dossier.slip_ids.mapped("form").count("02"), 2)

    def test_extension(self):
        dossier = self.received()
        leader = self.as_user("leader", dossier)
        with at("2023-06-08"):
            with self.assertRaises(AccessError):
                self.as_user("officer", dossier).action_extend(
                    "Cần xác minh", "2023-06-16 10:00:00"
                )
            leader.action_extend("Cần xác minh", "2023-06-16 10:00:00")
            self.assertEqual(dossier.due_on, date(2023, 6, 16))
            with self.assertRaises(UserError):
                leader.action_extend("Lần nữa", "2023-06-20 10:00:00")
        self.assertEqual(dossier.slip_ids.mapped("form"), ["04", "01"])

    def test_stopping_has_the_form_of_its_regime(self):
        for day, form in [("2023-06-05", "03"), ("2026-06-01", "05")]:
            dossier = self.received(day=day)
            with at(day, "15:00"):
                self.as_user("leader", dossier).action_stop("Không đủ điều kiện")
            self.assertIn(form, dossier.slip_ids.mapped("form"))
            self.assertEqual(dossier.status, "stopped")

    def for_signature(self, **values):
        dossier = self.received(**values)
        with at("2023-06-06"):
            officer = self.as_user("officer", dossier)
            officer.action_process()
            officer.action_submit_for_signature()
        return dossier

    def test_signature(self):
        """Asked for by the officer, given or refused by a leader, one card or many at once."""
        first, second = self.for_signature(), self.for_signature()
        stage = self.env.ref("tthc_onestop.stage_signature")
        self.assertEqual((first + second).stage_id, stage)
        self.assertEqual(first.signature_asked_by_id, self.users["officer"])
        leader = self.as_user("leader", first + second)
        with at("2023-06-07"):
            with self.assertRaisesRegex(UserError, "waits for a signature"):
                self.as_user("officer", first).action_submit_for_signature()
            self.as_user("leader", first).action_send_back("Thiếu căn cứ")
            self.assertEqual(first.stage_id.status, "processing")
            self.assertFalse(first.stage_id.for_signature or first.signature_asked_by_id)
            with self.assertRaisesRegex(UserError, "Nobody has asked"):
                leader.action_approve()
            self.assertEqual(second.status, "processing", "all or none")
            self.as_user("officer", first).action_submit_for_signature()
            leader.action_approve()
        self.assertEqual(set((first + second).mapped("status")), {"settled"})
        self.assertEqual(first.outcome, "early")
        self.assertEqual(first.event_ids[-1].kind, "approve")
        self.assertFalse(self.model("leader").verify_ledger())

    def test_nobody_approves_their_own_work(self):
        self.users["leader"].group_ids += self.env.ref("tthc_onestop.group_officer")
        self.users["leader"].tthc_sector_ids = self.civil
        dossier = self.received()
        own = self.as_user("leader", dossier)
        with at("2023-06-06"):
            own.action_process()
            own.action_submit_for_signature()
            with self.assertRaisesRegex(UserError, "your own work"):
                own.action_approve()
            own.action_send_back("Tự rút lại")
            self.as_user("officer", dossier).action_submit_for_signature()
            with self.assertRaisesRegex(UserError, "your own work"):
                own.action_approve()  # handled by the leader, whoever asks
            with self.assertRaisesRegex(UserError, "your own work"):
                own.action_settle()

    def test_a_workflow_with_a_leader_ends_with_a_signature(self):
        steps = [
            (0, 0, {"name": role, "role": role, "duration": time})
            for role, time in [("counter", 0.5), ("officer", 3.5), ("leader", 1)]
        ]
        with self.assertRaisesRegex(UserError, "off by -1"), self.env.cr.savepoint():
            self.revise(step_ids=steps[:2])
        self.revise(step_ids=steps)
        dossier = self.received()
        with at("2023-06-06"):
            officer = self.as_user("officer", dossier)
            officer.action_process()
            with self.assertRaisesRegex(UserError, "submit it for signature"):
                officer.action_settle()
            officer.action_submit_for_signature()
            with self.assertRaisesRegex(UserError, "waits for a signature"):
                officer.action_settle()
            self.as_user("leader", dossier).action_approve()
        self.assertEqual(dossier.status, "settled")

    def test_dragging_to_and_from_signature(self):
        stage = self.env.ref("tthc_onestop.stage_signature")
        processing = self.env.ref("tthc_onestop.stage_processing")
        settled = self.env.ref("tthc_onestop.stage_settled")
        dossier = self.received()
        with at("2023-06-06"):
            officer = self.as_user("officer", dossier)
            officer.action_process()
            officer.stage_id = stage
            self.assertEqual(dossier.event_ids[-1].kind, "submit_for_signature")
            leader = self.as_user("leader", dossier)
            with self.assertRaisesRegex(UserError, "needs a reason"):
                leader.stage_id = processing
            with self.assertRaises(AccessError):
                officer.stage_id = settled
            leader.stage_id = settled
        self.assertEqual((dossier.status, dossier.event_ids[-1].kind), ("settled", "approve"))
        with self.assertRaises(CheckViolation), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            settled.for_signature = True
            self.env.flush_all()

    def test_all_or_none(self):
        good, settled = self.received(), self.received()
        with at("2023-06-06"):
            self.as_user("officer", settled).action_settle()
            with self.assertRaises(UserError):
                self.as_user("officer", good + settled).action_settle()
        self.assertEqual(good.status, "received")

    def test_nothing_writes_a_projection(self):
        dossier = self.received()
        for user in ("counter", "officer", "leader"):
            for field in PROJECTED:
                value = dossier.sudo()[field]
                with self.subTest(user=user, field=field), self.assertRaises(UserError):
                    self.as_user(user, dossier).write({field: value})
        with self.assertRaises(UserError):
            dossier.sudo().write({"status": "settled"})
        with self.assertRaises(UserError):
            self.new(status="settled")
        sly = self.model("counter").with_context(default_status="settled", default_name="X")
        sly = sly.create({"procedure_id": self.procedures["days"].id, "applicant_name": "An"})
        self.assertEqual((sly.status, sly.name), ("submitted", False))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_to_change_an_event(self):
        event = self.received().event_ids[0]
        for query in (
            "UPDATE tthc_dossier_event SET reason = 'x' WHERE id = %s",
            "DELETE FROM tthc_dossier_event WHERE id = %s",
            "TRUNCATE tthc_dossier_event CASCADE -- %s",
        ):
            with self.subTest(query), self.assertRaises(InternalError), self.env.cr.savepoint():
                self.env.cr.execute(query, (event.id,))
        with self.assertRaises(InternalError), self.env.cr.savepoint():
            event.sudo().unlink()

    def test_dragging_a_card_runs_the_gate(self):
        dossier = self.received()
        stage = {
            status: self.env.ref(f"tthc_onestop.stage_{status}") for status in lifecycle.STATUSES
        }
        officer = self.as_user("officer", dossier)
        officer.write({"stage_id": stage["processing"].id})
        self.assertEqual((dossier.status, dossier.event_ids[-1].kind), ("processing", "process"))
        for status, words in [("supplement", "reason"), ("returned", "cannot go")]:
            with self.assertRaisesRegex(UserError, words):
                officer.write({"stage_id": stage[status].id})
        own = self.env["tthc.stage"].create({"name": "Trình ký", "status": "processing"})
        officer.write({"stage_id": own.id})
        self.assertEqual((dossier.stage_id, dossier.event_count), (own, 3))
        with self.assertRaises(AccessError):
            self.as_user("auditor", dossier).write({"stage_id": stage["settled"].id})

    def test_days_left(self):
        dossier = self.received()  # due on Monday 12/6
        for day, left, urgency in [
            ("2023-06-06", 4, "safe"),
            ("2023-06-07", 3, "safe"),
            ("2023-06-08", 2, "soon"),
            ("2023-06-10", 1, "soon"),
            ("2023-06-12", 0, "today"),
            ("2023-06-13", -1, "late"),
            ("2023-06-17", -4, "late"),
        ]:
            with self.subTest(day=day), at(day):
                dossier.invalidate_recordset()
                self.assertEqual((dossier.days_left, dossier.urgency), (left, urgency))

    def test_whoever_is_the_specialist_now_gets_it(self):
        """The specialists of a sector are cached: each way to change them is seen at once."""
        first = self.users["officer"]

        def chosen():
            dossier = self.received()
            self.as_user("counter", dossier).action_process()
            return dossier.officer_id

        self.assertEqual(chosen(), first)
        self.civil.officer_ids = False
        self.assertFalse(chosen())
        second = self.new_user("test_second", "officer")
        second.tthc_sector_ids = self.civil
        self.assertEqual(chosen(), second)
        second.active = False
        self.assertFalse(chosen())
        third = second.copy({"login": "test_third", "tthc_sector_ids": self.civil.ids})
        third.active = True
        self.assertEqual(chosen(), third)
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        third.write({"company_ids": other.ids, "company_id": other.id})
        self.assertFalse(chosen())

    def test_a_card_dragged_to_what_asks_for_more(self):
        """Who took the result cannot be said by dragging: a message, and nothing has moved."""
        dossier = self.received()
        self.as_user("counter", dossier).action_settle()
        stage = self.env["tthc.stage"].first_by_status()["returned"]
        with self.assertRaisesRegex(UserError, "use its button"):
            self.as_user("counter", dossier).stage_id = stage
        self.assertEqual(dossier.status, "settled")

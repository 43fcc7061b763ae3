from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import at
from .test_plan import PlanCase

TASK = "Chủ động nghiên cứu, đề xuất, tham gia tập huấn"


@tagged("post_install", "-at_install")
class TestTraining(PlanCase):
    def session(self, **values):
        return self.model("statistician", "tthc.training.session").create(
            {
                "company_id": self.company.id,
                "name": "Nghiệp vụ kiểm soát TTHC",
                "organiser": "Văn phòng UBND tỉnh",
                "date_from": "2023-06-05",
                "date_to": "2023-06-06",
                "hours": 12,
                "task_id": self.task(TASK).id,
                "participant_ids": [
                    Command.create({"user_id": self.users["officer"].id}),
                    Command.create({"user_id": self.users["counter"].id, "hours": 4}),
                    Command.create({"name": "Trưởng thôn Đoài", "result": "absent"}),
                ],
                **values,
            }
        )

    def held(self, **values):
        session = self.session(**values)
        with at("2023-06-06"):
            session.action_hold()
        return session

    def test_it_delivers_its_task(self):
        """What was expected is linked to the session; a second session is one more deliverable."""
        task = self.task(TASK)
        [expected] = task.deliverable_ids
        with self.assertRaisesRegex(UserError, "lacks its deliverable"):
            task.action_submit()
        session = self.held()
        self.assertEqual(task.deliverable_ids, expected)
        self.assertTrue(expected.delivered)
        self.assertEqual((expected.training_id, str(expected.date)), (session, "2023-06-06"))
        self.assertEqual(task.progress, 100)
        self.assertEqual(expected.action_open_source()["res_id"], session.id)
        second = self.held(name="Cổng dịch vụ công")
        self.assertEqual(task.deliverable_ids.training_id, session | second)
        task.action_submit()

    def test_a_slip_is_taken_back(self):
        task, session = self.task(TASK), self.held()
        for values in ({"hours": 8}, {"task_id": False}):
            with self.assertRaisesRegex(UserError, "held so"):
                session.write(values)
        with self.assertRaisesRegex(UserError, "stays"):
            session.unlink()
        session.action_plan()
        self.assertFalse(task.deliverable_ids.delivered)
        self.assertFalse(session.participant_ids.filtered("hours_taken"))
        session.hours = 8
        session.action_cancel()
        session.unlink()

    def test_what_the_leader_was_shown_stays(self):
        session = self.held()
        participant = session.participant_ids[0]
        self.task(TASK).action_submit()
        with self.assertRaisesRegex(UserError, "was shown"):
            session.action_plan()
        with self.assertRaisesRegex(UserError, "was shown"):
            participant.hours = 40
        with self.assertRaisesRegex(UserError, "was shown"):
            participant.unlink()
        with self.assertRaisesRegex(UserError, "was shown"):
            session.participant_ids = [Command.create({"name": "Lê An"})]
        participant.certificate = "123/CN"  # it comes later

    def test_held_when_it_is_over(self):
        session = self.session()
        with at("2023-06-05"), self.assertRaisesRegex(UserError, "not over yet"):
            session.action_hold()
        with at("2023-06-06"):
            with self.assertRaisesRegex(UserError, "who took part"):
                self.session(participant_ids=[]).action_hold()
            with self.assertRaises(AccessError):
                self.as_user("officer", session).action_hold()
            with self.assertRaisesRegex(UserError, "buttons"):
                session.write({"state": "held"})
            with self.assertRaisesRegex(UserError, "planned first"):
                self.session(state="held")
            session.action_hold()

    def test_hours_of_officers_by_year(self):
        self.held()
        self.held(date_from="2022-12-01", date_to="2022-12-01", hours=3)
        self.session()  # only planned
        found = self.env["tthc.training.participant"]._read_group(
            [("company_id", "=", self.company.id), ("user_id", "!=", False)],
            ["user_id", "date:year"],
            ["hours_taken:sum"],
        )
        hours = {(user, day.year): taken for user, day, taken in found}
        officer, counter = self.users["officer"], self.users["counter"]
        self.assertEqual(
            hours,
            {(officer, 2022): 3, (officer, 2023): 12, (counter, 2022): 4, (counter, 2023): 4},
        )

    @mute_logger("odoo.sql_db")
    def test_nobody_takes_part_twice(self):
        session = self.session()
        with self.assertRaises(UniqueViolation):
            session.participant_ids = [Command.create({"user_id": self.users["officer"].id})]
            self.env.flush_all()

    def test_the_form(self):
        with Form(self.model("statistician", "tthc.training.session")) as form:
            form.name, form.organiser = "Chứng thực", "Phòng Tư pháp"
            form.date_from = "2023-06-05"
            form.hours = 4
            with form.participant_ids.new() as line:
                line.user_id = self.users["officer"]
        session = form.record
        self.assertEqual(session.date_to, session.date_from)
        self.assertEqual(session.participant_ids.name, self.users["officer"].name)
        self.assertEqual(session.participant_ids.hours, 4)

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.plan_task_measure import _trend
from .common import at
from .feedback_common import FeedbackCase
from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanMeasure(FeedbackCase, PlanCase):
    def settled(self, day, received="2023-06-05", **values):
        dossier = self.received(received, **values)
        with at(day):
            dossier.action_settle()
        return dossier

    def seen(self, task, day):
        with at(day):
            self.env.invalidate_all()
            return task.evidence, task.below_target, task.trend

    def test_on_time(self):
        """Received on Monday 5/6/2023 for five working days: Monday 12/6 is on time, 13/6 late."""
        task = self.task("Tiếp tục thực hiện việc tiếp nhận", "officer")
        self.assertEqual((task.measure, task.target), ("on_time", 100))
        nothing = task.env._("nothing measured yet")
        self.assertEqual(self.seen(task, "2023-06-01"), (nothing, False, False))
        self.settled("2023-06-12")
        self.assertEqual(self.seen(task, "2023-06-12"), ("100,0 % of 100 %", False, False))
        self.settled("2023-06-13")
        self.assertEqual(self.seen(task, "2023-06-13"), ("50,0 % of 100 %", True, False))
        self.assertEqual(self.seen(task, "2023-07-12"), ("50,0 % of 100 %", True, "down"))
        self.assertEqual(self.seen(task, "2023-07-13"), ("50,0 % of 100 %", True, "same"))
        self.settled("2023-07-10", "2023-07-05")
        self.assertEqual(self.seen(task, "2023-07-14")[2], "up")

    def test_the_year_of_the_plan_alone(self):
        task = self.task("Tiếp tục thực hiện việc tiếp nhận")
        self.settled("2023-06-13")
        with at("2024-02-01"):
            self.settled("2024-01-09", "2024-01-05")
        self.assertEqual(self.seen(task, "2024-02-01")[0], "0,0 % of 100 %")

    def test_shares_of_dossiers(self):
        for start, one in (
            ("Tiếp tục vận động", {"channel": "online"}),
            ("Thực hiện quy trình số hóa", {}),
        ):
            self.assertFalse(self.task(start).target, one)
        online = self.task("Tiếp tục vận động")
        self.settled("2023-06-12", channel="online")
        self.settled("2023-06-12")
        self.assertEqual(self.seen(online, "2023-06-12")[:2], ("50,0 %", False))
        digitised = self.task("Thực hiện quy trình số hóa")
        self.assertEqual(self.seen(digitised, "2023-06-12")[0], "0,0 %")

    def test_feedback_answered_in_time(self):
        """Received on Monday 5/6/2023, to be answered within 15 working days: by Monday 26/6."""
        task = self.task("Thực hiện tiếp nhận, phân loại")
        self.assertEqual((task.measure, task.target), ("feedback", 0))
        self.answered("2023-06-05", "2023-06-26")
        self.assertEqual(self.seen(task, "2023-06-26")[0], "100,0 %")
        self.answered("2023-06-05", "2023-06-27")
        self.assertEqual(self.seen(task, "2023-06-27")[0], "50,0 %")
        waits = self.assigned()
        with at("2023-06-12"):
            self.as_user("officer", waits).action_ask_more("Hồ sơ nào?")
        overdue = self.assigned()
        self.assertEqual(overdue.answer_due_on, date(2023, 6, 26))
        self.assertEqual(self.seen(task, "2023-06-27")[0], "33,3 %")
        with at("2023-06-28"):
            self.as_user("leader", overdue).action_assign(self.users["officer"].id)
            overdue.answer, overdue.sufficient = "Trả lời", "no"
            self.as_user("officer", overdue).action_submit()
            self.as_user("leader", overdue).action_approve()
            self.as_user("leader", overdue).action_send("post")
        self.assertEqual(self.seen(task, "2023-06-28")[0], "33,3 %")
        before = task._measure_feedback(self.company, date(2023, 1, 1), date(2023, 6, 26))
        self.assertEqual(before, 100, "a month ago it is what it was then")

    def test_the_catalogue(self):
        """The same figures as the coverage of the procedures shows."""
        coverage = self.env["tthc.coverage"].search([("company_id", "=", self.company.id)])
        rates = dict(zip(coverage.mapped("figure"), coverage.mapped("rate"), strict=True))
        for start, figure in (
            ("Đổi mới, nâng cao chất lượng giải", "at_desk"),
            ("Cập nhật", "posted"),
            ("Áp dụng hệ thống quản lý chất lượng", "workflow"),
        ):
            with at("2023-06-12"):
                self.assertAlmostEqual(self.task(start).measured, rates[figure])

    def test_the_catalogue_while_the_plan_goes_on(self):
        """Its year is over, its work is not: the card shows today, until the plan is closed."""
        task = self.task("Áp dụng hệ thống quản lý chất lượng")
        nothing = task.env._("nothing measured yet")
        self.assertIn("%", self.seen(task, "2024-02-01")[0])
        with at("2024-02-02"):
            self.as_user("statistician", self.plan).action_close()
        self.assertEqual(self.seen(task, "2024-02-02")[0], nothing)

    def test_the_trend_is_that_of_what_is_shown(self):
        for now, before, said in ((95.54, 95.53, "same"), (95.6, 95.5, "up"), (95.5, None, False)):
            with self.subTest(now=now, before=before):
                self.assertEqual(_trend(now, before), said)

    def test_not_done_against_its_evidence_without_a_reason(self):
        task = self.task("Tiếp tục thực hiện việc tiếp nhận", "officer")
        self.settled("2023-06-13")
        self.deliver(task)
        with at("2023-06-14"):
            with self.assertRaisesRegex(UserError, "stands at 0,0 % of 100 %"):
                task.action_submit()
            task.evidence_reason = "Chờ Công an xã xác minh"
            task.action_submit()
        leader = self.as_user("leader", task)
        self.assertEqual(leader.evidence_reason, "Chờ Công an xã xác minh")
        self.assertIn("0,0 % of 100 %: Chờ Công an xã xác minh", leader.message_ids[0].body)

    def test_who_reads_no_dossier_sees_the_share(self):
        task = self.task("Thường xuyên cập nhật", "communication")
        with at("2023-06-12"):
            self.assertIn("%", task.evidence)

    def test_each_measure_is_taken_once(self):
        tasks = self.env["tthc.plan.task"].search([("measure", "=", "on_time")])
        mine = tasks.filtered(lambda task: task.plan_id == self.plan)
        self.assertEqual(len(mine), 3)
        self.env.flush_all()
        mine.mapped("target")
        with self.assertQueryCount(4):  # the part and the whole, now and a month ago
            mine.mapped("evidence")

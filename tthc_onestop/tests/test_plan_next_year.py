from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import at
from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanNextYear(PlanCase):
    def next(self):
        action = self.as_user("statistician", self.plan).action_next_year()
        return self.model("statistician", "tthc.plan").browse(action["res_id"])

    def line(self, plan, start):
        return self.env["tthc.plan.task"].search(
            [("plan_id", "=", plan.id), ("name", "=like", f"{start}%")], limit=1
        )

    def test_every_line_in_its_order(self):
        plan = self.next()
        self.assertEqual((plan.year, plan.state, plan.number), (2024, "draft", False))
        self.assertIn("Bình Lãng năm 2024", plan.name)
        self.assertEqual(plan.section_ids.mapped("number"), self.plan.section_ids.mapped("number"))

        def printed(of):
            tasks = self.env["tthc.plan.task"].search([("plan_id", "=", of.id)])
            return [
                (task.section, task.lead_id, task.timing.replace("2024", "2023"), task.due_day)
                for task in tasks
                if not task.occurrence_on
            ]

        self.assertEqual(printed(plan), printed(self.plan))

    def test_days_move_over_the_calendar(self):
        """15/6/2024 is a Saturday: quarter II is due on Monday the 17th."""
        plan = self.next()
        self.assertEqual(self.line(plan, "Ban hành Kế hoạch").date_deadline, date(2024, 3, 31))
        tasks = self.env["tthc.plan.task"].search([("plan_id", "=", plan.id)])
        tasks.action_decided()
        plan.action_submit()
        self.as_user("leader", plan).action_approve()
        plan.write({"number": "20/KH-UBND", "date": "2024-02-20"})
        self.assertFalse(self.line(plan, "Ban hành Kế hoạch").deliverable_ids.delivered)
        plan.action_issue()
        itself = self.line(plan, "Ban hành Kế hoạch").deliverable_ids
        self.assertEqual((itself.delivered, itself.number), (True, "20/KH-UBND"))
        task = self.line(plan, "Thời hạn nhận báo cáo")
        self.assertEqual(
            task.child_ids.mapped("date_deadline"),
            [date(2024, 3, 15), date(2024, 6, 17), date(2024, 9, 16), date(2024, 12, 16)],
        )

    def test_unfinished_is_kept_and_asked_about(self):
        done = self.task("Tổ chức tự kiểm tra")
        self.deliver(done)
        done.action_submit()
        done.action_approve()
        section = self.plan.section_ids[-1]
        added = self.env["tthc.plan.task"].create(self.values(section, name="Việc phát sinh"))
        with at("2024-06-03"):
            plan = self.next()
            self.assertFalse(plan.overdue_count, "nobody is late with a draft")
        self.assertFalse(self.line(plan, "Tổ chức tự kiểm tra").to_decide)
        kept = self.line(plan, "Việc phát sinh")
        self.assertEqual(kept.previous_id, added)
        for start in ("Việc phát sinh", "Đánh giá kết quả tổ chức", "Ban hành Kế hoạch"):
            self.assertTrue(self.line(plan, start).to_decide, start)
        with self.assertRaisesRegex(UserError, "- Việc phát sinh: not done in 2023.*\n") as refused:
            plan.action_submit()
        self.assertLess(max(map(len, str(refused.exception).splitlines())), 250)
        self.assertEqual(kept.kind, "todo")

    def test_of_a_draft_and_by_others(self):
        with self.assertRaisesRegex(UserError, "was issued"):
            self.draft().action_next_year()
        with self.assertRaises(AccessError):
            self.as_user("leader", self.plan).action_next_year()

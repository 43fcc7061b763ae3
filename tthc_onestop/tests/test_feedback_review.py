from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import at
from .feedback_common import FeedbackCase
from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestFeedbackReview(FeedbackCase, PlanCase):
    """From feedback on a part of a procedure to its review in the plan, and back to the senders."""

    def reviewed(self, *feedback):
        found = self.env["tthc.feedback"].union(*feedback)
        with at("2023-06-12"):
            return self.as_user("statistician", found).action_review()

    def told(self, task):
        return task.activity_ids.filtered(
            lambda each: (
                each.activity_type_id == self.env.ref("tthc_onestop.mail_activity_feedback_tell")
            )
        )

    def done(self, task):
        self.deliver(task)
        with at("2023-06-14"):
            self.as_user("officer", task).action_submit()
            self.as_user("leader", task).action_approve()

    def test_one_step_with_its_grounds(self):
        first, second = self.classified(proposal="Bỏ bản sao"), self.answered()
        other = self.classified(values={"procedure_part": "fee"})
        action = self.reviewed(first, second)
        task = first.review_task_id
        self.assertEqual((action["res_model"], action["res_id"]), (task._name, task.id))
        self.assertEqual((task.plan_id, task.section), (self.plan, "II.2"))
        self.assertEqual(task.feedback_ids, second | first)
        procedure = self.procedures["days"]
        self.assertEqual((task.procedure_id, task.procedure_part), (procedure, "documents"))
        self.assertIn(procedure.code, task.name)
        self.assertEqual(task.lead_id, self.roles["officer"])
        self.assertEqual(task.user_id, self.users["officer"], "the only one of the sector")
        self.assertEqual(task.deliverable_ids.mapped("kind"), ["report"])
        self.assertFalse(task.printed, "the plan is as it was approved")
        [asked] = task.activity_ids
        self.assertEqual((asked.user_id, asked.date_deadline), (task.user_id, date(2023, 12, 29)))
        self.assertEqual(first.event_ids.sorted("position")[-1].kind, "review")
        self.assertFalse(other.review_task_id)

    def test_more_of_the_same_part_goes_to_the_open_review(self):
        first, other = self.classified(), self.classified(values={"procedure_part": "fee"})
        self.reviewed(first)
        self.revise(name="Tên mới")
        second = self.classified("2023-06-07")
        self.assertNotEqual(first.procedure_id, second.procedure_id)
        self.reviewed(second, other)
        self.assertEqual(second.review_task_id, first.review_task_id)
        self.assertNotEqual(other.review_task_id, first.review_task_id)
        self.done(first.review_task_id)
        third = self.classified("2023-06-15")
        self.reviewed(third)
        self.assertNotEqual(third.review_task_id, first.review_task_id)

    def test_while_it_waits(self):
        feedback = self.assigned()
        self.as_user("officer", feedback).action_ask_more("Hồ sơ nào?")
        self.reviewed(feedback)
        self.assertTrue(feedback.review_task_id)
        self.assertEqual(feedback.waiting, "sender")

    def test_when_it_cannot_be(self):
        without = self.classified(values={"procedure_id": False})
        sensitive = self.classified(values={"sensitive": True})
        for feedback in (self.entered(), without, sensitive):
            with self.assertRaisesRegex(UserError, feedback.name):
                self.as_user("leader", feedback).action_review()
        feedback = self.classified()
        for group in ("counter", "officer", "auditor"):
            with self.assertRaises(AccessError):
                self.as_user(group, feedback).action_review()
        self.plan._write_decided({"state": "closed"})
        with self.assertRaisesRegex(UserError, self.company.name):
            self.reviewed(feedback)

    def test_senders_are_told(self):
        first = self.classified(sender_email="dao@example.vn")
        second = self.classified(sender_email="hai@example.vn")
        same = self.entered(sender_email="ba@example.vn")
        self.as_user("leader", same).action_link(second.id)
        self.reviewed(first, second)
        task = first.review_task_id
        self.assertFalse(self.told(task))
        self.done(task)
        self.assertEqual(self.told(task).user_id, self.users["statistician"])
        keeper = self.as_user("statistician", task)
        self.assertEqual(keeper.to_tell_count, 2)
        keeper.result = "Đã kiến nghị bỏ bản sao."
        context = keeper.action_tell()["context"]
        wizard = self.model("statistician", "tthc.feedback.move").with_context(**context).create({})
        wizard.action_confirm()
        letters = self.env["mail.mail"].search([("body_html", "ilike", "Đã kiến nghị bỏ bản sao")])
        self.assertEqual(
            sorted(letters.mapped("email_to")),
            ["ba@example.vn", "dao@example.vn", "hai@example.vn"],
        )
        self.assertTrue(first.told_on and second.told_on and same.told_on)
        self.assertFalse(keeper.to_tell_count)
        self.assertFalse(self.told(task))
        self.assertEqual(first.sender_values()["review"], "Đã kiến nghị bỏ bản sao.")

    def test_no_review_no_news(self):
        with self.assertRaisesRegex(UserError, "-PA"):
            self.as_user("leader", self.classified()).action_tell("Xong")

    def test_the_part_has_changed(self):
        feedback = self.classified()
        self.reviewed(feedback)
        self.revise(name="Tên mới")
        self.assertEqual(self.told(feedback.review_task_id).user_id, self.users["statistician"])

    def test_on_the_procedure_and_its_part(self):
        first = self.classified(proposal="Bỏ bản sao")
        self.classified(values={"procedure_part": "fee"})
        self.reviewed(first)
        procedure = self.procedures["days"].with_user(self.users["leader"])
        self.assertEqual((procedure.feedback_count, procedure.review_count), (2, 1))
        table = procedure.feedback_by_part
        labels = dict(first._fields["procedure_part"]._description_selection(self.env))
        for words in (labels["documents"], labels["fee"], first.review_task_id.display_name):
            self.assertIn(words, table)
        self.assertEqual(procedure.action_open_reviews()["res_id"], first.review_task_id.id)
        self.assertEqual(procedure.action_open_feedback()["views"][0][1], "list")
        finance = self.procedures["days"].with_user(self.users["finance"])
        self.assertFalse(finance.feedback_count or finance.feedback_by_part)

    def test_grounds_are_seen_by_who_sees_the_feedback(self):
        """A colleague of another sector co-operates in the task: its grounds stay hidden."""
        feedback = self.classified()
        self.reviewed(feedback)
        colleague = self.new_user("test_of_no_sector", "officer")
        task = feedback.review_task_id.with_user(colleague)
        self.assertTrue(task.name)
        self.assertFalse(task.feedback_ids or task.feedback_count)
        with self.assertRaises(AccessError):
            feedback.review_task_id.with_user(self.users["finance"]).read(["feedback_ids"])

    def test_what_turns_out_sensitive_is_no_ground(self):
        feedback = self.classified()
        self.reviewed(feedback)
        self.as_user("leader", feedback).action_classify(
            {"category": "conduct", "accused_ids": self.users["officer"].ids}
        )
        self.assertFalse(feedback.review_task_id)

    def test_what_is_not_done_goes_to_the_next_plan(self):
        feedback = self.classified()
        self.reviewed(feedback)
        self.plan.with_user(self.users["statistician"]).action_next_year()
        copy = self.env["tthc.plan.task"].search([("previous_id", "=", feedback.review_task_id.id)])
        self.assertEqual(copy.procedure_id, feedback.procedure_id)

from odoo.tests import tagged

from .common import at
from .feedback_common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackReminder(FeedbackCase):
    def told(self, feedback):
        activities = feedback.activity_ids.filtered("automated")
        return {activity.user_id: activity.summary for activity in activities}

    def remind(self, day):
        with at(day, "07:15"), self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_feedback_remind").method_direct_trigger()

    def test_who_has_it_in_hand_is_told(self):
        users = self.users
        feedback = self.entered()
        self.assertEqual(set(self.told(feedback)), {users["statistician"]})
        self.assertEqual(set(self.told(self.entered(about_officer=True))), {users["leader"]})
        feedback = self.assigned()
        self.assertEqual(set(self.told(feedback)), {users["officer"]})
        feedback = self.submitted()
        self.assertEqual(set(self.told(feedback)), {users["leader"]})
        self.as_user("leader", feedback).action_send_back("Viết lại")
        self.assertEqual(set(self.told(feedback)), {users["officer"]})
        sensitive = self.answered(values={"category": "conduct", "sensitive": True})
        self.assertFalse(self.told(sensitive))

    def test_ladder(self):
        """15 working days from Monday 5 June are over on the 26th."""
        feedback, officer = self.assigned(), self.users["officer"]
        calm = self.told(feedback)
        self.remind("2023-06-21")
        self.assertEqual(self.told(feedback), calm)
        summaries = [calm[officer]]
        for day in ("2023-06-22", "2023-06-23", "2023-06-26", "2023-06-27"):
            self.remind(day)
            summaries.append(self.told(feedback)[officer])
        self.assertEqual(len(set(summaries)), 5)
        self.assertEqual(set(self.told(feedback)), {officer, self.users["leader"]})

    def test_each_rung_once(self):
        feedback = self.assigned()
        self.remind("2023-06-22")
        feedback.activity_ids.unlink()
        self.remind("2023-06-22")
        self.assertFalse(feedback.activity_ids)
        self.remind("2023-06-25")
        self.assertFalse(feedback.activity_ids, "a Sunday")
        self.remind("2023-06-26")
        self.assertTrue(feedback.activity_ids)

    # ---------------------------------------------------------------- the morning letter

    def letters(self, day):
        before = self.env["mail.mail"].search([])
        for name, user in self.users.items():
            user.email = f"{name}@xa.example"
        with at(day, "07:30"), self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_reminder_digest").method_direct_trigger()
        new = self.env["mail.mail"].search([("id", "not in", before.ids)])
        return {
            name: str(letter.body_html)
            for letter in new
            for name, user in self.users.items()
            if f"<{user.email}>" in letter.email_to
        }

    def test_in_the_morning_letter(self):
        """What is due and when to who has it in hand, late to the leaders too; no word of it."""
        feedback = self.assigned()
        letters = self.letters("2023-06-22")
        self.assertEqual(set(letters), {"officer"})
        for said in (feedback.name, "26/06/2023", "Trả lời"):
            self.assertIn(said, letters["officer"])
        for hidden in ("Chờ lâu", "Nguyễn Thị Đào", "cả buổi"):
            self.assertNotIn(hidden, letters["officer"])
        self.assertFalse(self.letters("2023-06-25"), "a Sunday")
        letters = self.letters("2023-06-27")
        self.assertEqual(set(letters), {"officer", "leader"})

    def test_who_it_is_about_reads_nothing_of_it(self):
        leader = self.users["leader"]
        second = self.users["second"] = self.new_user("test_second_leader", "leader")
        feedback = self.entered()
        self.as_user("second", feedback).action_classify(
            {"category": "conduct", "accused_ids": leader.ids}
        )
        letters = self.letters("2023-07-03")
        self.assertIn(feedback.name, letters["second"])
        self.assertEqual(second, feedback.activity_ids.user_id)
        self.assertNotIn("leader", letters)

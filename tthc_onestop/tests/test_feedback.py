from datetime import date

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..rules import feedback as rules
from .common import at
from .feedback_common import CRITERIA, FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackLife(FeedbackCase):
    def kinds(self, feedback):
        return feedback.event_ids.sorted("position").mapped("kind")

    def test_number_at_once(self):
        first, second, later = self.entered(), self.entered(), self.entered("2024-01-02")
        self.assertRegex(first.name, r"^H23\.20\.31-PA23-\d{4}$")
        self.assertEqual((first.year, second.number), (2023, first.number + 1))
        self.assertTrue(later.name.startswith("H23.20.31-PA24-"))
        self.assertEqual(first.status, "received")
        self.assertEqual(self.kinds(first), ["register"])
        self.assertEqual((first.due_kind, first.due_on), ("screen", date(2023, 6, 7)))

    def test_form(self):
        for group in ("counter", "statistician", "leader"):
            with Form(self.model(group, "tthc.feedback")) as form:
                form.subject, form.content, form.sender_name = "Việc", "Nội dung", "Lê An"
            self.assertTrue(form.record.name)

    def test_columns(self):
        self.entered()
        model = self.model("leader", "tthc.feedback").with_context(read_group_expand=True)
        own = [("company_id", "=", self.company.id)]
        answer = model.formatted_read_group(own, ["status"], ["__count"])
        self.assertEqual(
            [group["status"] for group in answer],
            ["received", "classified", "in_progress", "answered", "published"],
        )

    def test_whole_way(self):
        feedback = self.submitted()
        self.assertEqual((feedback.due_kind, feedback.due_on), ("handle", date(2023, 6, 26)))
        self.assertIn("15", feedback.deadline_explanation)
        leader = self.as_user("leader", feedback)
        with at("2023-06-09"):
            with self.assertRaisesRegex(UserError, feedback.name):
                self.as_user("officer", feedback).answer = "Khác"
            leader.action_send_back("Nêu rõ văn bản")
            self.as_user("officer", feedback).answer = "Đã kiến nghị tỉnh."
            self.as_user("officer", feedback).action_submit()
            leader.action_approve()
            self.assertEqual((feedback.status, feedback.waiting), ("in_progress", "approved"))
            self.as_user("counter", feedback).action_send("post")
        self.assertEqual(feedback.status, "answered")
        self.assertEqual(feedback.answered_on, date(2023, 6, 9))
        self.assertEqual((feedback.due_kind, feedback.due_on), ("publish", date(2023, 6, 13)))
        with at("2023-06-12"):
            leader.action_publish("Có phải nộp bản sao không?", "Không phải nộp.", "Trang của xã")
            self.assertFalse(feedback.due_on)
            self.as_user("officer", feedback).action_ask_solved()
            self.as_user("counter", feedback).action_record_solved("partly")
            leader.action_close_unsolved("Chờ tỉnh trả lời")
        self.assertEqual((feedback.status, feedback.solved), ("closed", "no"))
        with at("2023-06-20"):
            self.as_user("statistician", feedback).action_reopen("Người gửi đề nghị")
        self.assertEqual(feedback.status, "in_progress")
        self.assertEqual((feedback.due_kind, feedback.due_on), ("handle", date(2023, 7, 11)))
        self.assertFalse(feedback.answered_on or feedback.published_on or feedback.closed_on)
        self.assertEqual(
            self.kinds(feedback),
            "register classify assign submit send_back submit approve send publish ask_solved "
            "record_solved close_unsolved reopen".split(),
        )

    def test_window_of_reopening(self):
        feedback = self.answered()
        with at("2023-07-10"), self.assertRaisesRegex(UserError, feedback.name):
            self.as_user("leader", feedback).action_reopen("Muộn")
        self.company.tthc_feedback_reopen_days = 31
        with at("2023-07-10"):
            self.as_user("leader", feedback).action_reopen("Muộn")

    def test_refused_and_forwarded(self):
        refused = self.entered()
        with at("2023-06-06"):
            self.as_user("statistician", refused).action_refuse("Không ghi địa chỉ")
        self.assertEqual((refused.status, refused.dismissed_on), ("refused", date(2023, 6, 6)))
        self.assertFalse(refused.due_on)
        own = self.classified()
        with self.assertRaisesRegex(UserError, own.name):
            self.as_user("leader", own).action_forward("UBND tỉnh")
        other = self.classified(values={"within_authority": False})
        self.assertEqual((other.due_kind, other.due_on), ("forward", date(2023, 6, 12)))
        with self.assertRaisesRegex(UserError, other.name):
            self.as_user("leader", other).action_assign(self.users["officer"].id)
        with at("2023-06-09"):
            self.as_user("statistician", other).action_forward("UBND tỉnh", "Thuộc tỉnh")
        self.assertEqual((other.status, other.agency), ("forwarded", "UBND tỉnh"))

    def test_pauses(self):
        feedback = self.assigned()
        officer = self.as_user("officer", feedback)
        with at("2023-06-12"):
            officer.action_ask_more("Hồ sơ nào?")
            self.assertEqual((feedback.due_kind, feedback.due_on), ("reply", date(2023, 6, 19)))
            with self.assertRaisesRegex(UserError, feedback.name):
                officer.action_submit()
        with at("2023-06-16"):
            officer.action_resume()
        self.assertEqual(feedback.due_on, date(2023, 6, 30))
        pause = next(line for line in feedback.deadline_explanation.split("\n") if ": 4" in line)
        self.assertTrue(pause.startswith("12/06/2023"), pause)
        self.company.tthc_feedback_pauses = False
        with at("2023-06-19"):
            officer.action_suspend("Chờ văn bản")
            self.assertFalse(feedback.due_on)
            officer.action_resume()
        self.assertEqual(feedback.due_on, date(2023, 6, 26))

    def test_direct_meeting_is_kept(self):
        feedback = self.assigned()
        self.as_user("officer", feedback).action_meet("Ngày 6/6, ông A, bà B: thống nhất…")
        self.assertIn("thống nhất", feedback.event_ids.filtered(lambda e: e.kind == "meet").reason)

    def test_answer_needs_its_grounds(self):
        feedback = self.assigned()
        officer = self.as_user("officer", feedback)
        steps = [
            {"answer": "Trả lời"},
            {"sufficient": "yes"},
            CRITERIA,
            {"outcome": "amend"},
        ]
        for values in steps:
            with self.assertRaisesRegex(UserError, feedback.name):
                officer.action_submit()
            officer.write(values)
        officer.action_submit()
        conduct = self.assigned(values={"category": "conduct", "conduct_kind": "rude"})
        conduct.answer = "Đã kiểm điểm."
        self.as_user("officer", conduct).action_submit()
        self.assertEqual(conduct.waiting, "approval")

    def test_nobody_approves_their_own_work(self):
        both = new_test_user(
            self.env,
            login="both",
            groups="tthc_onestop.group_leader,tthc_onestop.group_officer",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        feedback = self.classified(values={"category": "conduct"})
        self.as_user("leader", feedback).action_assign(both.id)
        own = feedback.with_user(both)
        own.answer = "Trả lời"
        own.action_submit()
        with self.assertRaisesRegex(UserError, feedback.name):
            own.action_approve()
        self.as_user("leader", feedback).action_approve()

    def test_who_may_do_what(self):
        for name, move in rules.MOVES.items():
            if name == "answer_with":
                continue
            feedback = self.classified()
            for group in ("counter", "officer", "statistician", "leader", "finance", "auditor"):
                if group in move.roles:
                    continue
                with self.subTest(move=name, group=group), self.assertRaises(AccessError):
                    self.as_user(group, feedback)._move(name)

    def test_drag(self):
        feedback = self.submitted(sender_email="dao@example.vn")
        leader = self.as_user("leader", feedback)
        for target in ("closed", "received"):
            with self.assertRaises(UserError):
                leader.status = target
        with at("2023-06-09"):
            leader.status = "answered"
        self.assertEqual((feedback.status, feedback.sent_by), ("answered", "email"))
        with self.assertRaises(UserError):
            leader.status = "published"
        leader.status = "closed"
        self.assertEqual(feedback.status, "closed")

    def test_what_follows_is_not_written(self):
        feedback = self.entered()
        for values in (
            {"due_on": "2030-01-01"},
            {"name": "1"},
            {"category": "conduct"},
            {"officer_id": self.env.uid},
            {"answered_on": "2023-06-05"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.as_user("leader", feedback).write(values)
            with self.subTest(values), self.assertRaises(UserError):
                self.entered(**values)
        for field in ("sensitive", "accused_ids", "due_on", "officer_id", "dismissed_on"):
            with self.subTest(field), self.assertRaises(UserError):
                self.as_user("leader", feedback).write({field: False})
        with self.assertRaises(UserError):
            self.entered(status="answered")
        defaulted = self.model("leader", "tthc.feedback").with_context(default_status="closed")
        feedback = defaulted.create({"subject": "a", "content": "b", "sender_name": "c"})
        self.assertEqual(feedback.status, "received")

    def test_what_it_needs(self):
        for values in ({"subject": " "}, {"content": "\0"}, {"sender_name": False}):
            with self.subTest(values), self.assertRaises(UserError):
                self.entered(**values)
        with self.assertRaises(UserError):
            self.model("leader", "tthc.feedback").create({})

    def test_said_stays(self):
        feedback = self.classified()
        with self.assertRaisesRegex(UserError, feedback.name):
            self.as_user("leader", feedback).content = "Khác"
        with self.assertRaises(UserError):
            feedback.unlink()

    @mute_logger("odoo.sql_db")
    def test_events_are_append_only(self):
        event = self.entered().event_ids
        self.env.flush_all()
        for statement in (
            "UPDATE tthc_feedback_event SET reason = 'x'",
            "DELETE FROM tthc_feedback_event",
            "TRUNCATE tthc_feedback_event",
        ):
            with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                self.env.cr.execute(statement)
        self.assertTrue(event.exists())

    def test_portal_code(self):
        feedback = self.entered(channel="portal", portal_code="pakn.20230605.0012 ")
        self.assertEqual(feedback.portal_code, "PAKN.20230605.0012")
        with self.assertRaises(UserError):
            self.entered(portal_code="PAKN.1")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.entered(portal_code="PAKN.20230605.0012")

    def test_duplicates(self):
        first = self.assigned(sender_name="Một", sender_email="mot@example.vn")
        second = self.entered(sender_name="Hai", sender_phone="0900000002")
        third = self.entered(content="Việc khác", sender_phone="0900000003")
        self.assertEqual(self.as_user("statistician", second).similar_ids.ids, first.ids)
        self.assertFalse(third.similar_ids)
        self.as_user("statistician", second).action_link(first.id)
        self.assertEqual((second.duplicate_of_id, first.duplicate_count), (first, 1))
        self.assertFalse(second.similar_ids)
        with self.assertRaisesRegex(UserError, second.name):
            self.as_user("leader", second).action_classify({"category": "conduct"})
            self.as_user("leader", second).action_assign(self.users["officer"].id)
        first.write({"sufficient": "no", "answer": "Trả lời chung"})
        self.as_user("officer", first).action_submit()
        self.as_user("leader", first).action_approve()
        self.assertEqual((first.status, second.status), ("answered", "answered"))
        self.assertEqual(second.answer, "Trả lời chung")
        self.assertEqual(second.sender_name, "Hai", "each sender is kept")
        self.assertEqual(second.category, "regulation")

    def test_what_was_linked_is_not_forgotten(self):
        """When the original ends without an answer, and when the sender is not content with it."""
        refused, same = self.entered(), self.entered()
        leader = self.as_user("leader", same)
        leader.action_link(refused.id)
        self.as_user("leader", refused).action_refuse("Không rõ")
        self.assertIn(self.users["statistician"], same.activity_ids.user_id)
        leader.action_classify({"category": "conduct"})
        leader.action_assign(self.users["officer"].id)
        self.assertFalse(same.duplicate_of_id)
        original, same = self.submitted(), self.entered()
        self.as_user("leader", same).action_link(original.id)
        self.as_user("leader", original).action_approve()
        self.as_user("leader", original).action_send("post")
        self.assertEqual(same.status, "answered")
        self.as_user("leader", same).action_reopen("Chưa thỏa đáng")
        self.assertEqual(same.activity_ids.user_id, self.users["statistician"])
        self.as_user("leader", same).action_assign(self.users["officer"].id)

    def test_link_is_refused(self):
        first, second = self.entered(), self.entered()
        with self.assertRaises(UserError):
            self.as_user("leader", first).action_link(first.id)
        sensitive = self.entered(about_officer=True)
        with self.assertRaises(UserError):
            self.as_user("leader", second).action_link(sensitive.id)
        with self.assertRaises(UserError):
            self.as_user("leader", second).action_link(999_999_999)

    def test_published_names_nobody(self):
        feedback = self.answered()
        leader = self.as_user("leader", feedback)
        for question, answer in (
            ("Bà nguyen thi dao hỏi", "Không"),
            ("Hỏi", "Gọi 0912345678"),
            ("Hỏi", "CCCD 030185000123"),
            ("", "Không"),
        ):
            with self.subTest(question), self.assertRaises(UserError):
                leader.action_publish(question, answer, "Trang của xã")
        leader.action_publish("Hỏi", "Theo Quyết định 12/QĐ-UBND", "Trang của xã")
        self.assertEqual(feedback.checked_by_id, self.users["leader"])

    def test_year_that_is_not_entered(self):
        """Nothing is lost: it is registered without a date, and says why."""
        feedback = self.entered("2059-06-05")
        self.assertTrue(feedback.name)
        self.assertFalse(feedback.due_on)
        self.assertIn("2059", feedback.deadline_explanation)

    def test_template(self):
        feedback = self.assigned()
        template = self.env["tthc.feedback.template"].create(
            {"name": "M", "body": "Gửi {sender}, số {number} ngày {day}: {khác}"}
        )
        feedback.template_id = template
        feedback._onchange_template_id()
        self.assertEqual(
            feedback.answer, f"Gửi Nguyễn Thị Đào, số {feedback.name} ngày 05/06/2023: {{khác}}"
        )

    def test_count_on_the_procedure(self):
        self.classified()
        self.revise(name="Tên mới")
        procedure = self.procedures["days"]
        self.assertEqual(procedure.with_user(self.users["leader"]).feedback_count, 1)
        self.assertEqual(procedure.with_user(self.users["finance"]).feedback_count, 0)

    def test_long_text_wherever_it_is_written(self):
        """100,000 characters and more: cut to what is kept, and shown by every paper and page."""
        long = f"{'Rất dài. ' * 12_000}=cmd|' /C calc'!A0"
        feedback = self.submitted(content=long, proposal=long, sender_email="dao@example.vn")
        leader = self.as_user("leader", feedback)
        leader.action_send_back(long)
        officer = self.as_user("officer", feedback)
        officer.action_meet(long)
        officer.answer = long
        officer.action_submit()
        leader.action_approve()
        leader.action_publish(long, long, "Trang của xã")
        officer.action_ask_solved()
        for field in ("content", "proposal", "answer"):
            self.assertEqual(len(feedback[field]), 100_000, field)
        self.assertEqual(
            max(len(reason) for reason in feedback.event_ids.mapped("reason") if reason), 20_000
        )
        self.assertLessEqual(len(feedback.public_answer), 20_000)
        self.assertTrue(feedback.receipt_pdf().startswith(b"%PDF"))
        [published] = self.env["tthc.feedback"].published(self.company, "rat dai")
        self.assertEqual(published["answer"], feedback.public_answer)
        self.assertEqual(feedback.sender_values()["answer"], feedback.answer)
        template = self.env["tthc.feedback.template"].create({"name": "M", "body": long})
        self.assertGreater(len(template.filled(feedback)), 100_000)

    def test_hostile_text(self):
        text = "<script>alert(1)</script> =cmd|' /C calc'!A0 \0\x07\u202e" + "a" * 100_000
        feedback = self.entered(content=text, subject="=1+1\n<b>x</b>", sender_name="@SUM(A1)")
        self.assertNotIn("\0", feedback.content)
        self.assertEqual(len(feedback.content), 100_000)
        self.assertEqual(feedback.subject, "=1+1 <b>x</b>")
        self.assertTrue(feedback.receipt_pdf().startswith(b"%PDF"))

    def test_count_on_the_page_of_the_officer(self):
        """Their own load; nobody counts what they may not see."""
        officer = self.users["officer"]
        late, sensitive = self.assigned(), self.assigned("2023-06-12", {"sensitive": True})
        self.answered()

        def counts(group):
            self.env.invalidate_all()
            with at("2023-06-27"):
                user = officer.with_user(self.users[group])
                return user.tthc_feedback_count, user.tthc_feedback_late_count

        self.assertEqual(counts("officer"), (2, 1))
        self.assertEqual(counts("leader"), (2, 1))
        self.assertEqual(counts("counter"), (1, 1))
        self.assertEqual(counts("finance"), (0, 0))
        sensitive._write_projection({"accused_ids": [Command.link(officer.id)]})
        self.assertEqual(counts("officer"), (1, 1))
        domain = officer.with_user(officer).tthc_open_feedback()["domain"]
        self.assertEqual(self.model("officer", "tthc.feedback").search(domain), late)
        citizen = new_test_user(self.env, login="test_citizen", groups="base.group_portal")
        self.assertFalse(citizen.with_user(citizen).tthc_feedback_count)

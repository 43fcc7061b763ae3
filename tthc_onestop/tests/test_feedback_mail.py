import base64
from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .common import at
from .feedback_common import FeedbackMailCase


@tagged("post_install", "-at_install")
class TestFeedbackMail(FeedbackMailCase):
    def raw(self, name):
        with file_open(f"tthc_onestop/tests/mail/{name}.eml", "rb") as file:
            return file.read()

    def reply(self, feedback, body, headers=""):
        letter = self.letters(feedback)[:1]
        return (
            f"From: dao@example.vn\r\nTo: phan-anh@xa.example\r\nSubject: Re: {feedback.name}\r\n"
            f"Message-ID: <reply-{len(feedback.message_ids)}@example.vn>\r\n"
            f"In-Reply-To: {letter.message_id}\r\nReferences: {letter.message_id}\r\n{headers}"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
        ).encode()

    def test_plain(self):
        feedback = self.receive(self.raw("plain_utf8"))
        self.assertEqual(feedback.company_id, self.company)
        self.assertEqual(feedback.subject, "Phản ánh việc nộp hồ sơ khai sinh")
        self.assertIn("chờ cả buổi sáng", feedback.content)
        self.assertEqual(
            (feedback.sender_name, feedback.sender_email), ("Nguyễn Thị Đào", "dao@example.vn")
        )
        self.assertEqual((feedback.channel, feedback.status), ("email", "received"))
        self.assertEqual(feedback.sent_at, datetime(2023, 6, 5, 2))
        self.assertTrue(feedback.missing_data, "asked for by the letter")
        letter = self.letters(feedback)
        self.assertEqual((letter.email_to, len(letter)), ("dao@example.vn", 1))
        self.assertIn(feedback.name, letter.body_html)
        self.assertEqual(letter.reply_to, "phan-anh@xa.example")
        self.assertIn("auto-replied", letter.headers)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_delivered_twice(self):
        message = self.raw("plain_utf8")
        self.assertEqual(len(self.receive(message)), 1)
        self.assertFalse(self.receive(message))

    def test_html_and_files(self):
        """Text alone is kept of it; a file that is not taken is named, and nothing else lost."""
        feedback = self.receive(self.raw("html_with_files"))
        self.assertIn("bỏ", feedback.content)
        self.assertNotIn("<", feedback.content)
        self.assertNotIn("alert", feedback.content)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", feedback._name), ("res_id", "=", feedback.id)]
        )
        self.assertEqual(files.mapped("name"), ["đơn.pdf"])
        body = feedback.message_ids.filtered(lambda m: m.message_type == "email").body
        self.assertIn("virus.exe", body)
        self.assertNotIn("<script", body)
        self.assertNotIn("onerror", body)

    def test_file_that_is_too_large(self):
        self.company.tthc_file_max_mb = 1
        large = b"%PDF-1.4" + b"0" * 1_100_000
        message = self.raw("html_with_files").replace(
            base64.b64encode(b"%PDF-1.4 don"), base64.encodebytes(large)
        )
        feedback = self.receive(message)
        self.assertIn("bỏ", feedback.content)
        letter = feedback.message_ids.filtered(lambda each: each.message_type == "email")
        self.assertIn("đơn.pdf", letter.body)
        self.assertFalse(feedback.message_attachment_count)

    def test_other_encodings(self):
        feedback = self.receive(self.raw("windows_1258"))
        self.assertEqual(feedback.content, "Phí chứng thực quá cao, đề nghị giảm.")

    def test_nothing_in_it(self):
        feedback = self.receive(self.raw("no_subject"))
        self.assertEqual(feedback.sender_email, "an@example.vn")
        self.assertTrue(feedback.subject and feedback.content and feedback.name)

    def test_what_cannot_be_registered_stays_with_the_mail_server(self):
        """The error goes up to who delivers it, who keeps the letter and delivers it again."""
        code = self.company.tthc_unit_code
        self.company.tthc_unit_code = False
        with self.enter_registry_test_mode(), self.assertRaisesRegex(UserError, self.company.name):
            self.receive(self.raw("plain_utf8"))
        self.company.tthc_unit_code = code
        self.assertTrue(self.receive(self.raw("plain_utf8")))

    def test_machines(self):
        self.assertFalse(self.receive(self.raw("out_of_office")))
        feedback = self.receive(self.raw("machine"))
        self.assertEqual(len(feedback), 1)
        self.assertFalse(self.letters(feedback))

    def test_reply(self):
        feedback = self.receive(self.raw("plain_utf8"))
        with at("2023-06-06"):
            self.as_user("statistician", feedback).action_ask_more("Hồ sơ nào?")
        self.assertFalse(self.receive(self.reply(feedback, "Hồ sơ của con tôi."), "2023-06-07"))
        self.assertFalse(feedback.waiting)
        self.assertIn("Hồ sơ của con tôi.", "".join(feedback.message_ids.mapped("body")))

    def test_reply_while_it_is_handled(self):
        feedback = self.receive(self.raw("plain_utf8"))
        leader = self.as_user("leader", feedback)
        leader.action_classify({"category": "conduct"})
        leader.action_assign(self.users["officer"].id)
        self.receive(self.reply(feedback, "Tôi nhớ thêm"))
        todo = self.env.ref("mail.mail_activity_data_todo")
        told = feedback.activity_ids.filtered(lambda each: each.activity_type_id == todo)
        self.assertEqual(told.user_id, self.users["officer"])

    def test_reply_to_what_has_ended(self):
        feedback = self.receive(self.raw("plain_utf8"))
        with at("2023-06-06"):
            self.as_user("statistician", feedback).action_refuse("Thiếu địa chỉ")
        self.assertFalse(feedback.activity_ids)
        self.receive(self.reply(feedback, "Địa chỉ của tôi: Thôn Đoài"), "2023-06-07")
        self.assertEqual(feedback.activity_ids.user_id, self.users["statistician"])

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_loop(self):
        """An answering machine that answers every letter ends by itself."""
        feedback = self.receive(self.raw("plain_utf8"))
        for _ in range(5):
            automatic = self.reply(feedback, "Đi vắng", "Auto-Submitted: auto-replied\r\n")
            self.assertFalse(self.receive(automatic))
        self.assertEqual(len(self.letters(feedback)), 1)
        # one that says nothing of itself and begins a thread each time
        letters = 0
        for number in range(8):
            message = self.raw("plain_utf8").replace(b"<m1@", b"<loop%d@" % number)
            letters += len(self.letters(self.receive(message)))
        self.assertLess(letters, 3)

    def test_letters(self):
        """What the sender is told at each step, and to where a reply goes."""
        feedback = self.answered(sender_email="dao@example.vn")
        bodies = " ".join(self.letters(feedback).mapped("body_html"))
        for words in (feedback.name, "Đã xem xét."):
            self.assertIn(words, bodies)
        other = self.classified(values={"within_authority": False}, sender_email="dao@example.vn")
        self.as_user("leader", other).action_forward("UBND tỉnh")
        self.assertIn("UBND tỉnh", " ".join(self.letters(other).mapped("body_html")))
        self.as_user("leader", feedback).action_ask_solved()
        self.assertEqual(len(self.letters(feedback)), 3)

    def test_notes_are_sent_to_nobody_outside(self):
        feedback = self.entered(sender_email="dao@example.vn")
        outside = self.env["res.partner"].create({"name": "Ngoài", "email": "x@example.vn"})
        feedback.message_subscribe(outside.ids)
        note = self.as_user("leader", feedback).message_post(
            body="Nội bộ", subtype_xmlid="mail.mt_comment", partner_ids=outside.ids
        )
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(note.sudo().notification_ids)

    def test_alias_of_the_settings(self):
        alias = self.company.tthc_feedback_alias_id
        self.assertEqual(alias.alias_full_name, "phan-anh@xa.example")
        self.company.tthc_feedback_alias = "y-kien"
        self.assertEqual(alias.alias_name, "y-kien")
        self.company.tthc_feedback_alias = False
        self.assertFalse(alias.exists())

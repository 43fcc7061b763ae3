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
        said = self.letters(feedback).body_html
        self.assertIn("đơn.pdf", said, "its sender is told to send it otherwise")
        self.assertIn("virus.exe", said)

    def test_other_encodings(self):
        feedback = self.receive(self.raw("windows_1258"))
        self.assertEqual(feedback.content, "Phí chứng thực quá cao, đề nghị giảm.")

    def written(self, body, content_type="text/plain; charset=utf-8", **headers):
        """What is registered of a letter, given as bytes."""
        self.letter = getattr(self, "letter", 0) + 1
        headers = {
            "From": "dao@example.vn",
            "To": "phan-anh@xa.example",
            "Subject": "Giấy tờ",
            "Message-ID": f"<written{self.letter}@example.vn>",
            "Content-Type": content_type,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return self.receive(f"{head}\r\n".encode() + body)

    def test_charsets_that_are_missing_or_no_charsets(self):
        text = "Phí chứng thực quá cao"
        for charset in ("", "; charset=us-ascii", "; charset=unknown-8bit", "; charset=utf8mb4"):
            feedback = self.written(text.encode(), f"text/plain{charset}")
            self.assertEqual(feedback.content, text, charset)
        for charset in ("hex", "zlib", "idna", "undefined", "tcvn3"):
            feedback = self.written(b"\xb8 Phi", f"text/plain; charset={charset}")
            self.assertIn("Phi", feedback.content, charset)
        self.assertIn("Phi", self.written(b"Phi \xb8").content)
        feedback = self.written(b"x", Subject="a\0b", From='"An\0" <an@example.vn>')
        self.assertEqual((feedback.subject, feedback.sender_email), ("ab", "an@example.vn"))

    def test_letter_forwarded_as_a_file(self):
        """Its text and its files are those of the letter; nothing is said to be missing."""
        inner = (
            "From: an@example.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="C"\r\n\r\n'
            "--C\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nChờ ba tuần.\r\n"
            '--C\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(b'%PDF-1.4 a').decode()}"
            "\r\n--C--\r\n"
        )
        feedback = self.written(
            "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nXem thư kèm.\r\n"
            f"--B\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--B--\r\n".encode(),
            'multipart/mixed; boundary="B"',
        )
        self.assertIn("Xem thư kèm.", feedback.content)
        self.assertIn("Chờ ba tuần.", feedback.content)
        letter = feedback.message_ids.filtered(lambda each: each.message_type == "email")
        self.assertEqual(letter.attachment_ids.mapped("name"), ["a.pdf"])
        self.assertNotIn("attachment", letter.body)

    def test_what_an_html_letter_says_and_no_more(self):
        feedback = self.written(
            b"<html><head><style>p.Mso{margin:0}</style></head><body><p>Cho lau</p>"
            b'<a href="http://xa.example/a">xem</a><img src="data:image/png;base64,AAAA"/>'
            b'<img src="cid:logo"></body></html>',
            "text/html; charset=utf-8",
        )
        self.assertEqual(feedback.content, "Cho lau\nxem [1]\n\n[1] http://xa.example/a")
        self.assertIn("hình trong thư", self.letters(feedback).body_html, "was left out")

    def test_picture_in_the_text(self):
        """One of a type that is not taken would keep Odoo from posting the letter."""
        gif, png = (
            base64.b64encode(content)
            for content in (b"GIF89a" + b"0" * 50, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"0" * 50)
        )
        feedback = self.written(
            b'<p>Anh:</p><img src="data:image/gif;base64,%b"/>'
            b'<a href="data:image/gif;base64,%b">A</a><img src="data:image/png;base64,%b"/>'
            % (gif, gif, png),
            "text/html; charset=utf-8",
        )
        files = self.env["ir.attachment"].search(
            [("res_model", "=", feedback._name), ("res_id", "=", feedback.id)]
        )
        self.assertEqual(files.mapped("mimetype"), ["image/png"])

    def test_no_letter_is_one_too_many(self):
        """Odoo stops what it takes for a loop after 20; an office that forwards letters is none."""
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 2)
        self.assertEqual(sum(len(self.written(b"Viec %d" % number)) for number in range(5)), 5)

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
        self.assertEqual(self.told(feedback).user_id, self.users["officer"])

    def test_reply_to_what_has_ended(self):
        feedback = self.receive(self.raw("plain_utf8"))
        with at("2023-06-06"):
            self.as_user("statistician", feedback).action_refuse("Thiếu địa chỉ")
        self.assertFalse(feedback.activity_ids)
        self.receive(self.reply(feedback, "Địa chỉ của tôi: Thôn Đoài"), "2023-06-07")
        self.assertEqual(feedback.activity_ids.user_id, self.users["statistician"])

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

    def test_letter_that_comes_back(self):
        """Who answered is told that the answer did not arrive, once."""
        feedback = self.answered(sender_email="dao@example.vn")
        answer = self.letters(feedback)[:1]
        for number in range(2):
            self.receive(
                (
                    "From: MAILER-DAEMON@example.vn\r\nTo: phan-anh@xa.example\r\n"
                    f"Message-ID: <dsn{number}@example.vn>\r\nMIME-Version: 1.0\r\nContent-Type: "
                    'multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
                    "--B\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
                    "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
                    "Reporting-MTA: dns; example.vn\r\n\r\n"
                    "Final-Recipient: rfc822; dao@example.vn\r\nAction: failed\r\n\r\n"
                    "--B\r\nContent-Type: message/rfc822\r\n\r\n"
                    f"Message-ID: {answer.message_id}\r\n\r\nx\r\n--B--\r\n"
                ).encode()
            )
        self.assertEqual(self.told(feedback).user_id, self.users["statistician"])
        self.assertEqual(len(self.told(feedback)), 1)

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

import base64
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .feedback_common import FeedbackMailCase

LETTER = (
    "From: {sender}\r\nTo: phan-anh@xa.example\r\nSubject: {subject}\r\nMessage-ID: <{id}@vn>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
)
SAID = "Chờ cả buổi sáng để nộp hồ sơ.".encode()


@tagged("post_install", "-at_install")
class TestStrangeLetters(FeedbackMailCase):
    """Whatever comes in by mail is registered once: no letter is lost over its form."""

    def letter(self, body=SAID, **head):
        standard = {
            "sender": "dao@example.vn",
            "subject": "Việc",
            "id": "m",
            "type": "text/plain; charset=utf-8",
            "encoding": "8bit",
        }
        return LETTER.format(**standard | head).encode() + body

    @mute_logger("odoo.addons.mail.models.mail_thread", "odoo.tools.mail")
    def test_registered_whatever_its_form(self):
        encoded = base64.encodebytes(SAID)
        for number, (said, message) in enumerate({
            "no charset": self.letter(type="text/plain"),
            "unknown charset": self.letter(type="text/plain; charset=x-vni"),
            "wrong charset": self.letter(type="text/plain; charset=us-ascii"),
            "utf-16": self.letter(b"\xff\xfea\0", type="text/plain; charset=utf-16"),
            "tcvn-like bytes": self.letter(bytes(range(128, 256)), type="text/plain"),
            "broken base64": self.letter(encoded[:-5] + b"%", encoding="base64"),
            "letters in two": self.letter(b"Cho\xcc\x80 ca\xcc\x89 buo\xcc\x82\xcc\x89i"),
            "zero bytes": self.letter(b"a\0b\0c"),
            "no body": self.letter(b""),
            "html alone": self.letter(b"<p>Ch&#7901; <b>l&acirc;u</b>", type="text/html"),
            "raw subject": self.letter(subject="Phản ánh \x07 khẩn"),
            "subject without end": self.letter(subject="x" * 5000),
            "broken parts": self.letter(b"--b\r\n\r\nx", type='multipart/mixed; boundary="b"'),
            "no boundary": self.letter(b"x", type="multipart/mixed"),
            "sender without address": self.letter(sender="Một người dân"),
            "sender encoded": self.letter(sender="=?utf-8?b?xJDDoG8=?= <dao@example.vn>"),
            "long": self.letter("Rất dài. ".encode() * 20_000),
        }.items()):  # fmt: skip
            message = message.replace(b"<m@vn>", b"<m%d@vn>" % number)
            with self.subTest(said):
                feedback = self.receive(message)
                self.assertEqual(len(feedback), 1)
                self.assertTrue(feedback.name and feedback.content and feedback.sender_name)
                self.assertLessEqual(len(feedback.content), 100_000)
                self.assertFalse(self.receive(message), "delivered again")

    def test_letters_are_whole(self):
        """Decomposed letters, as some programs write them, are those that people search for."""
        feedback = self.receive(self.letter(b"Cho\xcc\x80 ca\xcc\x89 buo\xcc\x82\xcc\x89i"))
        self.assertEqual(feedback.content, "Chò cả buổi")

    def test_many_files(self):
        """Each file that is not taken is named, each other kept."""
        parts = b"".join(
            b"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
            b'filename="%s"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n'
            % (name, base64.b64encode(content))
            for name, content in (
                (b"a.pdf", b"%PDF-1.4 a"),
                (b"b.pdf", b"MZ program"),
                (b"../../c.pdf", b"%PDF-1.4 c"),
                (b"d.pdf", b""),
            )
        )
        text = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + SAID + b"\r\n"
        message = self.letter(text + parts + b"--b--", type='multipart/mixed; boundary="b"')
        feedback = self.receive(message)
        self.assertEqual(feedback.content, SAID.decode())
        files = self.env["ir.attachment"].search(
            [("res_model", "=", feedback._name), ("res_id", "=", feedback.id)], order="id"
        )
        names = files.mapped("name")
        self.assertEqual(len(names), 2)
        self.assertFalse([name for name in names if "/" in name])
        self.assertIn("b.pdf", "".join(feedback.message_ids.mapped("body")))

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_a_letter_that_cannot_be_sent_is_kept(self):
        """The answer stays in the outbox with its failure, and the office is told."""
        feedback = self.answered(sender_email="dao@example.vn")
        letter = self.letters(feedback)[:1]
        server = type(self.env["ir.mail_server"])
        with patch.object(server, "_connect__", side_effect=OSError("no route")):
            letter.send(raise_exception=False)
        self.assertEqual(letter.state, "exception")
        self.assertTrue(letter.failure_reason)
        self.assertIn(letter.mail_message_id, feedback.message_ids)
        self.assertEqual(self.told(feedback).user_id, self.users["statistician"])

    def test_one_salutation(self):
        """The templates of answers have their own."""
        feedback = self.answered(sender_email="dao@example.vn")
        for answer in ("Đã xem xét.", f"Kính gửi ông/bà {feedback.sender_name},\n\nĐã xem xét."):
            feedback._write_projection({"answer": answer})
            feedback._letter("answered")
            letter = self.letters(feedback).sorted("id")[-1]
            self.assertEqual(letter.body_html.count("Kính gửi ông/bà"), 1)

from unittest.mock import patch

from lxml import html

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.feedback_citizen import PUBLIC_FIELDS
from .common import at
from .feedback_common import FeedbackCase

ROOT = "/phan-anh-kien-nghi"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@tagged("post_install", "-at_install")
class TestFeedbackPublic(FeedbackCase, HttpCase):
    """The public form, look-up and answers; a citizen's own feedback and no other."""

    def send(self, expected=200, **values):
        said = {
            "sender_name": "Lê An",
            "sender_address": "Thôn Đông",
            "sender_phone": "0900000001",
            "subject": "Biển hiệu",
            "content": "Thiếu biển chỉ dẫn.",
            "xa": self.company.id,
            "csrf_token": Request.csrf_token(self),
            **values,
        }
        before = self.env["tthc.feedback"].search([])
        answer = self.url_open(f"{ROOT}/gui", data=said)
        self.assertEqual(answer.status_code, expected)
        return self.env["tthc.feedback"].search([]) - before, answer.text

    def test_form(self):
        self.authenticate(None, None)
        page = self.url_open(f"{ROOT}?xa={self.company.id}").text
        self.assertIn("TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ", page)
        self.assertIn('data-captcha="tthc_feedback"', page)
        named = set(html.fromstring(page).xpath("//form//@name"))
        self.assertLessEqual({*PUBLIC_FIELDS, "about_officer", "csrf_token"}, named)
        self.assertEqual(self.url_open(f"{ROOT}?xa=999999").status_code, 404)
        feedback, page = self.send(content=f"{EVIL} Thiếu biển", proposal="Làm biển")
        self.assertEqual(feedback.company_id, self.company)
        self.assertEqual((feedback.channel, feedback.status), ("web", "received"))
        self.assertEqual(feedback.content, f"{EVIL} Thiếu biển")
        self.assertFalse(feedback.partner_id)
        self.assertIn(feedback.name, page)
        self.assertNotIn("Thiếu biển", page)

    def test_about_an_officer(self):
        self.authenticate(None, None)
        feedback, _page = self.send(about_officer="1")
        self.assertTrue(feedback.sensitive)
        self.assertEqual(feedback.activity_ids.user_id, self.users["leader"])

    def test_what_cannot_be_registered_stays_in_the_form(self):
        self.authenticate(None, None)
        for values in (
            {"content": f"{EVIL}" + "a" * 10_001},
            {"content": "  "},
            {"sender_phone": "", "sender_email": ""},
            {"subject": "\0\x07"},
        ):
            feedback, page = self.send(400, sender_name=f'"{EVIL}', **values)
            self.assertFalse(feedback)
            self.assertIn("alert-danger", page)
            self.assertNotIn("<script>alert(1)", page)
            form = html.fromstring(page)
            self.assertEqual(form.xpath("//input[@name='sender_name']/@value"), [f'"{EVIL}'])
            self.assertIn("Thôn Đông", page)
            said = values.get("content", "Thiếu biển chỉ dẫn.").strip()
            self.assertEqual(form.xpath("//textarea[@name='content']")[0].text_content(), said)

    def test_sent_twice(self):
        """Who clicks again, or sends the form again, has one feedback and is told its number."""
        self.authenticate(None, None)
        said = {"content": "Hai  lần\r\nnhé", "proposal": "", "about_officer": "1"}
        first, _page = self.send(**said)
        for _ in range(6):
            again, page = self.send(**said)
            self.assertFalse(again)
            self.assertIn(first.name, page)
        self.assertTrue(self.send(**said, sender_name="Lê Bình")[0], "each sender is kept")
        corrected, _page = self.send(**said, sender_phone="0900000002")
        self.assertTrue(corrected)

    def test_nothing_else_is_written(self):
        self.authenticate(None, None)
        feedback, _page = self.send(status="closed", answer="x", sensitive="1", officer_id="2")
        self.assertEqual(
            (feedback.status, feedback.answer, feedback.sensitive), ("received", False, False)
        )

    def test_honeypot(self):
        self.authenticate(None, None)
        self.assertFalse(self.send(trang_chu="http://spam.example")[0])

    @mute_logger("odoo.http")
    def test_captcha(self):
        """Odoo's hook is asked before anything is registered; what it refuses is not."""
        self.authenticate(None, None)
        asked = []

        def refuse(self, action):
            asked.append(action)
            raise UserError(action)

        with patch.object(type(self.env["ir.http"]), "_verify_request_recaptcha_token", refuse):
            self.assertFalse(self.send(422)[0])
        self.assertEqual(asked, ["tthc_feedback"])

    def test_as_long_as_it_may_be(self):
        """All texts as long as the page takes them: registered whole, shown and published."""
        self.authenticate(None, None)
        long = {name: "ạ" * most for name, most in PUBLIC_FIELDS.items()}
        feedback, _page = self.send(**long)
        self.assertEqual({name: feedback[name] for name in long}, long)
        for name, most in PUBLIC_FIELDS.items():
            with self.subTest(name):
                self.assertFalse(self.send(400, **{name: "ạ" * (most + 1)})[0])

    def test_rate(self):
        self.authenticate(None, None)
        for number in range(5):
            self.assertTrue(self.send(content=f"Việc {number}")[0])
        feedback, page = self.send(429, content="Việc thứ sáu")
        self.assertFalse(feedback)
        self.assertIn("Việc thứ sáu", page)

    @mute_logger("odoo.http")
    def test_size_and_forgery(self):
        self.authenticate(None, None)
        self.assertFalse(self.send(413, content="a" * 600_000)[0])
        self.assertFalse(self.send(400, csrf_token="x")[0])

    def test_look_up(self):
        self.authenticate(None, None)
        feedback = self.answered(sender_email="dao@example.vn")
        page = self.url_open(f"{ROOT}/tra-cuu?so=%20{feedback.name.lower()}").text
        self.assertIn(feedback.name, page)
        self.assertIn("Đã trả lời", page)
        for hidden in ("Đào", "0912345678", "Chờ lâu", "Đã xem xét", "dao@example.vn"):
            self.assertNotIn(hidden, page)
        for strange in ("%00", "<script>alert(1)</script>", "%25" * 40, "a" * 5000):
            page = self.url_open(f"{ROOT}/tra-cuu?so={strange}").text
            self.assertNotIn("<script>alert", page)
            self.assertIn("alert-warning" if strange != "%00" else "form", page)

    def test_answers(self):
        self.authenticate(None, None)
        feedback = self.answered()
        with at("2023-06-12"):
            self.as_user("leader", feedback).action_publish(
                f"Có phải nộp hộ khẩu không? {EVIL}", "Không phải nộp.", "Trang của xã"
            )
        self.answered(content="Chưa công khai")
        page = self.url_open(f"{ROOT}/tra-loi?xa={self.company.id}&q=ho+khau").text
        self.assertIn("Không phải nộp.", page)
        self.assertIn("12/06/2023", page)
        self.assertNotIn("<script>alert(1)", page)
        for hidden in ("Đào", "Chưa công khai", feedback.name):
            self.assertNotIn(hidden, page)
        page = self.url_open(f"{ROOT}/tra-loi?xa={self.company.id}&q=dat+dai&trang=99").text
        self.assertNotIn("Không phải nộp.", page)

    def test_their_own(self):
        citizen, neighbour = (
            new_test_user(self.env, login=login, groups="base.group_portal")
            for login in ("test_citizen", "test_stranger_citizen")
        )
        self.authenticate("test_citizen", "test_citizen")
        feedback, _page = self.send()
        self.assertEqual(feedback.partner_id, citizen.partner_id)
        self.as_user("leader", feedback).message_post(body="Ghi chú nội bộ")
        self.as_user("leader", feedback).action_ask_more("Ở đường nào?")
        for path in ("/my", "/my/feedback", f"/my/feedback/{feedback.id}"):
            page = self.url_open(path).text
        self.assertIn("Ở đường nào?", page)
        self.assertNotIn("Ghi chú nội bộ", page)
        reply = {"text": f"Đường 1 {EVIL}", "csrf_token": Request.csrf_token(self)}
        self.url_open(f"/my/feedback/{feedback.id}/tra-loi", data=reply)
        self.assertFalse(feedback.waiting)
        bodies = "".join(feedback.message_ids.mapped("body"))
        self.assertIn("Đường 1", bodies)
        self.assertNotIn("<script", bodies)
        self.as_user("leader", feedback).action_classify({"category": "conduct"})
        self.as_user("leader", feedback).action_assign(self.users["officer"].id)
        feedback.answer = "Đã lắp biển."
        self.as_user("officer", feedback).action_submit()
        self.assertNotIn("Đã lắp biển", self.url_open(f"/my/feedback/{feedback.id}").text)
        self.as_user("leader", feedback).action_approve()
        self.as_user("leader", feedback).action_send("post")
        self.assertIn("Đã lắp biển", self.url_open(f"/my/feedback/{feedback.id}").text)
        rating = {"solved": "partly", "csrf_token": Request.csrf_token(self)}
        self.url_open(f"/my/feedback/{feedback.id}/danh-gia", data=rating)
        self.assertEqual(feedback.solved, "partly")

        self.authenticate(neighbour.login, neighbour.login)
        self.assertNotIn(feedback.name, self.url_open("/my/feedback").text)
        self.assertEqual(self.url_open(f"/my/feedback/{feedback.id}").status_code, 404)
        for path, data in (("danh-gia", {"solved": "no"}), ("tra-loi", {"text": "x"})):
            data |= {"csrf_token": Request.csrf_token(self)}
            answer = self.url_open(f"/my/feedback/{feedback.id}/{path}", data=data)
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(feedback.solved, "partly")

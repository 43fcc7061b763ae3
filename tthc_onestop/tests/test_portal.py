from odoo.tests import HttpCase, new_test_user, tagged

from .common import DossierCase, at

PERSONAL = ("Nguyễn Thị Đào", "030185000123", "0912345678", "Người khác")


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, DossierCase):
    """A citizen sees their own dossiers; who is not logged in, a code and a status alone."""

    def setUp(self):
        super().setUp()
        self.citizen, self.neighbour = (
            new_test_user(self.env, login=login, groups="base.group_portal")
            for login in ("test_citizen", "test_neighbour")
        )
        self.own = self.received(applicant_phone="0912345678")
        self.other = self.received(applicant_name="Người khác")
        self.as_user("counter", self.own).citizen_id = self.citizen.partner_id

    def open(self, path, status=200):
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, status, path)
        return answer.text

    def test_their_own_with_the_explanation(self):
        with at("2023-06-06"):
            self.as_user("officer", self.own).action_request_supplement("Thiếu giấy chứng sinh")
        self.as_user("counter", self.own).message_post(body="Ghi chú nội bộ")
        self.authenticate("test_citizen", "test_citizen")
        page = self.open("/my/dossiers")
        self.assertIn(self.own.name, page)
        self.assertNotIn(self.other.name, page)
        page = self.open(f"/my/dossiers/{self.own.id}")
        own = self.own.with_context(lang="vi_VN")
        for line in own.deadline_explanation.splitlines():
            self.assertIn(line, page)
        self.assertIn("Thiếu giấy chứng sinh", page)
        self.assertIn("17:00 12/06/2023", page)
        for hidden in ("Ghi chú nội bộ", "030185000123", self.users["officer"].name):
            self.assertNotIn(hidden, page)
        self.open("/my")
        receipt = self.own.slip_ids.filtered(lambda slip: slip.form == "01")
        answer = self.url_open(f"/my/dossiers/{self.own.id}/slip/{receipt.id}")
        self.assertTrue(answer.content.startswith(b"%PDF"))

    def test_nothing_of_others(self):
        slip, theirs = self.own.slip_ids[0], self.other.slip_ids[0]
        self.authenticate("test_neighbour", "test_neighbour")
        self.assertNotIn(self.own.name, self.open("/my/dossiers"))
        for path in ("", f"/slip/{slip.id}"):
            self.open(f"/my/dossiers/{self.own.id}{path}", 404)
        self.authenticate("test_citizen", "test_citizen")
        self.open(f"/my/dossiers/{self.own.id}/slip/{theirs.id}", 404)
        self.open(f"/my/dossiers/{self.other.id}", 404)
        self.authenticate(None, None)
        answer = self.url_open(f"/my/dossiers/{self.own.id}")
        self.assertIn("/web/login", answer.url)

    def test_without_login_a_code_and_a_status(self):
        page = self.open(f"/tra-cuu?code=%20{self.own.name.lower()}")
        self.assertIn(self.own.name, page)
        self.assertIn("Được tiếp nhận", page)
        for hidden in (*PERSONAL, self.own.procedure_id.name, "12/06/2023"):
            self.assertNotIn(hidden, page)
        self.assertIn("Không có hồ sơ nào mang mã này", self.open("/tra-cuu?code=H23"))
        for strange in ("%00", "<script>alert(1)</script>", "%25" * 40, "a" * 5000):
            self.assertNotIn("<script>alert", self.open(f"/tra-cuu?code={strange}"))
        self.open("/tra-cuu")

    def test_who_chooses_the_account(self):
        for group in ("officer", "leader", "statistician"):
            with self.subTest(group=group), self.assertRaises(Exception):  # noqa: B017
                self.as_user(group, self.own).citizen_id = self.neighbour.partner_id
        self.assertEqual(self.own.citizen_id, self.citizen.partner_id)

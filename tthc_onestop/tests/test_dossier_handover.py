import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at

POINTS = 72 / 25.4


@tagged("post_install", "-at_install")
class TestDossierHandover(DossierCase, HttpCase):
    """The sheet that goes with the papers: who gave, who took, when, which."""

    def pages(self, dossiers):
        return [
            " ".join(page.extract_text().split())
            for page in PdfReader(io.BytesIO(dossiers.handover_pdf())).pages
        ]

    def handed_over(self, count=1, **values):
        dossiers = self.model("counter").browse()
        for _ in range(count):
            dossier = self.received(**values)
            with at("2023-06-06", "14:05"):
                dossier.action_process()
            dossiers += dossier
        return dossiers

    def test_what_it_says(self):
        self.users["counter"].name = "Phạm Thị Thu Hương"
        self.users["officer"].name = "Trần Văn Ước"
        with at("2023-06-05"):
            dossier = self.new(applicant_name="Nguyễn Thị Đào")
            dossier.action_hand_in_all()
            dossier.action_receive()
        with at("2023-06-06", "14:05"):
            dossier.action_process()
        dossiers = dossier + self.handed_over(applicant_name="Lê An")
        reader = PdfReader(io.BytesIO(dossiers.handover_pdf()))
        [page] = reader.pages
        self.assertEqual([round(side / POINTS) for side in page.mediabox[2:]], [210, 297])
        [text] = self.pages(dossiers)
        for expected in (
            "UBND XÃ THỬ NGHIỆM",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Thử Nghiệm, ngày 06 tháng 6 năm 2023",
            "PHIẾU BÀN GIAO HỒ SƠ",
            "Người giao: Phạm Thị Thu Hương",
            "Người nhận: Trần Văn Ước",
            "Số hồ sơ bàn giao: 2",
            "14:05",
            "Lê An",
            "– Tờ khai",
            "NGƯỜI GIAO (Ký và ghi rõ họ tên) NGƯỜI NHẬN (Ký và ghi rõ họ tên)",
        ):
            self.assertIn(expected, text)
        for dossier in dossiers:
            self.assertIn(dossier.name, text)
        self.assertEqual(text.count("– Tờ khai"), 1, "what was not handed in is not handed over")
        self.assertNotIn("Giấy tờ tùy thân", text, "what was shown went back with its owner")
        self.assertNotIn("030185000123", text)

    def test_one_list_for_each_day_giver_and_taker(self):
        first, second, third = self.handed_over(3)
        other = self.new_user("test_other_taker", "officer")
        with at("2023-06-06", "15:00"):
            self.as_user("leader", second).action_process(other.id)
        with at("2023-06-07", "08:00"):
            self.as_user("leader", third).action_process(other.id)
        waiting = self.received()  # not handed over: on no list
        self.assertEqual(len(self.pages(first + second + third + waiting)), 3)

    def test_many_and_long(self):
        self.revise(name="Thủ tục có tên rất dài " * 17)
        pages = self.pages(self.handed_over(20, applicant_name="W" * 120))
        self.assertGreater(len(pages), 1)
        self.assertTrue(all("Mã hồ sơ" in page for page in pages[:-1]), "the head is said again")

    def test_nothing_to_print(self):
        with self.assertRaises(UserError):
            self.received().action_print_handover()

    def test_who_may_print_it(self):
        dossier = self.handed_over()
        for group in ("counter", "officer", "statistician", "leader", "auditor"):
            with self.subTest(group):
                action = self.as_user(group, dossier).action_print_handover()
                self.assertEqual(action["url"], f"/tthc/handover?ids={dossier.id}")
        with self.assertRaises(AccessError):
            self.as_user("finance", dossier).action_print_handover()
        for login, expected in (("test_counter", 200), ("test_finance", 403)):
            self.authenticate(login, login)
            with mute_logger("odoo.http"):
                answer = self.url_open(f"/tthc/handover?ids={dossier.id},x")
            self.assertEqual(answer.status_code, expected, login)
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open("/tthc/handover?ids=").status_code, 404)

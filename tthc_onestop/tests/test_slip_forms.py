import io
import re
import time

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..models.dossier_slip import AT_ONCE, DRAWN_AT_ONCE
from .common import DossierCase, at
from .test_slip_pdf import POINTS, copies_of, pages_of, right_edge, tops_of

A5 = [148, 210]
LONG_NAME = ("Nguyễn Phúc Công Tằng Tôn Nữ Thị Hoàng Ngọc Anh " * 3)[:120].strip()
LONG_PROCEDURE = ("Thủ tục xác nhận tình trạng hôn nhân có yếu tố nước ngoài " * 8)[:400].strip()
YEARS = {"2018": "2023", "2025": "2025"}  # a year of each regime
TITLES = {
    ("2018", "reject"): ("03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    ("2018", "request_supplement"): ("02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    ("2018", "extend"): ("04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
    ("2018", "reopen"): ("04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
    ("2018", "stop"): ("03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    ("2018", "control"): ("05", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    ("2018", "receive"): ("01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
    ("2025", "reject"): ("03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    ("2025", "request_supplement"): ("02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    ("2025", "extend"): ("04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ"),
    ("2025", "reopen"): ("04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ"),
    ("2025", "stop"): ("05", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
    ("2025", "control"): ("06", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    ("2025", "receive"): ("01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
}
EDGES = {
    "ordinary": {},
    "long": {"applicant_name": LONG_NAME, "applicant_address": LONG_NAME},
    "unbroken": {"applicant_name": "W" * 120, "applicant_email": "x" * 60 + "@example.vn"},
    "organisation": {
        "applicant_name": "Công ty TNHH Thương mại & Dịch vụ Ánh Dương",
        "applicant_identity": "0800123456",
    },
    "authorised": {
        "authorised_name": LONG_NAME,
        "authorised_identity": "030190000789",
        "authorised_document": "Giấy ủy quyền số 12/2023",
    },
    "extension": {"extended": True},
    "post": {"channel": "post"},
    "25 papers": {
        "document_ids": [
            (0, 0, {"name": f"Giấy tờ số {number} của hồ sơ", "handed_in": True, "originals": 1})
            for number in range(25)
        ]
    },
}


class SlipCase(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tthc_desk_phone = "0220 3747 123"
        cls.users["counter"].name = "Phạm Thị Thu Hương"
        cls.users["leader"].name = "Trần Đức Mạnh"

    def issued(self, name, year, reason="Thiếu giấy chứng sinh", extended=False, **values):
        """The slip that a move issues in a year, "control" being the control slip.

        Everything that was handed in is asked for by a supplement.
        """
        with at(f"{year}-08-07"):
            dossier = self.new(**values)
            if name != "reject":
                dossier.action_receive()
            leader = self.as_user("leader", dossier)
            if extended and name not in ("reject", "extend"):
                leader.action_extend("Chờ xác minh", f"{year}-08-29 10:00:00")
            if name == "reject":
                dossier.action_reject(reason)
            elif name == "request_supplement":
                papers = dossier.document_ids.filtered("handed_in")
                dossier.action_request_supplement(
                    reason, [{"name": paper.name, "why": "Bản mờ"} for paper in papers]
                )
            elif name == "extend":
                leader.action_extend(reason, f"{year}-09-29 10:00:00")
            elif name == "reopen":
                leader.action_settle()
                leader.action_reopen(reason)
            elif name == "stop":
                leader.action_stop(reason)
            elif name == "control":
                leader.action_process(self.users["officer"].id)
                return dossier._issue_control_slips()
        slips = dossier.slip_ids.sorted("id")
        return slips[0] if name == "receive" else slips[-1]


@tagged("post_install", "-at_install")
class TestSlipForms(SlipCase):
    def test_each_slip_in_each_regime_at_each_edge(self):
        for edge, values in EDGES.items():
            self.revise(name=LONG_PROCEDURE if edge == "long" else "Thử")
            for (regime, name), (form, title) in TITLES.items():
                with self.subTest(regime=regime, slip=name, edge=edge):
                    slip = self.issued(name, YEARS[regime], **values)
                    self.check(slip, form, title, edge)

    def check(self, slip, form, title, edge):
        dossier, pdf = slip.dossier_id, slip.attachment_id.raw
        first, *others = copies_of(pdf)
        text = " ".join(first)
        self.assertEqual(slip.form, form)
        for page in PdfReader(io.BytesIO(pdf)).pages:
            self.assertEqual([round(side / POINTS) for side in page.mediabox[2:]], A5)
        self.assertLessEqual(right_edge(pdf), 148 - 10)
        many = edge == "25 papers" and slip.subject in ("receipt", "supplement")
        self.assertEqual(len(first), 2 if many else 1)
        if many:
            self.assertEqual(len(re.findall("Giấy tờ số [0-9]+ của hồ sơ", text)), 25)
        self.assertEqual(len(others), slip.subject == "receipt")
        for other in others:
            self.assertEqual(
                [page.replace("Liên 2: Giao người nộp hồ sơ", "") for page in other],
                [page.replace("Liên 1: Lưu cùng hồ sơ", "") for page in first],
            )
        for expected in (
            f"Mẫu số {form}",
            title,
            "UBND XÃ THỬ NGHIỆM",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            f"Số: {slip._numbered()}",
            f"Thử Nghiệm, ngày 07 tháng 8 năm {slip.year}",
            dossier.applicant_name,
            dossier.procedure_id.name,
        ):
            # a name without a space is broken at the end of a line
            self.assertIn(expected.replace(" ", ""), text.replace(" ", ""))
        for number in ("0800123456", "030190000789"):
            self.assertNotIn(number, text)
        self.assertNotIn("{", text)
        if edge == "authorised" and slip.subject not in ("apology", "reopening", "control"):
            self.assertIn(f"Người nộp hồ sơ theo ủy quyền: {LONG_NAME}; văn bản ủy quyền:", text)
            self.assertIn("Giấy ủy quyền số 12/2023", text)
        if dossier.name:
            self.assertIn(f"Mã hồ sơ: {dossier.name}", text)
        if slip.subject not in ("receipt", "control"):
            self.assertIn("Thiếu giấy chứng sinh", text)

    def test_what_each_letter_says(self):
        for year, name, expected in (
            ("2023", "request_supplement", "Số: {}/HDHS"),
            (
                "2023",
                "request_supplement",
                "Bộ phận Tiếp nhận và Trả kết quả UBND xã Thử Nghiệm, số điện thoại 0220 3747 123 "
                "để được hướng dẫn./. NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Phạm Thị Thu Hương",
            ),
            (
                "2023",
                "reject",
                "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) NGƯỜI TIẾP NHẬN HỒ SƠ",
            ),
            ("2023", "reject", "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do"),
            ("2023", "extend", "Số: {}/PXL"),
            ("2023", "extend", "Kính gửi: Ông/Bà Nguyễn Thị Đào"),
            ("2023", "extend", "hẹn trả kết quả: 17 giờ 00 phút, ngày 14 tháng 8 năm 2023."),
            ("2023", "extend", "trả kết quả vào: 17 giờ 00 phút, ngày 29 tháng 9 năm 2023."),
            ("2023", "extend", "Nơi nhận:- Như trên; - Bộ phận Tiếp nhận và Trả kết quả; - Lưu:"),
            ("2023", "extend", "- Lưu: VT. CHỦ TỊCH (Ký, đóng dấu và ghi rõ họ tên) Trần Đức Mạnh"),
            ("2023", "reopen", "Nay hồ sơ được mở lại để tiếp tục giải quyết."),
            ("2025", "stop", "UBND xã Thử Nghiệm thông báo dừng giải quyết hồ sơ này"),
            ("2025", "stop", "CHỦ TỊCH (Ký, đóng dấu"),
            ("2023", "stop", "NGƯỜI TỪ CHỐI"),
            ("2025", "reject", "Số: {}/TTPVHCC"),
        ):
            with self.subTest(slip=name, year=year):
                slip = self.issued(name, year)
                self.assertIn(
                    expected.format(f"{slip.number:02d}"), pages_of(slip.attachment_id.raw)[0]
                )

    def test_the_recipients_stand_beside_the_signature(self):
        """NĐ 30/2020 Phụ lục I: on the left, from the height of the signer's title."""
        for year, name in (("2023", "extend"), ("2025", "extend"), ("2025", "stop")):
            with self.subTest(slip=name, year=year):
                tops = tops_of(self.issued(name, year).attachment_id.raw)
                self.assertLess(abs(tops["Nơi"] - tops["CHỦ"]) / POINTS, 2)

    def test_a_letter_to_an_organisation(self):
        [text] = pages_of(self.issued("extend", "2023", **EDGES["organisation"]).attachment_id.raw)
        self.assertIn("Kính gửi: Công ty TNHH", text)

    def test_an_officer_is_not_named_under_a_leaders_title(self):
        with at("2025-08-07"):
            dossier = self.new()
            dossier.action_receive()
            self.as_user("officer", dossier).action_stop("Không bổ sung")
        [text] = pages_of(dossier.slip_ids.sorted("id")[-1].attachment_id.raw)
        self.assertIn("CHỦ TỊCH (Ký, đóng dấu và ghi rõ họ tên) Mẫu số 05", text)

    def test_a_long_reason(self):
        reason = "\n".join(f"- Giấy tờ số {n}: {'thiếu chữ ký ' * 8}" for n in range(30))
        pdf = self.issued("request_supplement", "2023", reason).attachment_id.raw
        self.assertIn("Giấy tờ số 29", "".join(pages_of(pdf)))
        self.assertRegex(pages_of(pdf)[-1], "số điện thoại.*NGƯỜI HƯỚNG DẪN")
        self.assertLessEqual(right_edge(pdf), 148 - 10)

    def test_the_same_bytes_again(self):
        for name in ("reject", "request_supplement", "extend", "stop", "control"):
            slip = self.issued(name, "2023")
            first = slip.attachment_id.raw
            self.env.ref("tthc_onestop.slip_wording_2018_refusal").title = "KHÁC"
            self.company.name = f"UBND xã Khác {name}"
            self.env.invalidate_all()
            self.assertEqual(slip.attachment_id.raw, first)
            self.assertEqual(slip.sudo()._draw(), first)

    def test_a_commune_words_its_papers(self):
        wording = self.env.ref("tthc_onestop.slip_wording_2018_apology")
        wording.with_user(self.users["manager"]).closing = "Rất xin lỗi Ông/Bà {khác}./."
        self.company.tthc_signer_title = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
        [text] = pages_of(self.issued("extend", "2023").attachment_id.raw)
        self.assertIn("Rất xin lỗi Ông/Bà {khác}./. Nơi nhận", text)
        self.assertIn("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH (Ký", text)

    def test_a_leader_signs_under_a_title_of_their_own(self):
        """NĐ 30/2020 Đ13: KT. over the title of who may sign, then the own one."""
        self.assertIn(
            "VT. CHỦ TỊCH (Ký", pages_of(self.issued("extend", "2023").attachment_id.raw)[0]
        )
        self.users["leader"].tthc_signer_title = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
        [text] = pages_of(self.issued("extend", "2023").attachment_id.raw)
        self.assertIn(
            "VT. KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Ký, đóng dấu và ghi rõ họ tên) Trần Đức Mạnh", text
        )
        # of what an officer prepares for a leader's signature nobody knows yet who signs
        self.users["officer"].tthc_signer_title = "CÔNG CHỨC"
        with at("2025-08-07"):
            dossier = self.new()
            dossier.action_receive()
            self.as_user("officer", dossier).action_stop("Không bổ sung")
        [text] = pages_of(dossier.slip_ids.sorted("id")[-1].attachment_id.raw)
        self.assertIn("CHỦ TỊCH (Ký, đóng dấu", text)
        self.assertNotIn("CÔNG CHỨC", text)

    def test_copies_are_a_matter_of_wording(self):
        wording = self.env.ref("tthc_onestop.slip_wording_2018_receipt")
        wording.copies = False
        [pages] = copies_of(self.issued("receive", "2023").attachment_id.raw)
        self.assertNotIn("Liên", pages[0])
        wording.copies = "Liên 1: Một\nLiên 2: Hai\nLiên 3: Ba"
        copies = copies_of(self.issued("receive", "2023", **EDGES["25 papers"]).attachment_id.raw)
        self.assertEqual([len(copy) for copy in copies], [2, 2, 2])
        self.assertRegex(copies[2][1], r" 2 H23\S+Liên 3: Ba$", "each is counted by itself")

    def test_a_new_regime_begins_with_the_wording_of_the_latest(self):
        regimes = self.env["tthc.regime"].with_user(self.users["manager"])
        regime = regimes.create(
            {"code": "2030", "name": "Mới", "date_from": "2030-01-01", "desk_name": "Một cửa"}
        )
        before = self.env.ref("tthc_onestop.regime_2025").wording_ids
        self.assertEqual(regime.wording_ids.mapped("title"), before.mapped("title"))
        self.assertEqual(len(regime.wording_ids), 10)

    def test_a_slip_from_before_its_content_was_kept(self):
        slip = self.issued("stop", "2023")
        slip.sudo().content = False
        self.env.invalidate_all()
        self.assertFalse(slip.attachment_id)
        with self.assertRaisesRegex(UserError, "03: .* cannot be printed"):
            slip.action_print()

    def test_numbers_of_each_form_run_by_themselves(self):
        numbers = {}
        for name in ("reject", "stop", "reject", "request_supplement", "extend", "reopen"):
            slip = self.issued(name, "2023")
            numbers.setdefault(slip.form, []).append(slip.number)
        for form, found in numbers.items():
            self.assertEqual(found, list(range(found[0], found[0] + len(found))), form)


@tagged("post_install", "-at_install")
class TestControlSlip(SlipCase):
    def test_it_follows_the_dossier(self):
        slip = self.issued("control", "2023")
        [text] = pages_of(slip.attachment_id.raw)
        for expected in (
            "Kèm theo hồ sơ của: Nguyễn Thị Đào",
            "Hẹn trả: 17 giờ 00 phút, ngày 14 tháng 8 năm 2023",
            "1. Giao: Bộ phận Tiếp nhận và Trả kết quả 2. Nhận: Công chức chuyên môn",
            "Người giao Phạm Thị Thu Hương",
            "Trước hạn",
            "1. Giao: ……",
        ):
            self.assertIn(expected, text)

    def test_again_is_a_new_one(self):
        slip = self.issued("control", "2023")
        dossier, first = slip.dossier_id, slip.attachment_id.raw
        events = len(dossier.event_ids)
        with at("2023-08-15"):
            self.as_user("leader", dossier).action_settle()
            again = self.as_user("counter", dossier)._issue_control_slips()
        self.assertEqual(again.number, slip.number + 1)
        text = " ".join(pages_of(again.attachment_id.raw))
        self.assertIn("Quá hạn", text)
        self.assertNotIn("1. Giao: ……", text)
        self.assertEqual(slip.attachment_id.raw, first)
        self.assertEqual(len(dossier.event_ids), events + 1, "settled; a control slip is no event")
        self.assertEqual(self.env["tthc.dossier"].verify_ledger(dossier.ids), [])

    def test_who_issues_it(self):
        dossier = self.received()
        other = self.new_user("test_other_sector", "officer")
        for group in ("counter", "officer", "leader"):
            self.assertTrue(self.as_user(group, dossier).action_issue_control_slip()["url"])
        for group in ("statistician", "finance", "auditor", "communication", "manager"):
            with self.subTest(group=group), self.assertRaises(AccessError):
                self.as_user(group, dossier).action_issue_control_slip()
        with self.assertRaises(AccessError):
            dossier.with_user(other).action_issue_control_slip()

    def test_not_before_reception(self):
        dossier = self.new()
        with self.assertRaises(UserError):
            dossier.action_issue_control_slip()

    def test_a_long_way_through_many_hands(self):
        dossier = self.received("2023-08-07")
        second = self.new_user("test_second", "officer")
        second.tthc_sector_ids = self.civil
        for turn in range(12):
            taker = second if turn % 2 else self.users["officer"]
            with at("2023-08-08", f"{8 + turn // 2:02d}:{30 * (turn % 2):02d}"):
                self.as_user("leader", dossier).action_process(taker.id)
        slip = self.as_user("counter", dossier)._issue_control_slips()
        pdf = slip.attachment_id.raw
        self.assertEqual("".join(pages_of(pdf)).count("1. Giao:"), 13)
        self.assertLessEqual(right_edge(pdf), 148 - 10)


@tagged("post_install", "-at_install")
class TestManySlips(SlipCase, HttpCase):
    def test_few_are_opened_at_once_and_many_with_progress(self):
        slips = self.received().slip_ids
        for _ in range(DRAWN_AT_ONCE):
            slips += self.received().slip_ids
        desk = slips.with_user(self.users["counter"])
        few = desk[:2].action_print()
        self.assertEqual(few["url"], f"/tthc/slips?ids={slips[0].id},{slips[1].id}")
        many = desk.action_print()
        self.assertEqual((many["type"], many["tag"]), ("ir.actions.client", "tthc_print_slips"))
        self.assertEqual(many["params"], {"ids": slips.ids, "at_once": DRAWN_AT_ONCE})
        self.assertEqual(desk[:DRAWN_AT_ONCE].draw(), DRAWN_AT_ONCE)
        self.authenticate("test_counter", "test_counter")
        file = self.url_open(f"/tthc/slips?ids={','.join(map(str, slips.ids))}")
        self.assertEqual(len(PdfReader(io.BytesIO(file.content)).pages), 2 * len(slips))
        with self.assertRaises(AccessError):
            slips.with_user(self.users["finance"]).draw()

    def test_two_hundred_take_less_than_a_minute(self):
        """In processor time, a tenth of them: the clock says how busy the machine is."""
        slips = self.received().slip_ids
        slips.draw()  # loads the engine and its fonts
        with at("2023-08-07"):
            values = {
                "procedure_id": self.procedures["days"].id,
                "applicant_name": "Lê An",
                "company_id": self.company.id,
            }
            many = self.model("counter").create_received([values] * 20).slip_ids
        start = time.process_time()
        self.assertEqual(many.draw(), 20)
        self.assertLess(time.process_time() - start, 60 / 10)

    def test_not_too_many(self):
        slips = self.received().slip_ids
        too_many = slips.browse(slips.ids * (AT_ONCE + 1))
        with self.assertRaisesRegex(UserError, str(AT_ONCE)):
            too_many.action_print()

import hashlib
import io
import re
import subprocess
from datetime import datetime
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import SQL, groupby, mute_logger

from ..models.dossier_slip_pdf import TthcDossierSlip
from ..render.pdf import html_to_pdf, qr_png
from .common import DossierCase, at

POINTS = 72 / 25.4  # in a millimetre
COPY = r"Liên \d:"  # in the margin of each page


def copies_of(pdf):
    """The text of each page of each copy, with single spaces."""
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    return [copy for _name, copy in groupby(pages, lambda text: "".join(re.findall(COPY, text)))]


def pages_of(pdf):
    """The text of each page of the first copy."""
    return copies_of(pdf)[0]


def right_edge(pdf):
    """Where the rightmost word of any page ends, in mm."""
    return max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', _boxes(pdf))) / POINTS


def tops_of(pdf):
    """How far below the top of its page each word is, in points; of one that comes again, last."""
    return {
        word: float(top) for top, word in re.findall(r'yMin="([\d.]+)".*>(\S+)</word>', _boxes(pdf))
    }


def _boxes(pdf):
    return subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


@tagged("post_install", "-at_install")
class TestPdf(BaseCase):
    moment = datetime(2023, 10, 27, 2, 32)

    def test_nothing_outside_is_fetched(self):
        for url in (
            "http://127.0.0.1:1/a.png",
            "https://example.vn/a.png",
            "file:///etc/passwd",
            "ftp://example.vn/a.png",
        ):
            for html in (
                f'<img src="{url}">',
                f'<link rel="stylesheet" href="{url}">',
                f"<style>@import '{url}'; </style>",
                f"<p style=\"background: url('{url}')\">a</p>",
            ):
                with self.subTest(html=html), self.assertRaisesRegex(ValueError, "outside"):
                    html_to_pdf(html, self.moment)

    def test_the_moment_is_the_one_given(self):
        pdf = html_to_pdf("<p>Tiếng Việt", self.moment)
        self.assertEqual(PdfReader(io.BytesIO(pdf)).metadata["/CreationDate"], "D:20231027023200Z")
        self.assertEqual(pdf, html_to_pdf("<p>Tiếng Việt", self.moment))
        self.assertNotEqual(pdf, html_to_pdf("<p>Tiếng Việt", datetime(2023, 10, 27, 2, 33)))


@tagged("post_install", "-at_install")
class TestSlip01(DossierCase):
    def slip(self, papers=(), **values):
        values.setdefault(
            "document_ids", [(0, 0, {"handed_in": True, **paper}) for paper in papers]
        )
        values.setdefault("day", "2023-02-06")
        values.setdefault("hour", "09:05")
        return self.received(**values).slip_ids

    def draw(self):
        """Let the scheduler draw."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_draw_slips").method_direct_trigger()
        self.env.invalidate_all()

    def pdf(self, **values):
        return self.slip(**values).attachment_id.raw

    def test_an_ordinary_slip(self):
        self.users["counter"].name = "Phạm Thị Thu Hương"
        slip = self.slip(
            papers=[
                {"name": "Tờ khai đăng ký", "originals": 1},
                {"name": "Giấy chứng sinh", "copies": 12, "note": "Bản dịch"},
                {"name": "Căn cước công dân", "kind": "show"},
                {"name": "Giấy ủy quyền", "originals": 1, "handed_in": False},
            ],
            applicant_address="Thôn Trạch Lộ, xã Bình Lãng",
            applicant_phone="0912345678",
        )
        slip.sudo().write({"number": 5, "year": 2022})  # a number below 10 that no other test takes
        reader = PdfReader(io.BytesIO(slip.attachment_id.raw))
        page, _second_copy = reader.pages
        self.assertEqual([round(side / POINTS) for side in page.mediabox[2:]], [148, 210])
        self.assertIn(slip.dossier_id.name, reader.metadata["/Title"])
        [text] = pages_of(slip.attachment_id.raw)
        for expected in (
            "Mẫu số 01",
            "UBND XÃ THỬ NGHIỆM",
            "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 05/BPTNTKQ",
            "Thử Nghiệm, ngày 06 tháng 02 năm 2023",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            f"Mã hồ sơ: {slip.dossier_id.name} ",
            "Tiếp nhận hồ sơ của: Nguyễn Thị Đào",
            "Địa chỉ: Thôn Trạch Lộ, xã Bình Lãng",
            "Số điện thoại: 0912345678",
            "Email: …",
            "Nội dung yêu cầu giải quyết: Thủ tục thử days",
            "TT Thành phần hồ sơ Bản chính",
            "1 Tờ khai đăng ký 01 –",
            "2 Giấy chứng sinh. Bản dịch – 12",
            "3 Căn cước công dân (xuất trình) – –",
            "2. Số lượng hồ sơ: 01 (bộ)",
            "theo quy định là: 05 ngày làm việc",
            "4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 06 tháng 02 năm 2023",
            "hồ sơ: 17 giờ 00 phút, ngày 13 tháng 02 năm 2023",
            "6. Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả UBND xã Thử Nghiệm",
            "Vào Sổ theo dõi hồ sơ, Quyển số: 01/2022, Số thứ tự: 05",
            "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên)",
            "Phạm Thị Thu Hương",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("Giấy ủy quyền", text)
        self.assertNotIn("030185000123", text)

    def test_one_family_of_letters(self):
        """A font without all Vietnamese letters borrows the others, and it looks like a forgery."""
        page = PdfReader(io.BytesIO(self.pdf())).pages[0]
        names = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
        families = {re.sub(r"^/\w+\+|-(Bold|Italic)", "", name) for name in names}
        self.assertEqual(len(families), 1, families)

    def test_the_qr_code_says_the_dossier_code_alone(self):
        with patch(f"{TthcDossierSlip.__module__}.qr_png", wraps=qr_png) as drawn:
            slip = self.slip()
            self.assertTrue(slip.attachment_id)
        drawn.assert_called_once_with(slip.dossier_id.name)

    def test_dates_as_they_are_written(self):
        for day, written in (
            ("2023-06-05", "ngày 05 tháng 6 năm 2023"),
            ("2023-01-30", "ngày 30 tháng 01 năm 2023"),
            ("2023-11-10", "ngày 10 tháng 11 năm 2023"),
        ):
            self.assertIn(f"Thử Nghiệm, {written}", pages_of(self.pdf(day=day))[0])

    def test_terms(self):
        for procedure, term, due in (
            ("calendar", "15 ngày 4.", "ngày 21 tháng 02 năm 2023"),
            ("hours", "12 giờ làm việc 4.", "ngày 07 tháng 02 năm 2023"),
            ("open", "không có thời hạn cố định 4.", "cơ quan thông báo khi có kết quả"),
        ):
            [text] = pages_of(self.pdf(procedure=procedure))
            self.assertIn(f"theo quy định là: {term}", text)
            self.assertRegex(text, f"5. Thời gian trả kết quả giải quyết hồ sơ: .*{due} 6.")
        self.revise(duration=0.5)
        self.assertIn("quy định là: 0,5 ngày làm việc", pages_of(self.pdf())[0])
        # a published wording stands in for a number, unless nobody has verified it
        self.revise("open", duration_text="Trả lời ngay")
        self.assertIn("quy định là: Trả lời ngay", pages_of(self.pdf(procedure="open"))[0])
        self.revise("open", unverified_fields="code,duration")
        self.assertIn("quy định là: không có", pages_of(self.pdf(procedure="open"))[0])

    def test_the_sets_of_papers_asked_for(self):
        self.revise(sets=2)
        self.assertIn("2. Số lượng hồ sơ: 02 (bộ)", pages_of(self.pdf())[0])

    def test_the_fees(self):
        """Each by its name; without one there is no line for it."""
        self.assertNotIn("lệ phí", pages_of(self.pdf())[0])
        charges = (("Phí chứng thực", 12_500), ("Lệ phí đăng ký", 0))
        self.revise(fee_ids=[(0, 0, {"name": name, "amount": each}) for name, each in charges])
        self.assertIn(
            "Phí, lệ phí: Phí chứng thực: 12.500 đồng; Lệ phí đăng ký: không phải nộp. Vào Sổ",
            pages_of(self.pdf())[0],
        )

    def test_the_due_date_in_short(self):
        """What was left out: the days off by name, those of the week by number."""
        for day, procedure, expected in (
            ("2023-02-06", "days", "Không tính: 02 ngày nghỉ hằng tuần. 6."),
            (
                "2023-04-27",
                "days",
                "Không tính: 29/4 Giỗ Tổ Hùng Vương (10/3 âm lịch); 30/4 Ngày Chiến thắng; "
                "01/5 Ngày Quốc tế lao động; 02/5–03/5 Nghỉ bù Giỗ Tổ Hùng Vương, Ngày Chiến "
                "thắng; 02 ngày nghỉ hằng tuần. 6.",
            ),
            ("2023-08-31", "days", "Không tính: 01/9 Quốc khánh (ngày liền kề); 02/9 Quốc khánh"),
            ("2023-01-18", "days", "Không tính: 20/01–26/01 Tết Nguyên đán Quý Mão; 02 ngày"),
            ("2023-04-15", "calendar", "Không tính: ngày cuối 30/4 là ngày nghỉ. 6."),
        ):
            with self.subTest(day=day):
                pages = pages_of(self.pdf(day=day, procedure=procedure))
                self.assertIn(expected, pages[0])
                self.assertEqual(len(pages), 1)
        for day, procedure in (("2023-02-06", "open"), ("2023-02-06", "hours")):
            self.assertNotIn("Không tính", pages_of(self.pdf(day=day, procedure=procedure))[0])

    def test_a_slip_from_before_it_said_so(self):
        slip = self.slip()
        slip.sudo().content = {
            key: value for key, value in slip.content.items() if key != "not_counted"
        }
        self.assertNotIn("Không tính", pages_of(slip.attachment_id.raw)[0])

    def test_an_organisation(self):
        [text] = pages_of(
            self.pdf(
                applicant_name="Công ty TNHH Thương mại & Dịch vụ Ánh Dương",
                applicant_identity="0800123456",
            )
        )
        self.assertIn("Tiếp nhận hồ sơ của: Công ty TNHH Thương mại & Dịch vụ Ánh Dương", text)
        self.assertNotIn("0800123456", text)

    def test_markup_in_what_people_type(self):
        name = "<b onclick=x>Đào</b> <img src='//a.vn/b'> {{ 1 }} & <script>"
        self.revise(name="<style>p { display: none }</style>")
        [text] = pages_of(self.pdf(applicant_name=name, papers=[{"name": "<table>"}]))
        self.assertIn(f"Tiếp nhận hồ sơ của: {name}", text)
        self.assertIn("giải quyết: <style>p { display: none }</style>", text)
        self.assertIn("1 <table> – –", text)

    def test_long_values_stay_on_the_page(self):
        long = "Nguyễn Phúc Công Tằng Tôn Nữ Thị Hoàng Ngọc Anh " * 9
        for name, request in ((long[:120], long[:400]), ("W" * 120, "Ư" * 400)):
            self.revise(name=request)
            self.users["counter"].name = name
            pdf = self.pdf(
                applicant_name=name,
                applicant_address=name,
                applicant_email="x" * 64 + "@" + "y" * 60 + ".vn",
                papers=[{"name": request, "note": name}],
            )
            with self.subTest(name=name):
                text = "".join(pages_of(pdf)).replace(" ", "")
                self.assertIn(request.replace(" ", ""), text)
                self.assertGreaterEqual(text.count(name.replace(" ", "")), 4)
                self.assertLessEqual(right_edge(pdf), 148 - 10)
                self.assertLessEqual(len(pages_of(pdf)), 2)

    def test_many_papers(self):
        name = "Giấy tờ của hồ sơ, bản kê khai có xác nhận của cơ quan có thẩm quyền nơi cư trú"
        slip = self.slip(papers=[{"name": f"{name} {n}", "originals": 1} for n in range(25)])
        first, second = pages_of(slip.attachment_id.raw)
        self.assertNotIn("2. Số lượng hồ sơ", first)
        # the page number and the code stand in the margin, which is drawn last
        # and the label of the copy after it
        self.assertRegex(second, rf" 2 {slip.dossier_id.name}Liên 1[^0-9]*$")
        self.assertNotRegex(first, r" 1 *Liên 1[^0-9]*$")
        self.assertIn("TT Thành phần hồ sơ Bản chính", second)  # said again
        self.assertIn(f"{name} 24", second)
        self.assertEqual("".join((first, second)).count(name), 25)

    def test_signatures_never_stand_alone(self):
        for count in range(0, 26):
            *_, last = pages_of(self.pdf(papers=[{"name": f"Giấy tờ {n}"} for n in range(count)]))
            self.assertRegex(last, "5. Thời gian trả kết quả.*NGƯỜI NỘP HỒ SƠ")
        self.assertIn("Không có giấy tờ nộp kèm", pages_of(self.pdf())[0])

    def test_it_is_drawn_once(self):
        slip = self.slip()
        attachments = self.env["ir.attachment"].search([("res_model", "=", slip._name)])
        self.assertFalse(attachments.filtered(lambda file: file.res_id == slip.id))
        first = slip.with_user(self.users["auditor"]).attachment_id
        self.assertEqual(first.name, f"{slip.dossier_id.name}-mau-01.pdf")
        pdf = first.sudo().raw
        self.assertEqual(slip.sudo()._draw(), pdf)
        with at("2023-02-10"):
            dossier = self.as_user("counter", slip.dossier_id)
            dossier.write({"applicant_phone": "0987654321"})
            self.as_user("leader", slip.dossier_id).action_extend(
                "Chờ xác minh", "2023-03-01 10:00"
            )
        self.env.invalidate_all()
        self.assertEqual(slip.attachment_id, first)
        self.assertEqual(slip.attachment_id.raw, pdf)

    @mute_logger("odoo.addons.tthc_onestop.models.dossier_slip_pdf")
    def test_it_is_drawn_without_being_asked(self):
        """By the scheduler, the same for all; what is edited afterwards changes nothing."""
        slip, printed, broken = self.slip(), self.slip(), self.slip()
        by_hand = printed.with_user(self.users["counter"]).attachment_id
        broken.sudo().subject = False  # no template draws it
        self.draw()
        self.assertFalse(broken.sha256)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", slip._name), ("res_id", "in", (slip + printed).ids)]
        )
        self.assertEqual(files, slip.attachment_id + by_hand, "each once")
        pdf = slip.attachment_id.raw
        self.assertEqual(slip.sha256, hashlib.sha256(pdf).hexdigest())
        self.env.ref("tthc_onestop.slip_receipt").arch = "<t t-name='x'><p>Khác</p></t>"
        self.env.ref("tthc_onestop.slip_wording_2018_receipt").write(
            {"title": "KHÁC", "signer": "KHÁC", "note": "Khác"}
        )
        self.env.invalidate_all()
        self.draw()
        self.assertEqual(slip.with_user(self.users["auditor"]).attachment_id.raw, pdf)
        self.assertEqual(slip.verify_pdfs(slip.ids), [])

    def test_the_undrawn_are_found_by_an_index(self):
        self.env.flush_all()
        # of a table as small as this other plans cost as little
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        query = SQL("EXPLAIN SELECT id %s ORDER BY id DESC LIMIT 10", self.slip()._undrawn(7))
        plan = "\n".join(row[0] for row in self.env.execute_query(query))
        self.assertIn("Scan Backward using tthc_dossier_slip_undrawn_idx", plan)
        self.assertNotIn("Sort", plan)

    def test_one_drawn_before_its_digest_was_kept(self):
        slip = self.slip()
        pdf = slip.attachment_id.raw
        slip.sudo().sha256 = False
        self.draw()
        self.assertEqual(slip.attachment_id.raw, pdf)
        self.assertEqual(slip.sha256, hashlib.sha256(pdf).hexdigest())

    def test_a_changed_copy_is_found(self):
        """Whoever the user is the copy stays; behind the application's back it shows."""
        slip = self.slip()
        file = slip.attachment_id.sudo()
        for name, change in (
            ("written", lambda: file.write({"raw": b"%PDF-1.4 khac"})),
            ("deleted", lambda: file.unlink()),
            ("moved", lambda: file.write({"res_id": slip.id - 1})),
        ):
            with self.subTest(name), self.assertRaises(UserError):  # which undoes it
                change()
        self.env.flush_all()
        self.assertEqual(self.model("auditor", slip._name).verify_pdfs(slip.ids), [])
        other = self.env["ir.attachment"].create({"name": "x", "raw": b"%PDF-1.4 khac"})
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET store_fname = %s, db_datas = %s WHERE id = %s",
                other.store_fname or None,
                other.db_datas or None,
                file.id,
            )
        )
        self.env.invalidate_all()
        [found] = self.model("auditor", slip._name).verify_pdfs(slip.ids)
        self.assertEqual((found["slip_id"], found["problem"]), (slip.id, "changed"))
        self.env.cr.execute(SQL("DELETE FROM ir_attachment WHERE id = %s", file.id))
        self.env.invalidate_all()
        [found] = slip.verify_pdfs(slip.ids)
        self.assertEqual(found["problem"], "missing")

    def test_the_date_is_the_one_promised(self):
        """Printed for the first time after an extension, it still says what was agreed."""
        slip = self.slip()
        with at("2023-02-10"):
            self.as_user("leader", slip.dossier_id).action_extend(
                "Chờ xác minh", "2023-03-01 10:00"
            )
        self.assertIn("17 giờ 00 phút, ngày 13 tháng 02", pages_of(slip.attachment_id.raw)[0])
        extension = slip.dossier_id.slip_ids - slip
        self.assertEqual(extension.form, "04")
        self.assertIn("17 giờ 00 phút, ngày 01 tháng 3", pages_of(extension.attachment_id.raw)[0])

    def test_it_says_what_was_known_at_reception(self):
        """Whatever is changed before it is printed for the first time."""
        slip = self.slip(papers=[{"name": "Tờ khai"}, {"name": "Ảnh", "handed_in": False}])
        before = slip._draw()
        desk = self.as_user("counter", slip.dossier_id)
        with at("2023-02-07"):
            desk.action_request_supplement("Thiếu ảnh")
        desk.document_ids.handed_in = True
        desk.applicant_phone = "0999999999"
        self.revise(name="Tên mới", duration=30)
        self.company.name = "UBND phường Mới"
        self.assertEqual(slip._draw(), before)

    def test_a_batch_is_found_at_once(self):
        slips = self.slip() + self.slip() + self.slip()
        drawn = slips.attachment_id
        self.assertEqual(len(drawn), 3)
        self.env.invalidate_all()
        slips.mapped("form")
        with self.assertQueryCount(1):
            self.assertEqual([slip.attachment_id for slip in slips], list(drawn))

    def test_a_later_regime(self):
        [text] = pages_of(self.pdf(day="2026-03-02"))
        self.assertIn("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", text)
        self.assertRegex(text, r"Số: \d\d+/TTPVHCC")

    def test_printing(self):
        slip = self.slip()
        action = self.as_user("counter", slip.dossier_id).action_print_receipt()
        self.assertEqual(action["url"], f"/web/content/{slip.attachment_id.id}")
        self.assertEqual((action["type"], action["target"]), ("ir.actions.act_url", "new"))

    def test_who_reads_it(self):
        slip = self.slip()
        file = slip.attachment_id
        other = self.new_user("test_other_sector", "officer")
        for group in ("counter", "officer", "statistician", "leader", "auditor"):
            with self.subTest(group=group):
                own = slip.with_user(self.users[group])
                self.assertTrue(own.attachment_id.raw.startswith(b"%PDF"))
                self.assertTrue(own.action_print())
                with self.assertRaises(AccessError):
                    own.attachment_id.write({"raw": b"forged"})
                with self.assertRaises(AccessError):
                    own.attachment_id.unlink()
        for user in (*(self.users[group] for group in ("finance", "communication")), other):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    slip.with_user(user).read(["attachment_id"])
                with self.assertRaises(AccessError):
                    slip.with_user(user).action_print()
                with self.assertRaises(AccessError):
                    file.with_user(user).read(["raw"])

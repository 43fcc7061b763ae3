import hashlib
import io
from datetime import date

from docx import Document
from docx.shared import Pt
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tthc_onestop.tests.common import GROUPS, at

from ..render import docx
from .test_report_seal import QUARTER, SealCase

WRITTEN = {"statistician", "leader", "auditor"}


class TextCase(SealCase):
    def setUp(self):
        super().setUp()
        self.company.tthc_parent_name = "UBND huyện Tứ Kỳ"

    def composed(self, day="2023-06-15"):
        self.collect(self.quarter, day)
        with at(day):
            self.quarter.action_compose_text()
        return self.quarter.text_ids

    def part(self, text, key):
        outline = self.env.ref(f"tthc_reporting.outline_{key}")
        return text.section_ids.filtered(lambda each: each.outline_id == outline)

    def words(self, content):
        """All that a Word document says, in its tables too."""
        document = Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in document.paragraphs), *cells])


@tagged("post_install", "-at_install")
class TestReportText(TextCase):
    def test_composed_with_the_figures(self):
        text = self.composed()
        preview = str(text.preview)
        self.assertIn("trong kỳ: 3 hồ sơ (kỳ trước không có số liệu;", preview)
        self.assertIn("Tỷ lệ giải quyết trước hạn và đúng hạn: 100%", preview)
        self.assertIn("Nguyên nhân của 1 hồ sơ quá hạn", preview)
        self.assertRegex(preview, "TTHC thuộc thẩm quyền giải quyết của xã đến cuối kỳ: [1-9]")
        self.assertIn("Tổng số phản ánh, kiến nghị: 0 (", preview)
        self.assertIn("đã số hóa 0 trên 3 hồ sơ", preview)
        self.assertIn("<table", preview)
        self.assertNotIn("{", preview)
        self.assertEqual(text.recipients, "UBND huyện Tứ Kỳ\nLưu: VT.")
        self.assertIn("một cửa liên thông quý II năm 2023", text.subject)

    def test_figures_are_linked_until_they_are_sealed(self):
        text = self.composed()
        self.assertIn("3 hồ sơ", text.preview)
        with at("2023-06-13"):
            self.new().action_receive()
        self.collect(self.quarter)
        self.assertIn("trong kỳ: 4 hồ sơ", text.preview)
        self.seal(self.quarter)
        self.part(text, "settlement").invalidate_recordset()
        self.assertIn("trong kỳ: 4 hồ sơ", text.preview)

    def test_compared_with_the_period_before_and_a_year_ago(self):
        self.received("2022-05-04", procedure="open")  # pending all along, carried over
        text = self.composed()
        preview = str(text.preview)
        self.assertIn(
            "trong kỳ: 4 hồ sơ (tăng 3 (300%) so với kỳ trước; "
            "tăng 3 (300%) so với cùng kỳ năm trước)",
            preview,
        )

    def test_what_was_sealed_before_is_what_is_compared_with(self):
        self.seal(self.quarter)
        after = self.model("statistician", "tthc.report.period").create(QUARTER | {"quarter": 3})
        with at("2023-09-15"):
            self.new(channel="post", handed_over_at="2023-06-12 02:00:00").action_receive()
            after.action_collect()
            after.action_compose_text()
        self.assertIn("kỳ trước 0;", str(after.text_ids.preview))
        self.part(after.text_ids, "electronic").body = "Kỳ trước {II.06a:3:before}."
        self.assertIn("Kỳ trước 3.", str(after.text_ids.preview))

    def test_what_the_specialists_handed_in(self):
        self.collect(self.quarter)
        self.quarter.action_prepare_hand_ins()
        hand_in = self.model("officer", "tthc.report.hand.in").search([])
        hand_in.sudo().sector_ids |= self.civil.copy({"name": "Không có hồ sơ", "code": "KCHS"})
        hand_in.write({"results": "Đã tập huấn {x}.\nHai lớp.", "proposals": "Thêm máy quét"})
        text = self.composed()
        self.assertFalse(self.part(text, "one_stop").body, "not handed in yet")
        self.part(text, "iv").body = "Ý kiến của thống kê"
        hand_in.line_ids.cause_id = self.env.ref("tthc_reporting.cause_staff")
        with at("2023-06-15"):
            hand_in.action_submit()
        text.section_ids.filtered(lambda each: each.name == "Công tác kiểm tra").unlink()
        self.composed()
        name = self.users["officer"].name
        self.assertEqual(
            self.part(text, "one_stop").body,
            f"- Hộ tịch (thử) ({name}): Đã tập huấn (x).\nHai lớp.",
        )
        self.assertEqual(self.part(text, "iv").body, "Ý kiến của thống kê")
        self.assertEqual(len(self.part(text, "inspection")), 1, "missing parts come back")
        self.assertIn("do biên chế, năng lực 1;", str(text.preview))

    def test_wrong_braces_are_refused_and_shown(self):
        text = self.composed()
        part = self.part(text, "other")
        with self.assertRaisesRegex(ValidationError, r"\{II.06a:99\}.*Nội dung khác"):
            part.body = "Có {II.06a:99}"
        with self.assertRaisesRegex(ValidationError, "is no figure"):
            self.env["tthc.report.outline"].create({"name": "x", "body": "{rate:x}"})
        unsaved = part.new({"name": "Mới", "body": "Có {y}", "text_id": text.id})
        self.assertIn("is no figure", str(unsaved.preview))

    def test_the_preview_follows_while_it_is_written(self):
        text = self.composed()
        with Form(text) as form:
            with form.section_ids.new() as part:
                part.name = "Mới"
                self.assertFalse(part.preview)
                part.body = "Có {II.06a:3}."
                self.assertIn("Có 3.", part.preview)
            self.assertIn("Có 3.", form.preview)
        self.assertFalse(text.section_ids.new({"name": "x", "body": "{II.06a:3}"}).preview)

    def test_no_markup_gets_through(self):
        text = self.composed()
        part = self.part(text, "other")
        part.write(
            {"name": "<script>x</script>", "body": "<img src=x onerror=alert(1)> & {II.06a:3}"}
        )
        for shown in (part.preview, text.preview):
            self.assertNotIn("<script", str(shown))
            self.assertNotIn("<img", str(shown))
            self.assertIn("&lt;img src=x onerror=alert(1)&gt; &amp; 3", str(shown))
        self.assertIn("<img src=x onerror=alert(1)> & 3", self.words(text.docx()))

    def test_changed_text_is_approved_again(self):
        text = self.composed()
        for change in (
            lambda: self.part(text, "other").write({"body": "x"}),
            lambda: text.write({"subject": "Khác"}),
            lambda: text.section_ids.create({"text_id": text.id, "name": "Thêm"}),
        ):
            self.quarter.action_ask_approval()
            self.quarter.with_user(self.users["leader"]).action_approve()
            self.quarter.action_compose_text()
            self.assertEqual(self.quarter.approval, "approved", "nothing was to be filled in")
            change()
            self.assertEqual(self.quarter.approval, "none")

        self.quarter.action_ask_approval()
        self.part(text, "plan").unlink()
        self.assertEqual(self.quarter.approval, "none")

    def test_who_may(self):
        text = self.composed()
        for group in GROUPS:
            mine, period = (each.with_user(self.users[group]) for each in (text, self.quarter))
            with self.subTest(group):
                if group in WRITTEN:
                    self.assertIn("3 hồ sơ", mine.preview)
                    self.assertEqual(period.action_open_text()["res_id"], text.id)
                else:
                    with self.assertRaises(AccessError):
                        mine.read(["preview"])
                    with self.assertRaises(AccessError):
                        period.action_open_text()
                if group != "statistician":
                    with self.assertRaises(AccessError):
                        period.action_compose_text()
        other = self.quarter.create(QUARTER | {"quarter": 1})
        with self.assertRaisesRegex(UserError, "not written yet"):
            other.with_user(self.users["leader"]).action_open_text()

    def test_sealed_with_the_figures(self):
        text = self.composed()
        self.quarter.action_ask_approval()
        self.quarter.with_user(self.users["leader"]).action_approve()
        self.assertEqual(text._pages()["signed_by"], self.users["leader"].name)
        seal = self.seal_now()
        kept = seal.content["text"]
        self.assertEqual(kept["docx_digest"], hashlib.sha256(text.docx()).hexdigest())
        self.assertIn("Tổng số hồ sơ tiếp nhận, giải quyết trong kỳ: 3 hồ sơ", str(kept["blocks"]))
        before = text.docx(), text.pdf(), str(text.preview)
        self.assertEqual(docx.document(kept, seal.sealed_at), before[0])
        for refused in (
            lambda: text.write({"subject": "Khác"}),
            lambda: self.part(text, "other").write({"body": "x"}),
            lambda: self.part(text, "other").unlink(),
            lambda: text.section_ids.create({"text_id": text.id, "name": "Thêm"}),
            lambda: self.quarter.action_compose_text(),
        ):
            with self.assertRaisesRegex(UserError, "is sealed"):
                refused()
        self.company.name = "UBND xã Tên Khác"
        self.users["leader"].name = "Khác"
        self.env.ref("tthc_reporting.outline_settlement").body = "Khác"
        with at("2023-06-20"):
            self.as_user("leader", self.settled).action_reopen("Sai sót")
            self.env.invalidate_all()
            self.assertEqual((text.docx(), text.pdf(), str(text.preview)), before)
        self.assertEqual(self.model("auditor", "tthc.report.seal").verify_chain(), [])

    def test_a_replacement_says_the_new_figures(self):
        text = self.composed()
        self.part(text, "other").body = "Đã giải quyết {II.06a:7}, đang giải quyết {II.06a:11}."
        first = self.seal_now()
        self.assertIn("Đã giải quyết 1, đang giải quyết 2.", str(first.content["text"]))
        self.env.ref("tthc_reporting.form_ii_06a").stopped_as = "settled"
        with at("2023-06-12"):
            self.as_user("officer", self.late).action_stop("Không đủ điều kiện")
        with at("2023-06-22"):
            self.quarter.action_replace("Theo hướng dẫn của huyện")
        self.assertIn("Đã giải quyết 2, đang giải quyết 1.", str(text.preview))
        self.assertIn("Đã giải quyết 2, đang giải quyết 1.", self.words(text.docx()))
        self.assertIn("Đã giải quyết 1, đang giải quyết 2.", str(first.content["text"]))

    def seal_now(self):
        with at("2023-06-15"):
            self.quarter.action_seal()
        return self.quarter.seal_id

    def test_another_file_breaks_the_chain(self):
        self.composed()
        seal = self.seal_now()
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(
            "UPDATE tthc_report_seal SET document = 'eA==' WHERE id = %s", [seal.id]
        )
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.invalidate_all()
        [problem] = self.model("auditor", "tthc.report.seal").verify_chain()
        self.assertEqual(problem["problem"], "document")

    def test_a_period_without_a_written_report_is_sealed_as_before(self):
        seal = self.seal(self.quarter)
        self.assertNotIn("text", seal.content)
        self.assertFalse(seal.document)

    def test_the_word_document(self):
        self.company.tthc_signer_title = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
        text = self.composed()
        text.write({"number": "12", "dated_on": "2023-06-15", "subject": "Kết quả " * 40})
        self.part(text, "other").body = "Ký tự lạ \x1f\uffff hết\n- gạch đầu dòng"
        with at("2023-06-15"):
            content = text.docx()
            self.assertEqual(text.docx(), content)
        document = Document(io.BytesIO(content))
        [section] = document.sections
        page = (section.page_width, section.page_height)
        margins = (section.top_margin, section.bottom_margin, section.left_margin)
        self.assertEqual(
            [round(length.mm) for length in (*page, *margins, section.right_margin)],
            [210, 297, 20, 20, 30, 20],
        )
        self.assertTrue(section.different_first_page_header_footer)
        self.assertIn("PAGE", section.header._element.xml)
        self.assertNotIn("PAGE", section.first_page_header._element.xml)
        normal = document.styles["Normal"].font
        self.assertEqual((normal.name, normal.size), ("Times New Roman", Pt(14)))
        self.assertEqual(document.core_properties.created.date(), date(2023, 6, 15))
        headings = [
            each.text for each in document.paragraphs if each.style.name.startswith("Heading")
        ]
        self.assertEqual(headings[0][:23], "I. TÌNH HÌNH, KẾT QUẢ K")
        self.assertEqual(headings[1], "1. Công bố, công khai TTHC")
        body = next(each for each in document.paragraphs if each.text.startswith("Đã giải quyết"))
        self.assertEqual(body.alignment, 3)
        self.assertEqual(round(body.paragraph_format.first_line_indent.cm, 2), 1.27)
        for table in document.tables:  # LibreOffice lays it out by the columns, Word by the cells
            widths = [column.width for column in table.columns]
            self.assertEqual([cell.width for cell in table.rows[-1].cells], widths)
        words = self.words(content)
        for expected in (
            "ỦY BAN NHÂN DÂN\nXÃ THỬ NGHIỆM",
            "Số: 12/BC-UBND",
            "Thử Nghiệm, ngày\xa015\xa0tháng\xa06\xa0năm\xa02023",
            "- UBND huyện Tứ Kỳ",
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
            "Ký tự lạ  hết",
            "Lĩnh vực giải quyết",
        ):
            self.assertIn(expected, words)
        self.assertNotIn("{", words)

    def test_the_pdf_says_the_same(self):
        text = self.composed()
        reader = PdfReader(io.BytesIO(text.pdf()))
        width, height = reader.pages[0].mediabox[2:]
        self.assertEqual((round(float(width)), round(float(height))), (595, 842))
        shown = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        for block in text._pages()["blocks"]:
            if block["kind"] != "table":
                self.assertIn(" ".join(block["text"].split())[:40], shown)
        self.assertNotIn("{", shown)


@tagged("post_install", "-at_install")
class TestReportTextDownload(HttpCase, TextCase):
    def test_files_over_http(self):
        text = self.composed()
        url = f"/tthc_reporting/text/{text.id}."
        for group in GROUPS:
            self.authenticate(f"test_{group}", f"test_{group}")
            with self.subTest(group), mute_logger("odoo.http"):
                expected = 200 if group in WRITTEN else 403
                for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
                    answer = self.url_open(url + kind)
                    self.assertEqual(answer.status_code, expected)
                    self.assertEqual(answer.content.startswith(start), expected == 200)
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open(url + "exe").status_code, 404)
        self.assertEqual(self.url_open("/tthc_reporting/text/99999999.pdf").status_code, 404)

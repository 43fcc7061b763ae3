import io

from docx import Document
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tthc_onestop.tests.common import at

from .test_report_communication import CommunicationCase


@tagged("post_install", "-at_install")
class TestCommunicationPaper(CommunicationCase, HttpCase):
    """The summary of quarter II of 2023, 15/3 to 14/6, as a printed paper."""

    def summary(self, **values):
        with at("2023-06-20"):
            return self.model("communication", "tthc.communication.summary").create(
                {"company_id": self.company.id, **values}
            )

    def test_what_went_out_and_what_did_not(self):
        self.out("2023-03-14", "Trước kỳ", date_planned="2023-03-14")
        self.out("2023-04-20", "Số hóa", kind="broadcast", broadcasts=3, date_planned="2023-04-20")
        self.out("2023-03-15", "Thanh toán", kind="portal", date_planned="2023-03-15")
        self.out("2023-06-16", "Đăng sau kỳ", date_planned="2023-06-10")
        document = Document(io.BytesIO(self.summary().docx()))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        self.assertIn("từ ngày 15/03/2023 đến ngày 14/06/2023", text)
        self.assertIn("2 tin, bài", text)
        self.assertIn("- Đăng sau kỳ: dự kiến ngày 10/06/2023.", text)
        self.assertNotIn("Trước kỳ", text)
        [table] = [each for each in document.tables if each.cell(0, 0).text == "STT"]
        rows = [[cell.text for cell in row.cells] for row in table.rows[2:]]
        self.assertEqual(
            [(row[0], row[1], row[5], row[6]) for row in rows],
            [
                ("1", "Thanh toán", "15/03/2023", "0"),
                ("2", "Số hóa", "20/04/2023", "3"),
                ("", "TỔNG CỘNG", "", "3"),
            ],
        )

    def test_a_time_without_any(self):
        text = PdfReader(io.BytesIO(self.summary().pdf())).pages[0].extract_text()
        self.assertIn("chưa có tin, bài nào", text)
        with self.assertRaisesRegex(UserError, "before the first day"):
            self.summary(date_from="2023-06-14", date_to="2023-06-13")

    @mute_logger("odoo.http")
    def test_who_asked_for_it_gets_it(self):
        summary = self.summary()
        self.env.flush_all()
        for login, status in (("test_communication", 200), ("test_leader", 404)):
            self.authenticate(login, login)
            for action in (summary.action_docx(), summary.action_pdf()):
                self.assertEqual(self.url_open(action["url"]).status_code, status, login)

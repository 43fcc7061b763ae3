import io

from pypdf import PdfReader

from odoo.tests import tagged

from .test_report_seal import SealCase

A4_LANDSCAPE = (842, 595)


@tagged("post_install", "-at_install")
class TestReportPdf(SealCase):
    def pages(self, group="leader"):
        period = self.quarter.with_user(self.users[group])
        return PdfReader(io.BytesIO(period.pdf())).pages

    def test_each_form_on_its_landscape_page(self):
        pages, sheets = self.pages(), self.quarter.sheets
        self.assertEqual({tuple(map(round, page.mediabox[2:])) for page in pages}, {A4_LANDSCAPE})
        texts = [" ".join(page.extract_text().split()) for page in pages]
        self.assertEqual(sum("Biểu số" in text for text in texts), len(sheets))
        [text] = [text for text in texts if "Biểu số II.06a" in text]
        for part in (
            "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC",
            "Kỳ báo cáo: Quý II năm 2023",
            "(Từ ngày 15/03/2023 đến ngày 14/06/2023)",
            "Đơn vị tính: Số hồ sơ TTHC.",
            "(13)",
            "Tổng số 3 0 3 0 1 1 0 0 2 1 1",
        ):
            self.assertIn(part, text)

    def test_a_specialist_gets_the_own_sectors(self):
        text = " ".join(self.pages("officer")[0].extract_text().split())
        self.assertIn("Quý II năm 2023 (các lĩnh vực được giao)", text)
        self.assertIn("Tổng số 2 0 2 0 1 1 0 0 1 0 1", text)

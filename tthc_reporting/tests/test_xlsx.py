import io
from datetime import date, datetime

from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from ..render.xlsx import Paper, workbook
from ..rules.matrix import Matrix, Row
from ..rules.settlement import II_06A

PAPER = Paper(
    number="II.06a/VPCP/KSTT",
    circular="Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020",
    period="Quý II năm 2023",
    date_from=date(2023, 3, 15),
    date_to=date(2023, 6, 14),
    reporter="UBND xã Bình Lãng",
    recipient="UBND huyện Tứ Kỳ",
    place="Bình Lãng",
)
VALUES = dict(zip(II_06A.figures, (10, 1, 7, 2, 5, 2, 2, 1, 5, 2, 3), strict=True))


def row(key, label):
    return Row(key, label, VALUES)


@tagged("post_install", "-at_install")
class TestXlsx(BaseCase):
    def sheet(self, *labels):
        rows = [row(number, label) for number, label in enumerate(labels, 1)]
        total = Row(None, "Tổng số", {key: len(rows) * value for key, value in VALUES.items()})
        content = workbook([(Matrix.of(II_06A, rows, total, 0), PAPER)], datetime(2023, 6, 15))
        return (
            load_workbook(io.BytesIO(content))["II.06a"],
            load_workbook(io.BytesIO(content), data_only=True)["II.06a"],
        )

    def test_it_looks_like_the_form(self):
        live, values = self.sheet("Hộ tịch", "Chứng thực")
        merged = {str(cells) for cells in values.merged_cells.ranges}
        # three rows of heading, the numbering row, a row a sector, the total
        for cells, text in [
            ("A8:A10", "TT"),
            ("B8:B10", "Lĩnh vực giải quyết"),
            ("C8:F8", "Số lượng hồ sơ tiếp nhận"),
            ("G8:J8", "Số lượng hồ sơ đã giải quyết"),
            ("K8:M8", "Số lượng hồ sơ đang giải quyết"),
            ("D9:E9", "Trong kỳ"),
            ("F9:F10", "Từ kỳ trước"),
            ("J9:J10", "Quá hạn"),
        ]:
            self.assertIn(cells, merged)
            self.assertEqual(values[cells.split(":")[0]].value, text)
        self.assertEqual(values["D10"].value, "Trực tuyến")
        self.assertEqual(values["E10"].value, "Trực tiếp, dịch vụ bưu chính")
        self.assertEqual([cell.value for cell in values[11]], [f"({n})" for n in range(1, 14)])
        self.assertEqual([cell.value for cell in values[12]], [1, "Hộ tịch", *VALUES.values()])
        self.assertEqual(
            [cell.value for cell in values[14]],
            [None, "Tổng số", *(2 * value for value in VALUES.values())],
        )
        self.assertEqual(live["C12"].value, "=D12+E12+F12")
        self.assertEqual(live["D14"].value, "=SUM(D12:D13)")

    def test_what_stands_around_the_table(self):
        _, values = self.sheet("Hộ tịch")
        texts = [cell.value for line in values.iter_rows() for cell in line if cell.value]
        for text in (
            "Biểu số II.06a/VPCP/KSTT",
            PAPER.circular,
            II_06A.title,
            "Kỳ báo cáo: Quý II năm 2023",
            "(Từ ngày 15/03/2023 đến ngày 14/06/2023)",
            "- Đơn vị báo cáo: UBND xã Bình Lãng",
            "- Đơn vị nhận báo cáo: UBND huyện Tứ Kỳ",
            "Đơn vị tính: Số hồ sơ TTHC.",
            "Người làm báo cáo",
            "Thủ trưởng đơn vị",
        ):
            self.assertIn(text, texts)

    def test_how_it_prints(self):
        sheet, _ = self.sheet("Hộ tịch")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(str(sheet.page_setup.paperSize), sheet.PAPERSIZE_A4)
        # one page wide, which is the default, and as many high as it takes
        self.assertEqual((sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight), (1, 0))
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual(sheet.print_title_rows, "$8:$11")
        self.assertEqual(sheet.print_area, "'II.06a'!$A$1:$M$21")
        self.assertEqual(sheet.freeze_panes, "C12")

    def test_no_sector_at_all(self):
        _, values = self.sheet()
        self.assertEqual([cell.value for cell in values[12]], [None, "Tổng số"] + [0] * 11)

    def test_names_are_never_formulas(self):
        live, _ = self.sheet("=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "http://example.vn")
        for line in range(12, 16):
            self.assertEqual(live.cell(line, 2).data_type, "s")
            self.assertIsNone(live.cell(line, 2).hyperlink)

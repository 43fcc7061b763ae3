import io
import re
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from odoo.tests import BaseCase, tagged

from ..render.xlsx import Paper, workbook
from ..render.xlsx_dossiers import Line
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


class Evaluated:
    """What a spreadsheet makes of the formulas of a book, which are of few kinds."""

    def __init__(self, live):
        self.live = live

    def value(self, cell, sheet):
        found = self.live[sheet][cell].value
        return self.formula(found[1:], sheet) if self.live[sheet][cell].data_type == "f" else found

    def formula(self, text, sheet):
        def kind(pattern):
            return re.fullmatch(pattern, text)

        if found := kind(r"SUM\(([^()]+)\)"):
            return sum(v for part in found[1].split(",") for v in self.cells(part, sheet))
        if found := kind(r'COUNTIF\(([^()]+),"x"\)'):
            return self.cells(found[1], sheet).count("x")
        if found := kind(r"AND\(([^()]+)\)"):
            return all(self.cells(found[1], sheet))
        if found := kind(r"SUMPRODUCT\(--\((.+)<>(.+)\)\)=0"):
            return self.added(found[1], sheet) == self.added(found[2], sheet)
        if found := kind(r"(\w+)=(\w+)"):
            return self.value(found[1], sheet) == self.value(found[2], sheet)
        [value] = self.added(text, sheet)
        return value

    def added(self, text, sheet):
        columns = (self.cells(part, sheet) for part in text.split("+"))
        return [sum(line) for line in zip(*columns, strict=True)]

    def cells(self, reference, sheet):
        name, _mark, where = reference.rpartition("!")
        sheet = name.strip("'") or sheet
        left, top, right, bottom = range_boundaries(where.replace("$", ""))
        block = self.live[sheet].iter_rows(top, bottom, left, right)
        return [self.value(cell.coordinate, sheet) for line in block for cell in line]


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
        heights = [sheet.row_dimensions[row].height for row in (8, 9, 10)]
        self.assertEqual(heights, [34, 18, 66], "two lines of text, one, four")
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

    def proved(self, *labels, tamper=0):
        """The workbook of rows whose dossiers are told, one of them with a wrong mark."""
        lines = [
            Line(
                f"H23.20.31-{number}",
                "=HYPERLINK(0)",
                label,
                date(2023, 6, 5),
                date(2023, 6, 12),
                None,
                None,
                [key for key in II_06A.figures if number < VALUES[key]],
            )
            for label in labels
            for number in range(VALUES["3"])
        ]
        if tamper:
            lines = lines[:-tamper]
        rows = [row(number, label) for number, label in enumerate(labels, 1)]
        total = Row(None, "Tổng số", {key: len(rows) * value for key, value in VALUES.items()})
        sheets = [(Matrix.of(II_06A, rows, total, VALUES["6"] * len(rows)), PAPER)]
        content = workbook(sheets, datetime(2023, 6, 15), {"II.06a": iter(lines)})
        again = workbook(sheets, datetime(2023, 6, 15), {"II.06a": iter(lines)})
        self.assertEqual(content, again)
        return [
            load_workbook(io.BytesIO(content), data_only=values_only)
            for values_only in (False, True)
        ]

    def test_the_figures_prove_themselves(self):
        live, values = self.proved("Hộ tịch", "Chứng thực")
        self.assertEqual(live.sheetnames, ["II.06a", "Kiểm tra", "Hồ sơ II.06a"])
        proof = [[cell.value for cell in line] for line in values["Kiểm tra"].iter_rows(min_row=2)]
        self.assertEqual(len(proof), len(II_06A.figures) + 4 + 1 + 1)  # totals, identities, all
        self.assertEqual([line[4] for line in proof], [True] * len(proof))
        self.assertEqual([line[2:4] for line in proof[:2]], [[20, 20], [2, 2]])
        formulas = live["Kiểm tra"]
        self.assertEqual(formulas["C2"].value, "='II.06a'!C14")
        self.assertEqual(formulas["D2"].value, "=COUNTIF('Hồ sơ II.06a'!$H$2:$H$21,\"x\")")
        self.assertEqual(formulas["E2"].value, "=C2=D2")
        self.assertEqual(
            formulas["E13"].value,
            "=SUMPRODUCT(--('II.06a'!$C$12:$C$14<>'II.06a'!$D$12:$D$14+'II.06a'!$E$12:$E$14"
            "+'II.06a'!$F$12:$F$14))=0",
        )
        self.assertEqual(formulas["E18"].value, "=AND($E$2:$E$17)")
        [cells] = formulas.conditional_formatting
        self.assertEqual(str(cells.sqref), "E2:E18")

    def test_what_is_missing_turns_red(self):
        _, values = self.proved("Hộ tịch", tamper=1)
        proof = [[cell.value for cell in line] for line in values["Kiểm tra"].iter_rows(min_row=2)]
        self.assertEqual(proof[0][2:], [10, 9, False])
        self.assertIs(proof[-1][4], False)

    def test_the_formulas_give_the_values_that_are_kept(self):
        """Also with nothing to count: an opened file shows what was written."""
        for labels, tamper in ((("Hộ tịch", "Chứng thực"), 0), (("Hộ tịch",), 1), ((), 0)):
            live, values = self.proved(*labels, tamper=tamper)
            book, count = Evaluated(live), 0
            for sheet in live:
                for cell in (cell for line in sheet.iter_rows() for cell in line):
                    if cell.data_type == "f":
                        kept = values[sheet.title][cell.coordinate].value
                        found = book.value(cell.coordinate, sheet.title)
                        self.assertEqual(found, kept, f"{sheet.title}!{cell.coordinate}")
                        count += 1
            self.assertGreater(count, 30)

    def test_the_sheet_of_dossiers(self):
        live, values = self.proved("Hộ tịch")
        sheet = values["Hồ sơ II.06a"]
        heading = [cell.value for cell in sheet[1]]
        self.assertEqual(
            heading[:2] + heading[6:9], ["Mã hồ sơ", "Thủ tục hành chính", "Kết quả", "(3)", "(4)"]
        )
        self.assertEqual(
            [cell.value for cell in sheet[2]][:9],
            ["H23.20.31-0", "=HYPERLINK(0)", "Hộ tịch", datetime(2023, 6, 5), datetime(2023, 6, 12)]
            + [None, None, "x", "x"],
        )
        self.assertEqual(live["Hồ sơ II.06a"]["B2"].data_type, "s")
        self.assertEqual((sheet.freeze_panes, sheet.print_title_rows), ("B2", "$1:$1"))
        self.assertEqual(sheet.auto_filter.ref, "A1:R11")
        self.assertEqual(sheet.print_area, "'Hồ sơ II.06a'!$A$1:$R$11")

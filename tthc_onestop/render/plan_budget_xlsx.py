"""The money of a plan as an Excel table, whose sums are formulas."""

import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .list_xlsx import FONT, MM, Styles, height_of, new_book, on_paper

COLUMNS = (
    ("STT", 10),
    ("Nhiệm vụ", 70),
    ("Nội dung", 45),
    ("Nguồn kinh phí", 38),
    ("Dự toán", 26),
    ("Được duyệt", 26),
    ("Đã chi", 26),
    ("Còn lại", 26),
    ("Trạng thái", 24),
)
HEAD = 6  # the row of the table's heading, from 0
MONEY = "EFG"  # the columns that are summed; H is what remains of F after G


class Row(NamedTuple):
    """A line of the budget; amounts in đồng."""

    task: str
    name: str
    source: str
    planned: int
    approved: int
    spent: int
    state: str


def workbook(agency: str, plan: str, sections: Mapping[str, Sequence[Row]]) -> bytes:
    """The bytes of an .xlsx file: the lines of each section under its name, then its sums."""
    out = io.BytesIO()
    book = new_book(out)
    style = Styles(book)
    money = book.add_format(FONT | {"border": 1, "num_format": "#,##0"})
    label = book.add_format(FONT | {"border": 1, "bold": True, "text_wrap": True})
    total = book.add_format(FONT | {"border": 1, "bold": True, "num_format": "#,##0"})
    sheet = book.add_worksheet("Kinh phí")
    last = len(COLUMNS) - 1
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width * MM)
        sheet.write_string(HEAD, column, name, style.head)
    sheet.merge_range(0, 0, 0, 2, agency, style.bold)
    sheet.merge_range(2, 0, 2, last, "BẢNG KINH PHÍ THỰC HIỆN KẾ HOẠCH", style.title)
    sheet.merge_range(3, 0, 3, last, plan, style.bold)
    sheet.set_row(3, 32)
    sheet.write_string(HEAD - 1, last, "Đơn vị tính: đồng", style.plain)

    def write_sums(row, name, cells, amounts):
        """:param cells: for a column, what its sum is of"""
        sheet.merge_range(row, 0, row, 3, name, label)
        for column, amount in zip(MONEY, amounts, strict=True):
            formula = f"=SUM({cells(column)})"
            sheet.write_formula(f"{column}{row + 1}", formula, total, amount)
        _planned, approved, spent = amounts
        write_remaining(row, total, approved - spent)
        sheet.write_blank(row, last, None, label)

    def write_remaining(row, cell_format, amount):
        sheet.write_formula(f"H{row + 1}", f"=F{row + 1}-G{row + 1}", cell_format, amount)

    row, number, of_sections = HEAD + 1, 0, []
    for section, lines in sections.items():
        sheet.merge_range(row, 0, row, last, section, label)
        first = row + 2  # as Excel counts
        for line in lines:
            row, number = row + 1, number + 1
            sheet.write_number(row, 0, number, style.text)
            texts = (line.task, line.name, line.source)
            widths = (width for _name, width in COLUMNS[1:])
            sheet.set_row(row, height_of(zip(texts, widths, strict=False)))
            for column, text in enumerate(texts, start=1):
                sheet.write_string(row, column, text, style.text)
            for column, amount in zip(
                MONEY, (line.planned, line.approved, line.spent), strict=True
            ):
                sheet.write_number(f"{column}{row + 1}", amount, money)
            write_remaining(row, money, line.approved - line.spent)
            sheet.write_string(row, last, line.state, style.text)
        end, row = row + 1, row + 1
        write_sums(row, "Cộng", lambda at, a=first, b=end: f"{at}{a}:{at}{b}", sums(lines))
        of_sections.append(row + 1)
        row += 1
    write_sums(
        row,
        "TỔNG CỘNG",
        lambda at: ",".join(f"{at}{each}" for each in of_sections),
        sums([line for lines in sections.values() for line in lines]),
    )
    on_paper(sheet, HEAD, HEAD)
    book.close()
    return out.getvalue()


def sums(lines: Sequence[Row]) -> list[int]:
    return [sum(getattr(line, name) for line in lines) for name in ("planned", "approved", "spent")]

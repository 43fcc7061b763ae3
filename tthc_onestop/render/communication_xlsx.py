"""The communication programme of a time as an Excel book: its items, and their sums by kind."""

import io
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .list_xlsx import FONT, MM, Styles, height_of, new_book, on_paper

COLUMNS = (
    ("STT", 10),
    ("Nội dung", 70),
    ("Hình thức", 30),
    ("Kênh", 36),
    ("Người viết", 36),
    ("Đối tượng", 36),
    ("Ngày dự kiến", 24),
    ("Ngày đăng, phát", 24),
    ("Đã đăng, phát", 16),
    ("Số lượt phát", 16),
    ("Trạng thái", 24),
    ("Liên kết", 40),
)
SUMS = (("Hình thức", 50), ("Theo kế hoạch", 26), ("Đã đăng, phát", 26), ("Số lượt phát", 26))
HEAD = 5  # the row of the table's heading, from 0


class Item(NamedTuple):
    """An item; ``out``: it went out in the time."""

    name: str
    kind: str
    channel: str
    author: str
    audience: str
    planned: date
    published: date | None
    out: bool
    broadcasts: int
    state: str
    url: str


def workbook(agency: str, period: str, kinds: Sequence[str], items: Sequence[Item]) -> bytes:
    """The bytes of an .xlsx file. The sums are formulas over the items."""
    out = io.BytesIO()
    book = new_book(out)
    style = Styles(book)
    whole = book.add_format(FONT | {"border": 1, "num_format": "#,##0", "align": "center"})
    label = book.add_format(FONT | {"border": 1, "bold": True})
    total = book.add_format(
        FONT | {"border": 1, "bold": True, "num_format": "#,##0", "align": "center"}
    )
    listed = _sheet(book, style, "Chương trình", COLUMNS, agency, period)
    for row, item in enumerate(items, start=HEAD + 1):
        widths = (width for _name, width in COLUMNS[1:])
        listed.set_row(row, height_of(zip(item, widths, strict=True)))
        listed.write_number(row, 0, row - HEAD, whole)
        for column, value in enumerate(item, start=1):
            if isinstance(value, bool | int):
                listed.write_number(row, column, int(value), whole)
            elif isinstance(value, date):
                listed.write_datetime(row, column, value, style.day)
            else:
                listed.write_string(row, column, value or "", style.text)

    summed = _sheet(book, style, "Tổng hợp", SUMS, agency, period)
    first, last = HEAD + 2, HEAD + 1 + max(len(items), 1)  # as Excel counts

    def cells(column):
        return f"'Chương trình'!${column}${first}:${column}${last}"

    for row, kind in enumerate(kinds, start=HEAD + 1):
        of_kind = [item for item in items if item.kind == kind]
        summed.write_string(row, 0, kind, style.text)
        for column, formula, value in (
            (1, f"=COUNTIF({cells('C')},A{row + 1})", len(of_kind)),
            (2, f"=SUMIF({cells('C')},A{row + 1},{cells('I')})", sum(i.out for i in of_kind)),
            (
                3,
                f"=SUMIF({cells('C')},A{row + 1},{cells('J')})",
                sum(i.broadcasts for i in of_kind),
            ),
        ):
            summed.write_formula(row, column, formula, whole, value)
    end = HEAD + 1 + len(kinds)
    summed.write_string(end, 0, "TỔNG CỘNG", label)
    for column, value in (
        ("B", len(items)),
        ("C", sum(item.out for item in items)),
        ("D", sum(item.broadcasts for item in items)),
    ):
        summed.write_formula(
            f"{column}{end + 1}", f"=SUM({column}{HEAD + 2}:{column}{end})", total, value
        )
    book.close()
    return out.getvalue()


def _sheet(book, style, name, columns, agency, period):
    sheet = book.add_worksheet(name)
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, 1, agency, style.bold)
    sheet.merge_range(
        2, 0, 2, last, "CÔNG TÁC TUYÊN TRUYỀN CẢI CÁCH THỦ TỤC HÀNH CHÍNH", style.title
    )
    sheet.merge_range(3, 0, 3, last, period, style.plain)
    sheet.set_row(HEAD, 32)
    for column, (text, width) in enumerate(columns):
        sheet.set_column(column, column, width * MM)
        sheet.write_string(HEAD, column, text, style.head)
    on_paper(sheet, HEAD, HEAD)
    return sheet

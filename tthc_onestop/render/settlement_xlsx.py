"""The list of a settlement of fees as an Excel sheet."""

import io
from collections.abc import Sequence
from datetime import date

from ..rules.fee_list import COLUMNS, SUMS, Agency, Cover
from .list_xlsx import FONT, MM, Styles, new_book, on_paper

HEAD = 5  # the row of the table's heading, from 0
FIRST_SUM = next(column for column, each in enumerate(COLUMNS) if each.key in SUMS)


def workbook(cover: Cover, agencies: Sequence[Agency]) -> bytes:
    """The bytes of an .xlsx file: the rows of each agency under its name, then its sums."""
    out = io.BytesIO()
    book = new_book(out)
    style = Styles(book)
    money = book.add_format(FONT | {"border": 1, "num_format": "#,##0"})
    label = book.add_format(FONT | {"border": 1, "bold": True})
    total = book.add_format(FONT | {"border": 1, "bold": True, "num_format": "#,##0"})
    sheet = book.add_worksheet("Quyết toán")
    last = len(COLUMNS) - 1
    for column, each in enumerate(COLUMNS):
        sheet.set_column(column, column, each.width * MM)
        sheet.write_string(HEAD, column, each.label, style.head)
    sheet.set_row(HEAD, 32)
    sheet.merge_range(0, 0, 0, 3, f"{cover.agency}\n{cover.desk}", style.bold)
    sheet.set_row(0, 32)
    sheet.merge_range(2, 0, 2, last, cover.title, style.title)
    sheet.merge_range(3, 0, 3, last, cover.period, style.plain)

    def write_sums(row, name, collected, refunded):
        sheet.merge_range(row, 0, row, FIRST_SUM - 1, name, label)
        for column in range(FIRST_SUM, last + 1):
            sheet.write_blank(row, column, None, label)
        sheet.write_number(row, FIRST_SUM, collected, total)
        sheet.write_number(row, FIRST_SUM + 1, refunded, total)
        sheet.write_string(row, last, f"Còn lại: {collected - refunded:,}".replace(",", "."), label)

    row = HEAD + 1
    for agency in agencies:
        sheet.merge_range(row, 0, row, last, agency.name, label)
        for values in agency.rows:
            row += 1
            for column, each in enumerate(COLUMNS):
                value = values[each.key]
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, style.day)
                elif isinstance(value, int):
                    sheet.write_number(
                        row, column, value, money if each.key in SUMS else style.text
                    )
                else:
                    sheet.write_string(row, column, value or "", style.text)
        row += 1
        write_sums(row, f"Cộng {agency.name}", agency.collected, agency.refunded)
        row += 1
    write_sums(row, "TỔNG CỘNG", *(sum(getattr(each, key) for each in agencies) for key in SUMS))
    on_paper(sheet, HEAD, HEAD)
    book.close()
    return out.getvalue()

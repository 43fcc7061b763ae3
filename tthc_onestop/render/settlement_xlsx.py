"""The list of a settlement of fees as an Excel sheet."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from ..rules.fee_list import COLUMNS, SUMS, Agency, Cover

A4 = 9
HEAD = 5  # the row of the table's heading, from 0
MM = 0.55  # the width of a column in characters, for each mm on the page
FIRST_SUM = next(column for column, each in enumerate(COLUMNS) if each.key in SUMS)


def workbook(cover: Cover, agencies: Sequence[Agency]) -> bytes:
    """The bytes of an .xlsx file: the rows of each agency under its name, then its sums."""
    out = io.BytesIO()
    # names come from people: never read as formulas or links
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    centred = font | {"align": "center", "valign": "vcenter", "text_wrap": True}
    bold = book.add_format(centred | {"bold": True})
    title = book.add_format(centred | {"bold": True, "font_size": 14, "text_wrap": False})
    plain = book.add_format(centred | {"text_wrap": False})
    head = book.add_format(centred | {"bold": True, "border": 1})
    text = book.add_format(font | {"border": 1, "text_wrap": True})
    day = book.add_format(font | {"border": 1, "num_format": "dd/mm/yyyy", "align": "center"})
    money = book.add_format(font | {"border": 1, "num_format": "#,##0"})
    label = book.add_format(font | {"border": 1, "bold": True})
    total = book.add_format(font | {"border": 1, "bold": True, "num_format": "#,##0"})
    sheet = book.add_worksheet("Quyết toán")
    last = len(COLUMNS) - 1
    for column, each in enumerate(COLUMNS):
        sheet.set_column(column, column, each.width * MM)
        sheet.write_string(HEAD, column, each.label, head)
    sheet.set_row(HEAD, 32)
    sheet.merge_range(0, 0, 0, 3, f"{cover.agency}\n{cover.desk}", bold)
    sheet.set_row(0, 32)
    sheet.merge_range(2, 0, 2, last, cover.title, title)
    sheet.merge_range(3, 0, 3, last, cover.period, plain)

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
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value, money if each.key in SUMS else text)
                else:
                    sheet.write_string(row, column, value or "", text)
        row += 1
        write_sums(row, f"Cộng {agency.name}", agency.collected, agency.refunded)
        row += 1
    write_sums(row, "TỔNG CỘNG", *(sum(getattr(each, key) for each in agencies) for key in SUMS))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.set_footer("&C&P/&N")
    book.close()
    return out.getvalue()

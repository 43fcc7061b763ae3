"""The register of dossiers as an Excel sheet."""

import io
from collections.abc import Iterable, Mapping
from datetime import date

import xlsxwriter

from ..rules.register import COLUMNS, Cover, headings

A4 = 9
HEAD = 5  # first row of the table's heading, from 0
LINE = 15  # the height of a line in points
MM = 0.55  # the width of a column in characters, for each mm on the page


def workbook(cover: Cover, rows: Iterable[Mapping]) -> bytes:
    """The bytes of an .xlsx file; a row has a value for the key of each column."""
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
    sheet = book.add_worksheet("Sổ theo dõi")
    last = len(COLUMNS) - 1
    for column, each in enumerate(COLUMNS):
        sheet.set_column(column, column, (each.width or 20) * MM)
    sheet.merge_range(0, 0, 0, 4, f"{cover.agency}\n{cover.desk}", bold)
    sheet.set_row(0, 32)
    sheet.merge_range(0, last - 2, 0, last, f"{cover.form}\nQuyển số: {cover.book}", bold)
    sheet.merge_range(2, 0, 2, last, cover.title, title)
    sheet.merge_range(3, 0, 3, last, f"Lĩnh vực: {cover.sectors}. {cover.period}", plain)
    column = 0
    for group, columns in headings():
        end = column + len(columns) - 1
        if group:
            sheet.merge_range(HEAD, column, HEAD, end, group, head)
        else:
            sheet.merge_range(HEAD, column, HEAD + 1, column, columns[0].label, head)
        column = end + 1
    sheet.set_row(HEAD + 1, 64)
    for column, each in enumerate(COLUMNS):
        if each.group:
            sheet.write_string(HEAD + 1, column, each.label, head)
    for number, row in enumerate(rows, HEAD + 2):
        # not every program finds the height of what is wrapped
        sheet.set_row(number, LINE * max(_lines(row[each.key], each.width) for each in COLUMNS))
        for column, each in enumerate(COLUMNS):
            value = row[each.key]
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int) and value is not False:
                sheet.write_number(number, column, value, text)
            else:
                sheet.write_string(number, column, value or "", text)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD, HEAD + 1)
    sheet.freeze_panes(HEAD + 2, 2)
    sheet.set_footer("&C&P/&N")
    book.close()
    return out.getvalue()


def _lines(value, width):
    return 1 if isinstance(value, date) else 1 + int(len(str(value or "")) / ((width or 20) * MM))

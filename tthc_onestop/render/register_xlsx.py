"""A register, of dossiers or of feedback, as an Excel sheet."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..rules.register import COLUMNS, Column, Cover, headings
from .list_xlsx import MM, Styles, height, new_book, on_paper

HEAD = 5  # first row of the table's heading, from 0


def workbook(cover: Cover, rows: Iterable[Mapping], columns: Sequence[Column] = COLUMNS) -> bytes:
    """The bytes of an .xlsx file; a row has a value for the key of each column."""
    out = io.BytesIO()
    book = new_book(out)
    style = Styles(book)
    sheet = book.add_worksheet("Sổ theo dõi")
    last = len(columns) - 1
    for column, each in enumerate(columns):
        sheet.set_column(column, column, (each.width or 20) * MM)
    sheet.merge_range(0, 0, 0, 4, f"{cover.agency}\n{cover.desk}", style.bold)
    sheet.set_row(0, 32)
    sheet.merge_range(0, last - 2, 0, last, f"{cover.form}\nQuyển số: {cover.book}", style.bold)
    sheet.merge_range(2, 0, 2, last, cover.title, style.title)
    sheet.merge_range(3, 0, 3, last, f"Lĩnh vực: {cover.sectors}. {cover.period}", style.plain)
    column = 0
    for group, grouped in headings(columns):
        end = column + len(grouped) - 1
        if group:
            sheet.merge_range(HEAD, column, HEAD, end, group, style.head)
        else:
            sheet.merge_range(HEAD, column, HEAD + 1, column, grouped[0].label, style.head)
        column = end + 1
    sheet.set_row(HEAD + 1, 64)
    for column, each in enumerate(columns):
        if each.group:
            sheet.write_string(HEAD + 1, column, each.label, style.head)
    for number, row in enumerate(rows, HEAD + 2):
        sheet.set_row(number, height((row[each.key], each.width or 20) for each in columns))
        for column, each in enumerate(columns):
            value = row[each.key]
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, style.day)
            elif isinstance(value, int) and value is not False:
                sheet.write_number(number, column, value, style.text)
            else:
                sheet.write_string(number, column, value or "", style.text)
    on_paper(sheet, HEAD, HEAD + 1)
    book.close()
    return out.getvalue()

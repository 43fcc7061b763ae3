"""Tables of the catalogue as an Excel workbook."""

import io
from collections.abc import Mapping, Sequence

from .list_xlsx import FONT, new_book

WIDTHS = (8, 60)  # of a column, in characters


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The bytes of an .xlsx file: sheets by name, each with a row of headings first."""
    out = io.BytesIO()
    book = new_book(out)
    font = FONT | {"text_wrap": True}
    text = book.add_format(font)
    head = book.add_format(font | {"bold": True, "border": 1})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, head if not number else text)
        for column, cells in enumerate(zip(*rows, strict=True)):
            longest = max(map(len, cells))
            sheet.set_column(column, column, min(max(longest + 2, WIDTHS[0]), WIDTHS[1]))
        sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()

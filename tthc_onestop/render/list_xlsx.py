"""What the Excel lists of this addon have in common: their book, their styles, how they print."""

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter

A4 = 9
LINE = 15  # the height of a line in points
MM = 0.55  # the width of a column in characters, for each mm on the page
LETTERS = 0.65  # of a text in the font of the lists, that fit into a mm of a line
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
CENTRED = FONT | {"align": "center", "valign": "vcenter", "text_wrap": True}


def new_book(out: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook in which what people typed is never read as a formula or a link."""
    return xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )


class Styles:
    """The few cell formats of a list, each made once."""

    def __init__(self, book):
        self.bold = book.add_format(CENTRED | {"bold": True})
        self.title = book.add_format(CENTRED | {"bold": True, "font_size": 14, "text_wrap": False})
        self.plain = book.add_format(CENTRED | {"text_wrap": False})
        self.head = book.add_format(CENTRED | {"bold": True, "border": 1})
        self.text = book.add_format(FONT | {"border": 1, "text_wrap": True})
        self.day = book.add_format(
            FONT | {"border": 1, "num_format": "dd/mm/yyyy", "align": "center"}
        )


def height_of(cells: Iterable[tuple[object, int]]) -> int:
    """The height in points of a row of values in columns of so many mm.

    Not every program finds the height of what is wrapped.
    """
    return LINE * max(
        1
        if isinstance(value, date)
        else sum(
            1 + int(len(line) / (width * (MM if line.isupper() else LETTERS)))
            for line in str(value or "").split("\n")
        )
        for value, width in cells
    )


def a4(sheet) -> None:
    """Landscape A4, as wide as a page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")


def on_paper(sheet, first_head: int, last_head: int) -> None:
    """As ``a4``; the rows of the heading are repeated and stay in sight."""
    a4(sheet)
    sheet.repeat_rows(first_head, last_head)
    sheet.freeze_panes(last_head + 1, 2)

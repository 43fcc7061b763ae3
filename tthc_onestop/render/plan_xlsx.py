"""A plan as an Excel workbook: its tasks, how far they are, the training of its year."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..rules.plan_list import COLUMNS, Tally
from .list_xlsx import FONT, LINE, MM, Styles, a4, height_of, new_book, on_paper

HEAD = 5  # the row of the table's heading, from 0
NAMES = 120  # mm on the page
TALLIED = ("Tổng số", "Hoàn thành", "Quá hạn", "Chưa đến hạn", "Tỷ lệ hoàn thành (%)")
TRAINED = ("Họ và tên", "Số lớp", "Số giờ", "Số chứng chỉ")


class Cover(NamedTuple):
    agency: str
    title: str
    period: str


def workbook(
    cover: Cover,
    rows: Sequence[Mapping],
    tallies: Mapping[str, Sequence[Tally]],
    trained: Sequence[tuple[str, int, float, int]],
) -> bytes:
    """The bytes of an .xlsx file.

    :param rows: a value for the key of each column; a row with nothing but "heading" is a section
    :param tallies: by the title of each table
    :param trained: name, sessions, hours and certificates of each who took part
    """
    out = io.BytesIO()
    book = new_book(out)
    style = Styles(book)
    label = book.add_format(FONT | {"border": 1, "bold": True, "text_wrap": True})
    percent = book.add_format(FONT | {"border": 1, "num_format": "0.0", "align": "center"})
    count = book.add_format(FONT | {"border": 1, "num_format": "0", "align": "center"})
    formats = {"number": count, "progress": percent, "measured": percent, "target": percent}
    last = len(COLUMNS) - 1

    sheet = _sheet(book, style, cover, "Nhiệm vụ", last)
    for column, each in enumerate(COLUMNS):
        sheet.set_column(column, column, each.width * MM)
        sheet.write_string(HEAD, column, each.label, style.head)
    sheet.set_row(HEAD, 2 * LINE)
    for row, values in enumerate(rows, HEAD + 1):
        if heading := values.get("heading"):
            sheet.merge_range(row, 0, row, last, heading, label)
            continue
        sheet.set_row(row, height_of((values[each.key], each.width) for each in COLUMNS))
        for column, each in enumerate(COLUMNS):
            _write(sheet, row, column, values[each.key], style, formats.get(each.key))
    on_paper(sheet, HEAD, HEAD)

    sheet = _sheet(book, style, cover, "Tiến độ", len(TALLIED))
    sheet.set_column(0, 0, NAMES * MM)
    sheet.set_column(1, len(TALLIED), 14)
    row = HEAD
    for title, lines in tallies.items():
        sheet.set_row(row, 32)
        for column, text in enumerate((title, *TALLIED)):
            sheet.write_string(row, column, text, style.head)
        for each in lines:
            row += 1
            sheet.set_row(row, height_of([(each.name, NAMES)]))
            sheet.write_string(row, 0, each.name, style.text)
            for column, value in enumerate((each.total, each.done, each.late, each.open), 1):
                sheet.write_number(row, column, value, count)
            sheet.write_number(row, len(TALLIED), each.progress, percent)
        row += 2
    a4(sheet)
    sheet.set_portrait()

    sheet = _sheet(book, style, cover, "Tập huấn", len(TRAINED) - 1)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(TRAINED) - 1, 14)
    for column, text in enumerate(TRAINED):
        sheet.write_string(HEAD, column, text, style.head)
    for row, values in enumerate(trained, HEAD + 1):
        for column, value in enumerate(values):
            _write(sheet, row, column, value, style, percent if column == 2 else count)
    on_paper(sheet, HEAD, HEAD)
    book.close()
    return out.getvalue()


def _sheet(book, style, cover, name, last):
    sheet = book.add_worksheet(name)
    sheet.merge_range(0, 0, 0, min(2, last), cover.agency.upper(), style.bold)
    sheet.merge_range(2, 0, 2, last, cover.title, style.bold)
    sheet.set_row(2, 40)
    sheet.merge_range(3, 0, 3, last, cover.period, style.plain)
    return sheet


def _write(sheet, row, column, value, style, number):
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style.day)
    elif isinstance(value, int | float) and number and value is not False:
        sheet.write_number(row, column, value, number)
    else:
        sheet.write_string(row, column, value or "", style.text)

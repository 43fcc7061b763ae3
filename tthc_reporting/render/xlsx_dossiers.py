"""The sheet of the dossiers that a form counts: what its figures can be counted from again."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from xlsxwriter.utility import xl_range_abs

from ..rules.matrix import Form

A4 = 9
HEADINGS = (
    ("Mã hồ sơ", 26),
    ("Thủ tục hành chính", 50),
    ("Lĩnh vực", 24),
    ("Ngày tiếp nhận", 12),
    ("Hạn trả kết quả", 12),
    ("Ngày giải quyết xong", 12),
    ("Kết quả", 12),
)
OUTCOMES = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}
MARK = "x"
DAY_ZERO = date(1899, 12, 30)  # of the days of a workbook


class Line(NamedTuple):
    """A dossier as it stood at the cut-off; no personal data. ``columns``: the ones it is in."""

    code: str
    procedure: str
    sector: str | None
    received_on: date | None
    due_on: date | None
    settled_on: date | None
    outcome: str | None
    columns: Iterable[str]


class Counted(NamedTuple):
    """How often each column is marked, and the cells where that can be counted."""

    counts: dict[str, int]
    cells: dict[str, str]


def dossiers_name(form: Form) -> str:
    return f"Hồ sơ {form.code}"


def dossiers(sheet, style, form: Form, lines: Iterable[Line]) -> Counted:
    """Write the sheet row by row, as one in constant memory asks for."""
    first = len(HEADINGS)
    place = {key: first + number for number, key in enumerate(form.figures)}
    last = first + len(place) - 1
    for column, (_text, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width, style.day if 3 <= column <= 5 else style.line)
    sheet.set_column(first, last, 7, style.mark)
    sheet.set_row(0, 36)
    headings = [text for text, _width in HEADINGS] + [f"({key})" for key in place]
    for column, text in enumerate(headings):
        sheet.write_string(0, column, text, style.head)
    row, counts = 0, dict.fromkeys(place, 0)
    string, number = sheet.write_string, sheet.write_number
    for row, line in enumerate(lines, 1):
        code, procedure, sector, received_on, due_on, settled_on, outcome, columns = line
        string(row, 0, code or "")
        string(row, 1, procedure)
        string(row, 2, sector or "")
        if received_on:
            number(row, 3, (received_on - DAY_ZERO).days)
        if due_on:
            number(row, 4, (due_on - DAY_ZERO).days)
        if settled_on:
            number(row, 5, (settled_on - DAY_ZERO).days)
        if outcome:
            string(row, 6, OUTCOMES[outcome])
        for key in columns:
            string(row, place[key], MARK)
            counts[key] += 1
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, row, last)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, row, last)
    sheet.set_footer("&C&P/&N")
    name = dossiers_name(form)
    return Counted(
        counts,
        {
            key: f"'{name}'!{xl_range_abs(1, column, max(row, 1), column)}"
            for key, column in place.items()
        },
    )

"""The sheet of the dossiers that a form counts: what its figures can be counted from again."""

import functools
from collections import Counter
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

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
DAY_ZERO = date(1899, 12, 30).toordinal()  # of the days of a workbook


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


class Rows(Worksheet):
    """A sheet of constant memory that is also given whole rows, as they stand in its file.

    A call and a tuple for each cell is what a list of a hundred thousand dossiers costs most.
    """

    def begin(self, row: int) -> None:
        """From this row on, from 0, ``add`` writes the rows."""
        self._write_single_row(row)

    def add(self, xml: str) -> None:
        self.fh.write(xml)

    def end(self, row: int, column: int) -> None:
        """The last cell, from 0."""
        self._check_dimensions(row, column)

    def text(self, text: str, style) -> str:
        """The cell of a text that comes often, behind its address."""
        number = self.str_table._get_shared_string_index(text)
        return f'" s="{style._get_xf_index()}" t="s"><v>{number}</v></c>'


def dossiers(sheet: Rows, style, form: Form, lines: Iterable[Line]) -> Counted:
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
    row, marked = 0, Counter()
    plain, day = style.plain._get_xf_index(), style.day._get_xf_index()
    text = functools.cache(lambda text: sheet.text(text, style.plain))
    names = {key: xl_col_to_name(column) for key, column in place.items()}
    mark = sheet.text(MARK, style.mark)
    marks = functools.cache(lambda keys: "".join(f'<c r="{names[key]}#{mark}' for key in keys))
    sheet.begin(1)
    for row, line in enumerate(lines, 1):
        code, procedure, sector, received_on, due_on, settled_on, outcome, columns = line
        number, columns = str(row + 1), tuple(columns)
        cells = [
            f'<row r="{number}"><c r="A{number}" s="{plain}" t="inlineStr"><is><t>'
            f"{escape(code or '', quote=False)}</t></is></c>"
            f'<c r="B{number}{text(procedure)}'
        ]
        if sector:
            cells.append(f'<c r="C{number}{text(sector)}')
        for name, moment in (("D", received_on), ("E", due_on), ("F", settled_on)):
            if moment:
                days = moment.toordinal() - DAY_ZERO
                cells.append(f'<c r="{name}{number}" s="{day}"><v>{days}</v></c>')
        if outcome:
            cells.append(f'<c r="G{number}{text(OUTCOMES[outcome])}')
        sheet.add(f"{''.join(cells)}{marks(columns).replace('#', number)}</row>")
        marked[columns] += 1
    sheet.end(row, last)
    counts = dict.fromkeys(place, 0)
    for columns, rows in marked.items():
        for key in columns:
            counts[key] += rows
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

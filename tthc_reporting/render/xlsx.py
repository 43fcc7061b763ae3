"""Matrices as an Excel workbook whose sheets look like the official forms."""

import io
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..rules.matrix import Form, Matrix
from .xlsx_adjustments import NAME, adjustments
from .xlsx_checks import checks
from .xlsx_dossiers import A4, Line, Rows, dossiers, dossiers_name

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
CENTRED = {"align": "center", "text_wrap": True}
BOXED = {"border": 1}
ORDER_WIDTH, LABEL_WIDTH = 5, 34  # of columns, in characters
FIGURES_WIDTH = 104.5  # of all figure columns together
LINE = 16  # the height of a line of text, in points
HEAD = 7  # first row of the table's heading, from 0


@dataclass(frozen=True)
class Paper:
    """What stands around the table. Days are local; ``period`` is its name in words."""

    number: str
    circular: str
    period: str
    date_from: date
    date_to: date
    reporter: str
    recipient: str
    place: str

    def as_dict(self) -> dict:
        """Fit for JSON."""
        return asdict(self) | {"date_from": str(self.date_from), "date_to": str(self.date_to)}

    @classmethod
    def from_dict(cls, kept: Mapping) -> "Paper":
        days = {day: date.fromisoformat(kept[day]) for day in ("date_from", "date_to")}
        return cls(**kept | days)


class Sheet(Worksheet):
    """A sheet whose merged cells are written in any order, in a book of constant memory."""

    def _initialize(self, init_data):
        result = super()._initialize(init_data | {"constant_memory": False})
        self.row_data_fh_closed = True  # the book closes the file of each sheet, here there is none
        return result


def workbook(
    sheets: Sequence[tuple[Matrix, Paper]],
    created: datetime,
    behind: Mapping[str, Iterable[Line]] | None = None,
    adjusted: Sequence[Mapping] = (),
) -> bytes:
    """The bytes of an .xlsx file: each form on a sheet of landscape A4, then what proves them.

    Same arguments, same bytes.

    :param created: the moment that the file says it was made, naive UTC
    :param behind: by the code of a form the dossiers that it counts, read once
    :param adjusted: what ``tthc.report.adjustments`` tells; without any there is no sheet of it
    """
    out = io.BytesIO()
    # labels come from people: never read as formulas or links
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": created})
    style = Styles(book)
    for matrix, paper in sheets:
        _form(book.add_worksheet(matrix.form.code, Sheet), style, matrix, paper)
    if adjusted:
        adjustments(book.add_worksheet(NAME, Sheet), style, adjusted)
    proof = book.add_worksheet("Kiểm tra", Sheet)
    counted = {}
    for matrix, _paper in sheets:
        if lines := (behind or {}).get(matrix.form.code):
            sheet = book.add_worksheet(dossiers_name(matrix.form), Rows)
            counted[matrix.form.code] = dossiers(sheet, style, matrix.form, lines)
    checks(proof, style, [(matrix, first_row(matrix.form)) for matrix, _paper in sheets], counted)
    book.close()
    return out.getvalue()


def first_row(form: Form) -> int:
    """The row of the first line of the table, from 0."""
    return HEAD + form.heading_rows + 1


def _form(sheet, style, matrix, paper):
    last = len(matrix.form.columns) - 1
    width = FIGURES_WIDTH / len(matrix.form.figures)

    def right(characters):
        """The first of the right-hand columns that together hold so many characters."""
        return last + 1 - math.ceil(characters / width)

    left = 1 + math.floor(19 / width)  # the last of the left-hand columns
    _heading(sheet, style, matrix, paper, left, right)
    first = first_row(matrix.form)
    end = _table(sheet, style, matrix, first)
    _signatures(sheet, style, paper, end + 2, left, right)
    sheet.set_column(0, 0, ORDER_WIDTH)
    sheet.set_column(1, 1, LABEL_WIDTH)
    sheet.set_column(2, last, width)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(HEAD, first - 1)
    sheet.freeze_panes(first, 2)
    sheet.print_area(0, 0, end + 8, last)
    sheet.set_footer("&C&P/&N")


class Styles:
    """The few cell formats of the sheet, each made once."""

    def __init__(self, book):
        def style(*parts):
            return book.add_format(
                {key: value for part in (FONT, *parts) for key, value in part.items()}
            )

        bold = {"bold": True}
        self.plain = style({"text_wrap": True, "valign": "top"})
        self.line = style()
        self.bold = style(bold, {"text_wrap": True, "valign": "top"})
        self.title = style(bold, CENTRED, {"font_size": 14})
        self.centred = style(CENTRED)
        self.centred_bold = style(CENTRED, bold)
        self.italic = style(CENTRED, {"italic": True})
        self.unit = style({"italic": True, "align": "right"})
        self.head = style(bold, CENTRED, BOXED)
        self.number = style(CENTRED, BOXED, {"italic": True, "font_size": 10})
        self.label = style(BOXED, {"text_wrap": True})
        self.order = style(CENTRED, BOXED)
        self.figure = style(BOXED, {"align": "center", "num_format": "#,##0"})
        self.total = style(bold, BOXED, {"align": "center", "num_format": "#,##0"})
        self.day = style({"align": "center", "num_format": "dd/mm/yyyy"})
        self.mark = style({"align": "center"})
        self.true = book.add_format({"bg_color": "#C6EFCE", "font_color": "#006100"})
        self.false = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})


def _heading(sheet, style, matrix, paper, left, right):
    last = len(matrix.form.columns) - 1
    parties = right(28)
    middle = (left + 1, parties - 1)
    sheet.merge_range(0, 0, 0, left, f"Biểu số {paper.number}", style.bold)
    sheet.merge_range(1, 0, 2, left, paper.circular, style.plain)
    sheet.merge_range(0, middle[0], 2, middle[1], matrix.form.title, style.title)
    sheet.merge_range(0, parties, 0, last, f"- Đơn vị báo cáo: {paper.reporter}", style.plain)
    sheet.merge_range(1, parties, 2, last, f"- Đơn vị nhận báo cáo: {paper.recipient}", style.plain)
    sheet.set_row(0, 36)
    sheet.merge_range(3, middle[0], 3, middle[1], f"Kỳ báo cáo: {paper.period}", style.centred_bold)
    days = f"(Từ ngày {paper.date_from:%d/%m/%Y} đến ngày {paper.date_to:%d/%m/%Y})"
    sheet.merge_range(4, middle[0], 4, middle[1], days, style.italic)
    if matrix.form.notes:
        sheet.merge_range(5, 0, 5, last, " ".join(matrix.form.notes), style.italic)
    sheet.merge_range(6, right(47), 6, last, f"Đơn vị tính: {matrix.form.unit}.", style.unit)
    for cell in matrix.form.headings:
        top, left = HEAD + cell.row, cell.column
        bottom, right = top + cell.rows - 1, left + cell.columns - 1
        if (top, left) == (bottom, right):
            sheet.write_string(top, left, cell.text, style.head)
        else:
            sheet.merge_range(top, left, bottom, right, cell.text, style.head)
    for row, height in enumerate(_heights(matrix.form), HEAD):
        sheet.set_row(row, height)
    numbers = HEAD + matrix.form.heading_rows
    for column, number in enumerate(matrix.form.columns):
        sheet.write_string(numbers, column, f"({number})", style.number)


def _heights(form):
    """The height of each row of the heading, in points: merged cells get none by themselves."""
    width = FIGURES_WIDTH / len(form.figures)
    widths = [ORDER_WIDTH, LABEL_WIDTH, *[width] * len(form.figures)]
    heights = [LINE + 2] * form.heading_rows
    for cell in sorted(form.headings, key=lambda cell: cell.rows):
        room = sum(widths[cell.column : cell.column + cell.columns])
        rows = range(cell.row, cell.row + cell.rows)
        needed = LINE * len(textwrap.wrap(cell.text, int(room))) + 2
        heights[rows[-1]] += max(0, needed - sum(heights[row] for row in rows))
    return heights


def _table(sheet, style, matrix, first):
    """Write rows and total; return the row of the total."""
    form = matrix.form
    uppermost = [first + number for number, row in enumerate(matrix.rows) if not row.level]
    for number, row in enumerate(matrix.rows):
        if row.level:
            sheet.write_blank(first + number, 0, None, style.order)
        else:
            sheet.write_number(first + number, 0, uppermost.index(first + number) + 1, style.order)
        sheet.write_string(first + number, 1, 4 * row.level * " " + row.label, style.label)
        for column, key in enumerate(form.figures, 2):
            _write(sheet, first + number, column, form, key, row.values, style.figure)
    total = first + len(matrix.rows)
    sheet.write_blank(total, 0, None, style.total)
    sheet.write_string(total, 1, matrix.total.label, style.total)
    for column, key in enumerate(form.figures, 2):
        value = matrix.total.values[key]
        if form.blank:
            sheet.write_blank(total, column, None, style.total)
        elif matrix.rows:
            cells = xl_range(first, column, total - 1, column)
            if len(uppermost) < len(matrix.rows):  # a line below another one is in it
                cells = ",".join(xl_rowcol_to_cell(row, column) for row in uppermost)
            sheet.write_formula(total, column, f"=SUM({cells})", style.total, value)
        else:
            sheet.write_number(total, column, value, style.total)
    return total


def _write(sheet, row, column, form, key, values, style):
    """A figure; a sum of other columns is a live formula with its value kept in the file."""
    parts = form.sums.get(key)
    if not parts:
        sheet.write_number(row, column, values[key], style)
        return
    names = [f"{xl_col_to_name(form.columns.index(part))}{row + 1}" for part in parts]
    sheet.write_formula(row, column, "=" + "+".join(names), style, values[key])


def _signatures(sheet, style, paper, row, left, right):
    first, last = right(57), right(0) - 1
    place = f"{paper.place}, " if paper.place else ""
    sheet.merge_range(row, first, row, last, f"{place}ngày …… tháng …… năm ………", style.italic)
    sheet.merge_range(row + 1, 0, row + 1, left, "Người làm báo cáo", style.centred_bold)
    sheet.merge_range(row + 1, first, row + 1, last, "Thủ trưởng đơn vị", style.centred_bold)
    sheet.merge_range(row + 2, 0, row + 2, left, "(Ký, ghi rõ họ tên)", style.italic)
    sheet.merge_range(row + 2, first, row + 2, last, "(Ký, đóng dấu, ghi rõ họ tên)", style.italic)

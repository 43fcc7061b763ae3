"""The sheet that proves the others: each total counted again, each identity, all live formulas."""

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from ..rules.matrix import Form, Matrix
from .xlsx_dossiers import A4, MARK, Counted

HEADINGS = (
    ("Biểu", 12),
    ("Nội dung kiểm tra", 60),
    ("Trên biểu", 14),
    ("Đối chiếu", 14),
    ("Đúng", 10),
)


def checks(
    sheet, style, matrices: Sequence[tuple[Matrix, int]], counted: Mapping[str, Counted]
) -> None:
    """Write the sheet.

    :param matrices: each with the row of its first line on its own sheet, from 0
    :param counted: by the code of a form its sheet of dossiers
    """
    for column, (text, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, style.head)
    row = 1
    all_hold = True
    for matrix, first in matrices:
        lines = _against_dossiers(matrix, first, counted.get(matrix.form.code))
        for text, left, right, formula, holds in (*lines, *_identities(matrix, first)):
            sheet.write_string(row, 0, matrix.form.code, style.order)
            sheet.write_string(row, 1, text, style.label)
            for column, (side, value) in enumerate((left, right), 2):
                if side:
                    sheet.write_formula(row, column, f"={side}", style.figure, value)
                else:
                    sheet.write_blank(row, column, None, style.figure)
            if formula is None:  # counted apart from the ledger: not in the workbook
                sheet.write_boolean(row, 4, holds, style.order)
            else:
                sheet.write_formula(row, 4, formula.format(row=row + 1), style.order, holds)
            all_hold = all_hold and holds
            row += 1
    sheet.write_string(row, 1, "Tất cả đều đúng", style.head)
    proofs = xl_range_abs(1, 4, max(row - 1, 1), 4)
    sheet.write_formula(row, 4, f"=AND({proofs})", style.head, all_hold)
    for value, colour in (("TRUE", style.true), ("FALSE", style.false)):
        rule = {"type": "cell", "criteria": "==", "value": value, "format": colour}
        sheet.conditional_format(1, 4, row, 4, rule)
    sheet.freeze_panes(1, 0)
    # no print area: all there is gets printed, and LibreOffice 7.4 stops at one with rules in it
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P/&N")


def _against_dossiers(matrix, first, counted):
    """Each total of the form against the marks of its column."""
    if not counted:
        return
    form, values = matrix.form, matrix.total.values
    total = first + len(matrix.rows)
    for key in form.figures:
        yield (
            f"Cột ({key}): tổng số trên biểu = số hồ sơ trong danh sách",
            (_cell(form, key, total), values[key]),
            (f'COUNTIF({counted.cells[key]},"{MARK}")', counted.counts[key]),
            "=C{row}=D{row}",
            values[key] == counted.counts[key],
        )


def _identities(matrix, first):
    """Each identity, shown for the total and tried on every line."""
    form, values = matrix.form, matrix.total.values
    total = first + len(matrix.rows)
    pairs = [((key,), parts) for key, parts in form.sums.items()] + list(form.equal)
    for number, identity in enumerate(matrix.identities):
        if number >= len(pairs):
            yield identity.name, (None, None), (None, None), None, identity.holds
            continue
        sides = pairs[number]
        shown = [
            ("+".join(_cell(form, key, total) for key in side), sum(values[key] for key in side))
            for side in sides
        ]
        left, right = ("+".join(_cells(form, key, first, total) for key in side) for side in sides)
        yield identity.name, *shown, f"=SUMPRODUCT(--({left}<>{right}))=0", identity.holds


def _cell(form: Form, key: str, row: int) -> str:
    return f"'{form.code}'!{xl_rowcol_to_cell(row, form.columns.index(key))}"


def _cells(form: Form, key: str, first: int, last: int) -> str:
    column = form.columns.index(key)
    return f"'{form.code}'!{xl_range_abs(first, column, last, column)}"

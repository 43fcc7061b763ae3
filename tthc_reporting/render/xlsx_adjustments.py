"""The sheet of what concerns reports sealed before, or was entered after the last day."""

from collections.abc import Mapping, Sequence

from .xlsx_dossiers import A4

NAME = "Điều chỉnh"
# what is printed is Vietnamese and not translated, as the forms are
KINDS = {
    "late": "Tiếp nhận trong kỳ đã chốt, ghi trong kỳ này",
    "reopen": "Mở lại: đã kết thúc trong kỳ đã chốt",
    "correct_result": "Đính chính kết quả của kỳ đã chốt",
    "entered_late": "Ghi sau ngày chốt, tính vào kỳ này",
}
HEADINGS = (("TT", 6), ("Hồ sơ, phản ánh", 26), ("Nội dung", 46), ("Lý do", 60))


def adjustments(sheet, style, lines: Sequence[Mapping]) -> None:
    """Write the sheet; ``lines`` as ``tthc.report.adjustments`` has them."""
    for column, (text, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, style.head)
    for row, line in enumerate(lines, 1):
        sheet.write_number(row, 0, row, style.order)
        texts = line["code"], KINDS[line["kind"]], line["reason"] or ""
        for column, text in enumerate(texts, 1):
            sheet.write_string(row, column, text, style.label)
    sheet.freeze_panes(1, 0)
    sheet.print_area(0, 0, len(lines), len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P/&N")

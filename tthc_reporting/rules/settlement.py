"""Form II.06a: how procedures were settled (TT 01/2020/TT-VPCP).

Its columns are those of a provincial system; the circular's own annex could not be read.
The wording of the headings is the form's, so it is Vietnamese and not translated.
"""

from .matrix import Form, Heading

LATE = ("10", "13")  # the columns of late dossiers
CARRIED_OVER = "(6) = (11) của kỳ trước"
II_06A = Form(
    code="II.06a",
    title="TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC",
    unit="Số hồ sơ TTHC",
    columns=tuple(str(number) for number in range(1, 14)),
    headings=(
        Heading("TT", 0, 0, rows=3),
        Heading("Lĩnh vực giải quyết", 0, 1, rows=3),
        Heading("Số lượng hồ sơ tiếp nhận", 0, 2, columns=4),
        Heading("Số lượng hồ sơ đã giải quyết", 0, 6, columns=4),
        Heading("Số lượng hồ sơ đang giải quyết", 0, 10, columns=3),
        Heading("Tổng số", 1, 2, rows=2),
        Heading("Trong kỳ", 1, 3, columns=2),
        Heading("Từ kỳ trước", 1, 5, rows=2),
        Heading("Tổng số", 1, 6, rows=2),
        Heading("Trước hạn", 1, 7, rows=2),
        Heading("Đúng hạn", 1, 8, rows=2),
        Heading("Quá hạn", 1, 9, rows=2),
        Heading("Tổng số", 1, 10, rows=2),
        Heading("Trong hạn", 1, 11, rows=2),
        Heading("Quá hạn", 1, 12, rows=2),
        Heading("Trực tuyến", 2, 3),
        Heading("Trực tiếp, dịch vụ bưu chính", 2, 4),
    ),
    source="settlement",
    sums={"3": ("4", "5", "6"), "7": ("8", "9", "10"), "11": ("12", "13")},
    equal=((("3",), ("7", "11")),),
    # counted apart, from the moves into and out of the pending until the eve of the period
    carried=("6", CARRIED_OVER),
)

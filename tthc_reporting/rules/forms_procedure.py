"""Forms that count procedures: II.07b, II.03b and II.04b (TT 01/2020/TT-VPCP).

The columns of II.07b are those of a provincial system; a commune fills in what is of its level.
"""

from .matrix import Form, Heading

II_07B = Form(
    code="II.07b",
    title="TỔNG HỢP SỐ LƯỢNG THỦ TỤC HÀNH CHÍNH THỰC HIỆN THEO CƠ CHẾ MỘT CỬA, MỘT CỬA LIÊN THÔNG",
    unit="Số TTHC",
    columns=tuple(str(number) for number in range(1, 15)),
    headings=(
        Heading("STT", 0, 0, rows=2),
        Heading("Đơn vị", 0, 1, rows=2),
        Heading("Tổng số TTHC thuộc thẩm quyền giải quyết của địa phương", 0, 2, columns=4),
        Heading("TTHC được thực hiện theo CCMC, MCLT", 0, 6, columns=4),
        Heading("Quy trình nội bộ giải quyết TTHC theo CCMC, MCLT được ban hành", 0, 10, columns=4),
        Heading("Tổng số TTHC", 1, 2),
        Heading("Cấp tỉnh", 1, 3),
        Heading("Cấp huyện", 1, 4),
        Heading("Cấp xã", 1, 5),
        Heading("Tổng số TTHC", 1, 6),
        Heading("Tại BPMC cấp tỉnh", 1, 7),
        Heading("Tại BPMC cấp huyện", 1, 8),
        Heading("Tại BPMC cấp xã", 1, 9),
        Heading("Tổng số quy trình", 1, 10),
        Heading("Cấp tỉnh", 1, 11),
        Heading("Cấp huyện", 1, 12),
        Heading("Cấp xã", 1, 13),
    ),
    source="procedures",
    counts="procedure",
    by="unit",
    sums={"3": ("4", "5", "6"), "7": ("8", "9", "10"), "11": ("12", "13", "14")},
)

II_03B = Form(
    code="II.03b",
    title="SỐ LƯỢNG THỦ TỤC HÀNH CHÍNH ĐƯỢC CÔNG BỐ, CÔNG KHAI",
    unit="Số TTHC",
    columns=tuple(str(number) for number in range(1, 9)),
    headings=(
        Heading("TT", 0, 0, rows=2),
        Heading("Lĩnh vực", 0, 1, rows=2),
        Heading("Số TTHC được công bố trong kỳ", 0, 2, columns=5),
        Heading("Trong đó đã niêm yết đến cuối kỳ", 0, 7, rows=2),
        Heading("Tổng số", 1, 2),
        Heading("Ban hành mới", 1, 3),
        Heading("Sửa đổi, bổ sung", 1, 4),
        Heading("Thay thế", 1, 5),
        Heading("Bãi bỏ", 1, 6),
    ),
    source="publication",
    counts="procedure",
    needs=("procedure.decision", "posting"),
    sums={"3": ("4", "5", "6", "7")},
    provisional="Tên biểu theo trí nhớ, các cột chưa kiểm chứng; số VBQPPL do cơ quan công bố báo.",
)

# nothing is kept of a review yet: what brings it has _facts_review, and takes ``blank`` away
II_04B = Form(
    code="II.04b",
    title="KẾT QUẢ RÀ SOÁT, ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH",
    unit="Số TTHC",
    columns=tuple(str(number) for number in range(1, 8)),
    headings=(
        Heading("TT", 0, 0, rows=2),
        Heading("Lĩnh vực", 0, 1, rows=2),
        Heading("Số TTHC đã rà soát", 0, 2, rows=2),
        Heading("Phương án", 0, 3, columns=4),
        Heading("Giữ nguyên", 1, 3),
        Heading("Sửa đổi, bổ sung", 1, 4),
        Heading("Thay thế", 1, 5),
        Heading("Bãi bỏ", 1, 6),
    ),
    source="review",
    counts="procedure",
    blank="Phần mềm chưa ghi việc rà soát: biểu để trống, ghi tay khi có kết quả rà soát.",
    sums={"3": ("4", "5", "6", "7")},
    provisional="Tên biểu và các cột theo trí nhớ: chưa tìm được mẫu chính thức.",
)

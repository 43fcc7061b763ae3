"""Form II.08: procedures in the electronic environment, and digitisation (TT 01/2020/TT-VPCP).

The columns follow a province's table for QĐ 766/QĐ-TTg; those of the circular could not be read.
Online payment is no column: how a fee was paid is not recorded.
"""

from .matrix import Form, Heading

II_08 = Form(
    code="II.08",
    title="KẾT QUẢ THỰC HIỆN THỦ TỤC HÀNH CHÍNH TRÊN MÔI TRƯỜNG ĐIỆN TỬ",
    unit="Số hồ sơ TTHC",
    columns=tuple(str(number) for number in range(1, 13)),
    headings=(
        Heading("TT", 0, 0, rows=2),
        Heading("Lĩnh vực", 0, 1, rows=2),
        Heading("Hồ sơ tiếp nhận trong kỳ", 0, 2, columns=4),
        Heading("Số hóa thành phần hồ sơ", 0, 6, columns=3),
        Heading("Hồ sơ đã có kết quả, số hóa kết quả", 0, 9, columns=3),
        Heading("Tổng số", 1, 2),
        Heading("Trực tuyến", 1, 3),
        Heading("Trực tiếp", 1, 4),
        Heading("Dịch vụ bưu chính", 1, 5),
        Heading("Chưa số hóa", 1, 6),
        Heading("Đã số hóa", 1, 7),
        Heading("Có tái sử dụng", 1, 8),
        Heading("Tổng số", 1, 9),
        Heading("Chưa số hóa", 1, 10),
        Heading("Đã số hóa", 1, 11),
    ),
    source="electronic",
    sums={"3": ("4", "5", "6"), "10": ("11", "12")},
    equal=((("3",), ("7", "8")),),
    provisional="Các cột theo bảng của một tỉnh (QĐ 766/QĐ-TTg): chưa tìm được mẫu chính thức.",
)

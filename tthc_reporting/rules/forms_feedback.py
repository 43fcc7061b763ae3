"""Form II.05a: how feedback was handled (TT 01/2020/TT-VPCP; NĐ 20/2008/NĐ-CP Đ5, Đ9, Đ19).

What is told apart is the decree's; the circular's own columns could not be read.
"""

from .matrix import Form, Heading

II_05A = Form(
    code="II.05a",
    title="KẾT QUẢ XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH TẠI CƠ QUAN, ĐƠN VỊ",
    unit="Số phản ánh, kiến nghị",
    columns=tuple(str(number) for number in range(1, 14)),
    headings=(
        Heading("TT", 0, 0, rows=3),
        Heading("Ngành, lĩnh vực", 0, 1, rows=3),
        Heading("Phân loại phản ánh, kiến nghị", 0, 2, columns=6),
        Heading("Kết quả xử lý", 0, 8, columns=5),
        Heading("Tổng số", 1, 2, rows=2),
        Heading("Theo nội dung", 1, 3, columns=3),
        Heading("Theo thời điểm tiếp nhận", 1, 6, columns=2),
        Heading("Thuộc thẩm quyền", 1, 8, columns=3),
        Heading("Chuyển cơ quan khác, không tiếp nhận", 1, 11, rows=2),
        Heading("Đăng tải công khai kết quả trả lời", 1, 12, rows=2),
        Heading("Hành vi hành chính", 2, 3),
        Heading("Quy định hành chính", 2, 4),
        Heading("Sáng kiến, chưa phân loại", 2, 5),
        Heading("Kỳ trước chuyển qua", 2, 6),
        Heading("Tiếp nhận mới", 2, 7),
        Heading("Đã xử lý: hành vi", 2, 8),
        Heading("Đã xử lý: quy định, nội dung khác", 2, 9),
        Heading("Đang xử lý", 2, 10),
    ),
    source="feedback",
    counts="feedback",
    sums={"3": ("4", "5", "6")},
    equal=((("3",), ("7", "8")), (("3",), ("9", "10", "11", "12"))),
    provisional="Tiêu chí theo NĐ 20/2008; các cột theo trí nhớ: chưa tìm được mẫu chính thức.",
)

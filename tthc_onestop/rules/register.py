"""The register of dossiers: its columns, which the page and the sheet share.

Mẫu số 06 of TT 01/2018/TT-VPCP, 07 of TT 03/2025/TT-VPCP. The columns are from memory and from
books in use: the annexes could not be read.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Column(NamedTuple):
    """A column of the register; ``width`` in mm on the page."""

    key: str
    label: str
    group: str
    width: int


_DAYS = "Ngày, tháng, năm"
_RETURN = "Trả kết quả"
COLUMNS = (
    Column("entry", "STT", "", 10),
    Column("code", "Mã hồ sơ", "", 26),
    Column("procedure", "Tên TTHC", "", 34),
    Column("sets", "Số lượng hồ sơ (bộ)", "", 11),
    Column("applicant", "Tên cá nhân, tổ chức", "", 26),
    Column("contact", "Địa chỉ, số điện thoại", "", 28),
    Column("handler", "Cơ quan chủ trì giải quyết", "", 20),
    Column("received", "Nhận hồ sơ", _DAYS, 14),
    Column("due", "Hẹn trả kết quả", _DAYS, 14),
    Column("handed_over", "Chuyển đến cơ quan giải quyết", _DAYS, 14),
    Column("settled", "Nhận kết quả từ cơ quan giải quyết", _DAYS, 14),
    Column("returned", "Ngày, tháng, năm", _RETURN, 14),
    Column("means", "Phương thức", _RETURN, 14),
    Column("signed", "Ký nhận", _RETURN, 14),
    Column("note", "Ghi chú", "", 0),  # what is left
)

# the book of feedback (NĐ 20/2008 Đ9.1: sổ tiếp nhận); no form of it was found in the law
_SENDER, _CLASS, _HANDLED = "Người gửi", "Phân loại", "Xử lý"
FEEDBACK_COLUMNS = (
    Column("number", "Số", "", 9),
    Column("received", "Ngày nhận", "", 18),
    Column("sender", "Họ tên", _SENDER, 22),
    Column("contact", "Địa chỉ, số điện thoại, thư điện tử", _SENDER, 29),
    Column("channel", "Hình thức", "", 15),
    Column("content", "Nội dung", "", 42),
    Column("category", "Nội dung", _CLASS, 15),
    Column("procedure", "Thủ tục", _CLASS, 24),
    Column("handler", "Người xử lý, nơi chuyển", _HANDLED, 21),
    Column("due", "Hạn", _HANDLED, 18),
    Column("answered", "Ngày trả lời, chuyển", _HANDLED, 18),
    Column("published", "Ngày công khai", _HANDLED, 18),
    Column("note", "Tình trạng", "", 0),  # what is left
)


class Cover(NamedTuple):
    """What the cover of the book says; the days are local."""

    form: str
    agency: str
    desk: str
    title: str
    sectors: str
    book: str
    period: str


def headings(columns: Sequence[Column] = COLUMNS) -> list[tuple[str, list[Column]]]:
    """The groups of columns in their order; a column without a group is one by itself."""
    found = {}
    for column in columns:
        found.setdefault(column.group or column.key, []).append(column)
    return [(columns[0].group, columns) for columns in found.values()]

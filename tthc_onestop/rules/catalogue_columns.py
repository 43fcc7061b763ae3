"""The columns of a published list of procedures, recognised by their headings.

Provinces name and order them as they like (STT | Mã TTHC | Tên | Lĩnh vực | Thời hạn | Phí…); the
list that this project ships has names of its own. Both are known here by one name each.
"""

import re
import unicodedata
from collections.abc import Sequence

_HEADINGS = {
    "stt": "stt, tt, số tt",
    "ma_tthc": "ma tthc, mã thủ tục, mã thủ tục hành chính, mã số, mã số tthc, mã hồ sơ tthc",
    "ten_tthc": "ten tthc, tên thủ tục hành chính, tên thủ tục, tên, thủ tục hành chính, tên tthc",
    "linh_vuc": "lĩnh vực, tên lĩnh vực",
    "thoi_han": "thời hạn, thời hạn giải quyết, thời gian giải quyết, thời gian, thời gian tối đa, "
    "thời gian thực hiện",
    "thoi_han_so": "thời hạn số",
    "don_vi_thoi_han": "đơn vị thời hạn",
    "thoi_han_toi_da_khi_xac_minh": "thời hạn tối đa khi xác minh",
    "phi_le_phi": "phí lệ phí, phí, lệ phí, phí lệ phí nếu có, phí và lệ phí",
    "muc_do_dvc": "mức độ dvc, mức độ dịch vụ công, mức độ dịch vụ công trực tuyến, dvctt, "
    "dịch vụ công trực tuyến, mức độ",
    "thanh_phan_ho_so": "thành phần hồ sơ, hồ sơ, giấy tờ phải nộp",
    "ket_qua": "kết quả, kết quả giải quyết, kết quả thực hiện",
    "can_cu_phap_ly": "căn cứ pháp lý, căn cứ, văn bản quy định",
    "trang_thai": "trạng thái, tình trạng, hiệu lực, loại công bố, nội dung công bố",
    "source": "source, nguồn",
    "verified_fields": "verified fields",
    "memory_fields": "memory fields",
    "ap_dung_cap_xa_2023": "áp dụng cấp xã 2023",
    "ghi_chu": "ghi chú",
}


def fold(text: str) -> str:
    """``text`` without diacritics, case and punctuation, for comparing."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


_NAMED = {
    fold(heading): column
    for column, headings in _HEADINGS.items()
    for heading in (*headings.split(", "), column)
}


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """The columns that a row of headings names, each to its place; the first of two is taken."""
    found = {}
    for place, cell in enumerate(cells):
        column = _NAMED.get(fold(cell))
        if column:
            found.setdefault(column, place)
    return found

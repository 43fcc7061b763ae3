"""What the public reads of texts in which a source left its remarks."""

import re

from .fee import FIXED, PER_COPY, Tariff

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_FROM_MEMORY = re.compile(r"^memory\s*[;,]\s*|\s*[;,]\s*memory$|^memory$")
_NOT_FOUND = "không tìm được"


def without_remarks(text: str) -> str:
    """A text without what says that it is from memory or was not found: a label says that.

    Only whole remarks in brackets go: 15 ngày (memory) is 15 ngày.
    """

    def cleaned(found):
        remark = found[1].strip()
        kept = "" if _NOT_FOUND in remark else _FROM_MEMORY.sub("", remark)
        if kept == remark:
            return found[0]
        return f" ({kept})" if kept else ""

    return _BRACKET.sub(cleaned, text).strip()


def tariff_in_words(tariff: Tariff) -> str:
    """How a fee is reckoned: 2.000 đ/trang; từ trang 3: 1.000 đ/trang; tối đa 200.000 đ/bản."""
    if tariff.rule == FIXED:
        return _dong(tariff.amount) if tariff.amount else "Miễn phí"
    if tariff.rule == PER_COPY:
        return f"{_dong(tariff.amount)} mỗi bản hoặc trường hợp"
    parts = [f"{_dong(tariff.amount)}/trang"]
    if tariff.from_page:
        parts.append(f"từ trang {tariff.from_page}: {_dong(tariff.amount_beyond)}/trang")
    if tariff.ceiling:
        parts.append(f"tối đa {_dong(tariff.ceiling)}/bản")
    return "; ".join(parts)


def _dong(amount):
    return f"{amount:,} đ".replace(",", ".")

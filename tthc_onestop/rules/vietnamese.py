"""Days, moments and numbers as official papers write them (NĐ 30/2020/NĐ-CP Phụ lục I)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta


def month_in_words(day: date) -> str:
    """The month: 1 and 2 get a 0."""
    return f"{day.month:02d}" if day.month < 3 else f"{day.month}"


def day_in_words(day: date) -> str:
    """A day: those below 10 get a 0. No line ends within it."""
    text = f"ngày {day.day:02d} tháng {month_in_words(day)} năm {day.year}"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def moment_in_words(local: datetime) -> str:
    """A moment: 09 giờ 05 phút, and its day."""
    return f"{local:%H} giờ {local:%M} phút, {day_in_words(local)}"


def number_in_short(number: float) -> str:
    """A number of days or papers: 05, 12 or 0,25."""
    text = f"{number:g}".replace(".", ",")
    return text.zfill(2) if text.isdigit() else text


def days_in_short(days: Sequence[date]) -> str:
    """29/4, 02/5–03/5: days in order, those that follow each other as one."""
    runs = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1][1:] = [day]
        else:
            runs.append([day])
    return ", ".join("–".join(f"{day:%d}/{month_in_words(day)}" for day in run) for run in runs)


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def number_in_words(number: int) -> str:
    """A whole number below 10^12, as receipts write it: hai mươi mốt nghìn không trăm lẻ năm."""
    if not number:
        return _DIGITS[0]
    words = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // scale % 1000
        if group:
            words += _hundreds(group, full=bool(words))
            words += [name] if name else []
    return " ".join(words)


def _hundreds(group: int, full: bool) -> list[str]:
    """1 to 999; ``full``: something stands before it, so that its hundreds are said."""
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens:
        words.append("mười")
    elif units and words:
        words.append("lẻ")
    if units:
        after_tens = {1: "mốt"} if tens > 1 else {}
        words.append((after_tens | ({5: "lăm"} if tens else {})).get(units, _DIGITS[units]))
    return words

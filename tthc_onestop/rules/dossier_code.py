"""Codes of dossiers and of the units that issue them (NĐ 61/2018 Đ26; TT 01/2018/TT-VPCP Đ19)."""

import re
from datetime import date

# TT 10/2016/TT-BTTTT, read right to left: 000.17.22.H56
_UNIT_2016 = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}")
# QĐ 20/2020/QĐ-TTg, read left to right, at most 35 characters: H23.20.31
_UNIT_2020 = re.compile(r"[A-Y]\d{2}(\.[A-Z0-9]{1,8}){0,4}")


def is_unit_code(code: str) -> bool:
    """Whether ``code`` has one of the two shapes of a unit code in use since 2016."""
    return len(code) <= 35 and bool(_UNIT_2016.fullmatch(code) or _UNIT_2020.fullmatch(code))


def dossier_code(unit_code: str, day: date, serial: int) -> str:
    """``<unit code>-YYMMDD-NNNN``, the serial counted per unit and local day from 1.

    :raises ValueError: the unit code has no known shape, or the serial is below 1
    """
    if not is_unit_code(unit_code):
        raise ValueError(f"not a unit code: {unit_code!r}")
    if serial < 1:
        raise ValueError("serials start at 1")
    return f"{unit_code}-{day:%y%m%d}-{serial:04d}"

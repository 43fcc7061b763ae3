"""Codes of procedures: 2.000815 on the national database, 2.000815.000.00.00.H55 in a province."""

import re

_NATIONAL = re.compile(r"\d\.\d{6}")
_PROVINCE = re.compile(r"\b[A-Y]\d{2}\b")


def national_code(code: str) -> str:
    """The code without the suffix of a province; as it is when it does not look like one."""
    found = _NATIONAL.match(code)
    return found[0] if found else code


def local_code(code: str, unit_code: str) -> str:
    """The code with the suffix of the province in a unit code (H23.20.31 or 000.17.22.H56).

    A code that has a suffix keeps it; without a province there is none to add. The shape
    d.dddddd.000.00.00.Hxx is that of lists in use (Thái Nguyên), not of a legal text.
    """
    province = _PROVINCE.search(unit_code)
    if not _NATIONAL.fullmatch(code) or not province:
        return code
    return f"{code}.000.00.00.{province[0]}"

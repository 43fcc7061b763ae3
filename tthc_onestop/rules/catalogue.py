"""The published list of procedures as rows of a table, read into plain records.

The shape is that of ``data/procedures_commune.csv``: one row a procedure, papers in one cell, and
two columns that say which cells were verified in a source and which are from memory.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

# d.dddddd on the national database, with the suffix some provinces add: 1.000948.H38
_CODE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2})?(\.[A-Y]\d{2})?")
_UNITS = {
    "gio": "hour",
    "ngay_lam_viec": "working_day",
    "ngay": "day",
    "trong_ngay": "same_day",  # written with the number 1
}
_WITHOUT_TERM = {"", "dinh_ky"}  # none published, or a fixed season of the year
_QUANTITY = re.compile(r"(\d+)\s*(bản chính|bản sao|bản)", re.IGNORECASE)
_PAPER_NUMBER = re.compile(r"^\s*\d+\)\s*")
_SHOWN = re.compile(r"^\s*xuất trình\s*:\s*|\s+– xuất trình$", re.IGNORECASE)

REQUIRED_COLUMNS = ("ma_tthc", "ten_tthc", "linh_vuc", "thoi_han_so", "don_vi_thoi_han")
# column that holds it, the word that verified_fields uses for it, our field
_MARKED = (
    ("ma_tthc", "ma", "code"),
    ("ten_tthc", "ten", "name"),
    ("thoi_han", "thoi_han", "duration"),
    ("thoi_han_toi_da_khi_xac_minh", "xac_minh", "duration_max"),
    ("phi_le_phi", "phi", "fee"),
    ("muc_do_dvc", "muc_do_dvc", "online_level"),
    ("thanh_phan_ho_so", "ho_so", "documents"),
    ("ket_qua", "ket_qua", "result"),
)
UNVERIFIED = tuple(field for _, _, field in _MARKED)


@dataclass(frozen=True)
class Paper:
    """A paper that a procedure asks for; ``kind`` is hand_in or show."""

    name: str
    kind: str = "hand_in"
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Procedure:
    """A row of the list; ``duration`` 0 means that no term is published."""

    row: int
    code: str
    name: str
    sector: str
    duration: float
    duration_unit: str | None
    duration_text: str
    duration_max_text: str
    online_level: str | None
    fee_text: str
    result_name: str
    note: str
    source: str
    unverified: tuple[str, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row: ``field`` is the column, ``code`` one of missing, bad_code,
    duplicate, bad_number, bad_unit, no_unit, unreadable; row 0 is the heading."""

    row: int
    field: str
    code: str
    value: str = ""


def read_catalogue(text: str) -> tuple[list[Procedure], list[Problem]]:
    """The good rows and what is wrong with the others.

    Rows are numbered as in the file's column ``stt`` when it has one, else from 1. A row marked as
    not applied at commune level in 2023 (``ap_dung_cap_xa_2023`` other than "co") is passed over.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=None))
    try:
        columns, table = reader.fieldnames or [], list(reader)
    except csv.Error as error:
        return [], [Problem(reader.line_num, "CSV", "unreadable", str(error))]
    missing = [column for column in REQUIRED_COLUMNS if column not in columns]
    if missing:
        return [], [Problem(0, column, "missing") for column in missing]
    procedures, problems, seen = [], [], set()
    for number, cells in enumerate(table, 1):
        row = {key: (value or "").strip() for key, value in cells.items() if isinstance(key, str)}
        if row.get("ap_dung_cap_xa_2023", "co") != "co":
            continue
        label = row.get("stt", "")
        index = int(label) if re.fullmatch(r"[0-9]{1,6}", label) else number
        wrong = list(_problems(index, row, seen))
        seen.add(row["ma_tthc"])
        if wrong:
            problems += wrong
        else:
            procedures.append(_procedure(index, row))
    return procedures, problems


def _problems(index: int, row: dict, seen: set) -> Iterator[Problem]:
    for column in ("ten_tthc", "linh_vuc"):
        if not row[column]:
            yield Problem(index, column, "missing")
    code, number, unit = row["ma_tthc"], row["thoi_han_so"], row["don_vi_thoi_han"]
    if not _CODE.fullmatch(code):
        yield Problem(index, "ma_tthc", "bad_code", code)
    elif code in seen:
        yield Problem(index, "ma_tthc", "duplicate", code)
    if unit not in _UNITS and unit not in _WITHOUT_TERM:
        yield Problem(index, "don_vi_thoi_han", "bad_unit", unit)
    if number and (_number(number) or 0) <= 0:
        yield Problem(index, "thoi_han_so", "bad_number", number)
    elif number and unit in _WITHOUT_TERM:
        yield Problem(index, "don_vi_thoi_han", "no_unit", number)
    elif not number and unit in _UNITS:
        yield Problem(index, "thoi_han_so", "missing")


def _number(text: str) -> float | None:
    """A plain decimal number with a point or a comma, below 10,000."""
    if not re.fullmatch(r"[0-9]{1,4}([.,][0-9]{1,3})?", text):
        return None
    return float(text.replace(",", "."))


def _procedure(index: int, row: dict) -> Procedure:
    duration = _number(row["thoi_han_so"]) or 0
    return Procedure(
        row=index,
        code=row["ma_tthc"],
        name=row["ten_tthc"],
        sector=row["linh_vuc"],
        duration=duration,
        duration_unit=_UNITS[row["don_vi_thoi_han"]] if duration else None,
        duration_text=row.get("thoi_han", ""),
        duration_max_text=row.get("thoi_han_toi_da_khi_xac_minh", ""),
        online_level=_online_level(row.get("muc_do_dvc", "")),
        fee_text=row.get("phi_le_phi", ""),
        result_name=row.get("ket_qua", ""),
        note=row.get("ghi_chu", ""),
        source=row.get("source", ""),
        unverified=tuple(_unverified(row)),
        papers=tuple(_papers(row.get("thanh_phan_ho_so", ""))),
    )


def _unverified(row: dict) -> Iterator[str]:
    """The filled parts that no source confirms: all that ``verified_fields`` does not name."""
    if "verified_fields" not in row:
        return
    verified = set(row["verified_fields"].split(";")) - set(row.get("memory_fields", "").split(";"))
    for column, word, field in _MARKED:
        if row.get(column) and (word not in verified or "memory" in row[column]):
            yield field


def _online_level(text: str) -> str | None:
    """The lowest level that the text names: a promise kept is better than one broken."""
    lower = text.lower()
    for words, level in (("trực tiếp", "none"), ("một phần", "partial"), ("toàn trình", "full")):
        if words in lower:
            return level
    return None


def _papers(text: str) -> Iterator[Paper]:
    for part in text.split("|"):
        part = _PAPER_NUMBER.sub("", part.strip())
        kind = "show" if _SHOWN.search(part) else "hand_in"
        part = _SHOWN.sub("", part)
        part = part[:1].upper() + part[1:]
        if not part:
            continue
        name, originals, copies = part, 0, 0
        head, dash, tail = part.rpartition(" – ")
        if dash and (found := _QUANTITY.match(tail)):
            count = int(found[1])
            if found[2].lower() == "bản sao":
                copies = count
            else:
                originals = count
            rest = tail[found.end() :].lstrip(" ;,")
            name = f"{head}; {rest}" if rest else head
        yield Paper(name, kind, originals, copies)

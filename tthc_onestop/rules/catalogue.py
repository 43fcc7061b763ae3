"""The published list of procedures as rows of a table, read into plain records.

The shape is that of ``data/procedures_commune.csv``: one row a procedure, papers in one cell, and
two columns that say which cells were verified in a source and which are from memory.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .catalogue_columns import columns_of, fold
from .catalogue_papers import Paper, read_papers
from .sheet import Row, read_csv

# d.dddddd on the national database, with the suffix some provinces add: 1.000948.H38
_CODE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2})?(\.[A-Y]\d{2})?")
UNITS = {
    "gio": "hour",
    "ngay_lam_viec": "working_day",
    "ngay": "day",
    "trong_ngay": "same_day",  # written with the number 1
}
_HEAD = 30  # rows in which the headings are looked for, below what is said over the table
_ORDINAL = re.compile(r"\s*([IVXLC]+|[A-Z]|[0-9]+)(\.[0-9]+)*[.)]?\s*")
_NUMBERED = re.compile(r"^\s*(?:[IVXLC]+|[A-Z]|[0-9]+)(?:\.[0-9]+)*[.)/]\s*")
_TERM = re.compile(r"(?<![/0-9.,])([0-9]{1,4}(?:[.,][0-9]{1,3})?)\s*(giờ|ngày)(\s+làm\s+việc)?")
_NO_TERM = {"", "khong quy dinh", "khong co", "khong", "theo quy dinh"}
_ABOLISHED = {"bai bo", "huy bo", "bi bai bo", "da bai bo", "het hieu luc", "abolished"}
_WITHOUT_TERM = {"", "dinh_ky"}  # none published, or a fixed season of the year

REQUIRED_COLUMNS = ("ma_tthc", "ten_tthc", "linh_vuc", "thoi_han_so", "don_vi_thoi_han")
# column that holds it, the word that verified_fields uses for it, our field
MARKED = (
    ("ma_tthc", "ma", "code"),
    ("ten_tthc", "ten", "name"),
    ("thoi_han", "thoi_han", "duration"),
    ("thoi_han_toi_da_khi_xac_minh", "xac_minh", "duration_max"),
    ("phi_le_phi", "phi", "fee"),
    ("muc_do_dvc", "muc_do_dvc", "online_level"),
    ("thanh_phan_ho_so", "ho_so", "documents"),
    ("ket_qua", "ket_qua", "result"),
)
UNVERIFIED = tuple(part for _, _, part in MARKED)


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
    legal_bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row: ``field`` is the column, ``code`` one of missing, bad_code,
    duplicate, bad_number, bad_unit, no_unit, unreadable, unknown; row 0 is the heading."""

    row: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Listing:
    """What is in a list: the columns it has, and the codes that it abolishes, each with its row."""

    columns: Mapping[str, str] = field(default_factory=dict)  # each with its heading in the list
    codes: frozenset[str] = frozenset()  # of all rows, the wrong ones too
    procedures: tuple[Procedure, ...] = ()
    abolished: tuple[tuple[int, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_catalogue(text: str) -> tuple[list[Procedure], list[Problem]]:
    """The good rows of a list in CSV and what is wrong with the others; see ``read_list``."""
    try:
        listing = read_list(read_csv(text), by_number=True)
    except ValueError as error:
        return [], [Problem(1, "CSV", "unreadable", str(error))]
    return list(listing.procedures), list(listing.problems)


def read_list(table: Sequence[Row], by_number: bool = False) -> Listing:
    """The procedures of a table that has a row of headings among its first rows.

    A row that is marked as not applied at commune level in 2023 (``ap_dung_cap_xa_2023`` other
    than "co") is passed over. In a list without a column of sectors, a row with one filled cell
    names the sector of those below it.

    :param by_number: tell rows by their column ``stt`` where it has a number, else by how many
        they are below the headings; else by their row in the file
    """
    head, columns = _headings(table)
    missing = [column for column in ("ma_tthc", "ten_tthc") if column not in columns]
    if "linh_vuc" not in columns and not any(_alone(row.cells) for row in table[head:]):
        missing.append("linh_vuc")
    if "thoi_han" not in columns or "thoi_han_so" in columns or "don_vi_thoi_han" in columns:
        missing += [each for each in ("thoi_han_so", "don_vi_thoi_han") if each not in columns]
    if missing:
        return Listing(problems=tuple(Problem(0, column, "missing") for column in missing))
    shift = head if by_number else 0
    labels = {column: table[head - 1].cells[place].strip() for column, place in columns.items()}
    labels.setdefault("linh_vuc", "linh_vuc")
    if "thoi_han_so" not in columns:  # it is said in words
        labels |= dict.fromkeys(("thoi_han_so", "don_vi_thoi_han"), labels["thoi_han"])
    procedures, abolished, problems, seen, sector = [], [], [], set(), ""
    for number, cells in table[head:]:
        row = {
            column: cells[place].strip() if place < len(cells) else ""
            for column, place in columns.items()
        }
        if "linh_vuc" not in columns:
            sector = _sector(_alone(cells)) or sector
            if _alone(cells):
                continue
            row["linh_vuc"] = sector
        if not any(row.values()) or row.get("ap_dung_cap_xa_2023", "co") != "co":
            continue
        label = row.get("stt", "") if by_number else ""
        index = int(label) if re.fullmatch(r"[0-9]{1,6}", label) else number - shift
        if "thoi_han_so" not in columns:
            row |= _term(row["thoi_han"])
        wrong = list(_problems(index, row, seen))
        seen.add(row["ma_tthc"])
        if fold(row.get("trang_thai", "")) in _ABOLISHED:
            wrong = [each for each in wrong if each.field == "ma_tthc"]
            abolished += [] if wrong else [(index, row["ma_tthc"])]
        elif not wrong:
            procedures.append(_procedure(index, row))
        problems += (replace(each, field=labels.get(each.field, each.field)) for each in wrong)
    return Listing(
        labels,
        frozenset(seen),
        tuple(procedures),
        tuple(abolished),
        tuple(problems),
    )


def _headings(table):
    """The number of rows down to the headings, and the place of each column."""
    for number, row in enumerate(table[:_HEAD], 1):
        columns = columns_of(row.cells)
        if {"ma_tthc", "ten_tthc"} <= columns.keys():
            return number, columns
    return 1, columns_of(table[0].cells) if table else {}


def _alone(cells):
    """The only text of a row, its number aside: a title or the name of a sector."""
    filled = [cell.strip() for cell in cells if cell.strip() and not _ORDINAL.fullmatch(cell)]
    return filled[0] if len(filled) == 1 and not _CODE.fullmatch(filled[0]) else ""


def _sector(title):
    """The sector that a title names: "II. LĨNH VỰC HỘ TỊCH (5 TTHC)"."""
    text = re.sub(r"\([^)]*\)", " ", _NUMBERED.sub("", title))
    text = " ".join(re.sub(r"^\s*lĩnh vực\s*:?", "", text, flags=re.IGNORECASE).split())
    return text[:1].upper() + (text[1:].lower() if text.isupper() else text[1:])


def _term(text):
    """The number and unit of a term in words, the first that it says."""
    found, same_day = _TERM.search(text.casefold()), text.casefold().find("trong ngày")
    if same_day >= 0 and (not found or same_day < found.start()):
        return {"thoi_han_so": "1", "don_vi_thoi_han": "trong_ngay"}
    if found:
        unit = "gio" if found[2] == "giờ" else "ngay_lam_viec" if found[3] else "ngay"
        return {"thoi_han_so": found[1], "don_vi_thoi_han": unit}
    return {"thoi_han_so": "" if fold(text) in _NO_TERM else text, "don_vi_thoi_han": ""}


def _problems(index: int, row: dict, seen: set) -> Iterator[Problem]:
    for column in ("ten_tthc", "linh_vuc"):
        if not row[column]:
            yield Problem(index, column, "missing")
    code, number, unit = row["ma_tthc"], row["thoi_han_so"], row["don_vi_thoi_han"]
    if not _CODE.fullmatch(code):
        yield Problem(index, "ma_tthc", "bad_code", code)
    elif code in seen:
        yield Problem(index, "ma_tthc", "duplicate", code)
    if unit not in UNITS and unit not in _WITHOUT_TERM:
        yield Problem(index, "don_vi_thoi_han", "bad_unit", unit)
    if number and (_number(number) or 0) <= 0:
        yield Problem(index, "thoi_han_so", "bad_number", number)
    elif number and unit in _WITHOUT_TERM:
        yield Problem(index, "don_vi_thoi_han", "no_unit", number)
    elif not number and unit in UNITS:
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
        duration_unit=UNITS[row["don_vi_thoi_han"]] if duration else None,
        duration_text=row.get("thoi_han", ""),
        duration_max_text=row.get("thoi_han_toi_da_khi_xac_minh", ""),
        online_level=_online_level(row.get("muc_do_dvc", "")),
        fee_text=row.get("phi_le_phi", ""),
        result_name=row.get("ket_qua", ""),
        note=row.get("ghi_chu", ""),
        source=row.get("source", ""),
        unverified=tuple(_unverified(row)),
        papers=tuple(read_papers(row.get("thanh_phan_ho_so", ""))),
        legal_bases=tuple(
            basis.strip() for basis in row.get("can_cu_phap_ly", "").split("\n") if basis.strip()
        ),
    )


def _unverified(row: dict) -> Iterator[str]:
    """The filled parts that no source confirms: all that ``verified_fields`` does not name."""
    if "verified_fields" not in row:
        return
    verified = set(row["verified_fields"].split(";")) - set(row.get("memory_fields", "").split(";"))
    for column, word, part in MARKED:
        if row.get(column) and (word not in verified or "memory" in row[column]):
            yield part


def _online_level(text: str) -> str | None:
    """The lowest level that the text names: a promise kept is better than one broken."""
    lower = text.lower()
    for words, level in (("trực tiếp", "none"), ("một phần", "partial"), ("toàn trình", "full")):
        if words in lower:
            return level
    return None

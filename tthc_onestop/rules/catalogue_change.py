"""What a published list changes in the catalogue, and the catalogue written as such a list."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .catalogue import MARKED, UNITS, Listing, Problem, Procedure
from .catalogue_columns import fold
from .catalogue_papers import write_papers

NATIONAL = len("d.dddddd")  # of a code; what follows is the suffix of a province
COLUMNS = (
    "stt ma_tthc ten_tthc linh_vuc thoi_han thoi_han_so don_vi_thoi_han "
    "thoi_han_toi_da_khi_xac_minh phi_le_phi muc_do_dvc thanh_phan_ho_so ket_qua can_cu_phap_ly "
    "trang_thai source verified_fields memory_fields ghi_chu"
).split()
_LEVELS = {None: "", "none": "trực tiếp", "partial": "một phần", "full": "toàn trình"}
_UNIT_WORDS = {unit: word for word, unit in UNITS.items()}


@dataclass
class Plan:
    """What applying a list would do, each with the row of the list that says so."""

    new: list[Procedure] = field(default_factory=list)
    # the row, the code in the catalogue, the parts that differ
    changed: list[tuple[Procedure, str, tuple[str, ...]]] = field(default_factory=list)
    unchanged: list[tuple[int, str]] = field(default_factory=list)
    abolished: list[tuple[int, str]] = field(default_factory=list)  # row 0: not in the list
    problems: list[Problem] = field(default_factory=list)


def plan_of(
    listing: Listing,
    current: Mapping[str, Procedure],
    gone: Iterable[str] = (),
    abolish_missing: bool = False,
) -> Plan:
    """Compare a list with the catalogue.

    :param current: the last decided version of each procedure, by its code in the catalogue
    :param gone: the codes that are abolished
    :param abolish_missing: abolish what is in the catalogue, in a sector that the list has, and
        not in the list; only when somebody says so, since a list may be of changes
    """
    plan = Plan(problems=list(listing.problems))
    national = {code[:NATIONAL]: code for code in current}
    gone = {code[:NATIONAL]: code for code in gone}
    told = set()
    for entry in (*listing.procedures, *listing.abolished):
        row, said = entry if isinstance(entry, tuple) else (entry.row, entry.code)
        code = said if said in current else national.get(said[:NATIONAL])
        if (code or said) in told:
            plan.problems.append(Problem(row, listing.columns["ma_tthc"], "duplicate", said))
            continue
        told.add(code or said)
        if isinstance(entry, Procedure):
            if not code:
                plan.new.append(entry)
            elif parts := changed_parts(current[code], entry, listing.columns):
                plan.changed.append((entry, code, parts))
            else:
                plan.unchanged.append((row, code))
        elif code:
            plan.abolished.append((row, code))
        elif said[:NATIONAL] in gone:
            plan.unchanged.append((row, gone[said[:NATIONAL]]))
        else:
            plan.problems.append(Problem(row, listing.columns["ma_tthc"], "unknown", said))
    if abolish_missing:
        sectors = {fold(procedure.sector) for procedure in listing.procedures}
        listed = {code[:NATIONAL] for code in listing.codes}
        plan.abolished += [
            (0, code)
            for code, procedure in current.items()
            if code[:NATIONAL] not in listed and fold(procedure.sector) in sectors
        ]
    return plan


def changed_parts(
    old: Procedure, new: Procedure, columns: Iterable[str] = COLUMNS
) -> tuple[str, ...]:
    """The parts that differ, of those that the columns of a list give."""
    return tuple(
        part
        for part, column, content in _PARTS
        if column in columns and content(old) != content(new)
    )


def cells_of(number: int, procedure: Procedure) -> list[str]:
    """A row of a list, with the cells of ``COLUMNS``; ``read_list`` reads the same from it."""
    filled = _filled(procedure)
    words = {part: word for _, word, part in MARKED if part in filled}
    unverified = set(procedure.unverified)
    cells = filled | {
        "stt": str(number),
        "linh_vuc": procedure.sector,
        "thoi_han": procedure.duration_text,
        "thoi_han_so": f"{procedure.duration:g}" if procedure.duration else "",
        "don_vi_thoi_han": _UNIT_WORDS[procedure.duration_unit] if procedure.duration else "",
        "can_cu_phap_ly": "\n".join(procedure.legal_bases),
        "source": procedure.source,
        "ghi_chu": procedure.note,
        "verified_fields": ";".join(words[part] for part in words if part not in unverified),
        "memory_fields": ";".join(words[part] for part in words if part in unverified),
    }
    cells |= {column: filled[part] for column, _, part in MARKED if part in filled}
    return [cells.get(column, "") for column in COLUMNS]


def _filled(procedure):
    parts = {
        "code": procedure.code,
        "name": procedure.name,
        "duration": procedure.duration_text,
        "duration_max": procedure.duration_max_text,
        "fee": procedure.fee_text,
        "online_level": _LEVELS[procedure.online_level],
        "documents": write_papers(procedure.papers),
        "result": procedure.result_name,
    }
    return {part: text for part, text in parts.items() if text}


def same_text(text: str) -> str:
    """``text`` for comparing: composed, white space aside."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _text(attribute):
    return lambda procedure: same_text(getattr(procedure, attribute))


# the part, the column that gives it, what is compared
_PARTS = (
    ("name", "ten_tthc", _text("name")),
    ("sector", "linh_vuc", lambda procedure: fold(procedure.sector)),
    (
        "duration",
        "thoi_han",
        lambda procedure: (round(procedure.duration, 2), procedure.duration_unit),
    ),
    ("duration_text", "thoi_han", _text("duration_text")),
    ("duration_max", "thoi_han_toi_da_khi_xac_minh", _text("duration_max_text")),
    ("fee", "phi_le_phi", _text("fee_text")),
    ("online_level", "muc_do_dvc", lambda procedure: procedure.online_level),
    (
        "documents",
        "thanh_phan_ho_so",
        lambda procedure: [
            (same_text(paper.name), paper.kind, paper.originals, paper.copies)
            for paper in procedure.papers
        ],
    ),
    ("result", "ket_qua", _text("result_name")),
    ("legal_bases", "can_cu_phap_ly", lambda procedure: [*map(same_text, procedure.legal_bases)]),
    ("source", "source", _text("source")),
    ("note", "ghi_chu", _text("note")),
)
PARTS = tuple(part for part, _, _ in _PARTS)

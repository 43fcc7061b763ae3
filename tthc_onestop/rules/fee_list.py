"""The list of a settlement of fees: its columns, which the page and the sheet share.

No legal form of it was found: the columns are free.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Column(NamedTuple):
    """A column of the list; ``width`` in mm on the page."""

    key: str
    label: str
    width: int


COLUMNS = (
    Column("entry", "TT", 9),
    Column("number", "Số biên lai", 25),
    Column("day", "Ngày", 20),
    Column("code", "Mã hồ sơ", 42),
    Column("payer", "Người nộp", 36),
    Column("fee", "Khoản thu", 44),
    Column("method", "Hình thức", 21),
    Column("collected", "Số thu (đồng)", 22),
    Column("refunded", "Số hoàn (đồng)", 22),
    Column("note", "Ghi chú", 26),
)
SUMS = ("collected", "refunded")


class Cover(NamedTuple):
    """What stands over the list, and who signs it."""

    agency: str
    desk: str
    title: str
    period: str
    officer: str


@dataclass(frozen=True)
class Agency:
    """What is settled with one agency; amounts in đồng."""

    name: str
    rows: tuple[Mapping, ...]
    collected: int
    refunded: int

    @property
    def total(self) -> int:
        return self.collected - self.refunded


def by_agency(rows: Iterable[Mapping]) -> list[Agency]:
    """The rows of each agency, numbered, with their sums; agencies in alphabetical order."""
    found = {}
    for row in rows:
        found.setdefault(row["agency"], []).append(row)
    return [
        Agency(
            name,
            tuple({**row, "entry": number} for number, row in enumerate(found[name], 1)),
            *(sum(row[key] for row in found[name]) for key in SUMS),
        )
        for name in sorted(found)
    ]

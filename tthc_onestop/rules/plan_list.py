"""The plan as a list for the level above: its columns, and how its tasks stood on a day.

All days are local days of the commune. Nothing reads the clock.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Column(NamedTuple):
    key: str
    label: str
    width: int  # mm on the page


COLUMNS = (
    Column("number", "STT", 10),
    Column("task", "Nhiệm vụ", 88),
    Column("lead", "Chủ trì", 30),
    Column("partners", "Phối hợp", 30),
    Column("timing", "Thời gian", 23),
    Column("due", "Hạn", 21),
    Column("standing", "Tình trạng", 21),
    Column("progress", "Tiến độ (%)", 14),
    Column("done_on", "Ngày hoàn thành", 21),
    Column("deliverables", "Sản phẩm", 34),
    Column("measured", "Số liệu thực tế (%)", 16),
    Column("target", "Mục tiêu (%)", 15),
    Column("reason", "Lý do", 24),
    Column("result", "Kết quả", 28),
)
STANDINGS = {"done": "Hoàn thành", "late": "Quá hạn", "open": "Chưa đến hạn"}


def standing(done_on: date | None, due: date | None, day: date, today: date) -> str:
    """How a task stood on a day: done, late or open.

    What is due on a day is late once that day is over.
    """
    if done_on and done_on <= day:
        return "done"
    over = day + timedelta(days=1) if day < today else today
    return "late" if due and due < over else "open"


class Tally(NamedTuple):
    """So many tasks of a section, an officer or a quarter."""

    name: str
    total: int
    done: int
    late: int
    open: int

    @property
    def progress(self) -> float:
        """In percent."""
        return 100.0 * self.done / self.total if self.total else 0.0


def tally(standings: Iterable[tuple[str, str]]) -> list[Tally]:
    """How many stood how, for each name in the order in which they come."""
    counts: dict[str, dict[str, int]] = {}
    for name, stood in standings:
        counts.setdefault(name, dict.fromkeys(STANDINGS, 0))[stood] += 1
    return [Tally(name, sum(each.values()), **each) for name, each in counts.items()]


def quarter_name(day: date | None) -> str:
    """The calendar quarter of a due day, as official papers call it."""
    if not day:
        return "Khi có yêu cầu"
    return f"Quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}/{day.year}"

"""What a fee comes to, and the quarters in which fees are settled. Amounts are whole đồng.

The desk settles fees with each agency every quarter (NĐ 61/2018/NĐ-CP Đ12.9); a quarter runs from
the 15th to the 14th, as those of the reports do.
"""

from dataclasses import dataclass
from datetime import date

FIXED, PER_COPY, PER_PAGE = "fixed", "per_copy", "per_page"
RULES = (FIXED, PER_COPY, PER_PAGE)
# the months in which a quarter ends, on the 14th
_ENDS = (12, 9, 6, 3)


@dataclass(frozen=True)
class Tariff:
    """How a fee is reckoned.

    ``fixed``: ``amount`` for the dossier. ``per_copy``: ``amount`` for each copy or case.
    ``per_page``: for each copy, ``amount`` for a page, from page ``from_page`` on ``amount_beyond``
    (0: the same for all), at most ``ceiling`` a copy (0: without limit).
    """

    rule: str
    amount: int
    from_page: int = 0
    amount_beyond: int = 0
    ceiling: int = 0


def fee(tariff: Tariff, pages: int = 1, copies: int = 1, exempt: int = 0) -> int:
    """The fee for ``copies`` of ``pages`` each, in đồng; rounded down, in favour of who pays.

    :param exempt: how much of it is waived, in per cent
    """
    if tariff.rule == FIXED:
        full = tariff.amount
    elif tariff.rule == PER_COPY:
        full = tariff.amount * copies
    else:
        full = _copy(tariff, pages) * copies
    return full * (100 - exempt) // 100


def _copy(tariff: Tariff, pages: int) -> int:
    """One copy of so many pages."""
    first = min(pages, tariff.from_page - 1) if tariff.from_page else pages
    full = tariff.amount * first + tariff.amount_beyond * (pages - first)
    return min(full, tariff.ceiling) if tariff.ceiling else full


def quarter_before(today: date) -> tuple[date, date]:
    """The first and last day of the newest quarter that is over."""
    ends = (date(year, month, 14) for year in (today.year, today.year - 1) for month in _ENDS)
    end = next(end for end in ends if end < today)
    month = end.month - 3 or 12
    return date(end.year - (month > end.month), month, 15), end

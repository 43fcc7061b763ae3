"""What changed between two versions of a procedure: old beside new."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

# a row of a part: its columns as (label, text); the first one names it
Row = tuple[tuple[str, str], ...]
Pair = tuple[Row | None, Row | None]


def pairs(old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """Each old row beside the new one that it became, in the order of the new ones.

    Equal rows belong together, then those of one name, in their order; what is left was removed
    (the new one is None) or added (the old one is None).
    """
    partner, taken = {}, set()
    for key in (_whole, _name):
        waiting = defaultdict(list)
        for index, row in enumerate(old):
            if index not in taken:
                waiting[key(row)].append(index)
        for index, row in enumerate(new):
            if index not in partner and waiting[key(row)]:
                partner[index] = waiting[key(row)].pop(0)
                taken.add(partner[index])
    found = []
    removed = [index for index in range(len(old)) if index not in taken]
    for index, row in enumerate(new):
        came_from = partner.get(index)
        # what was removed is shown where it stood
        while removed and came_from is not None and removed[0] < came_from:
            found.append((old[removed.pop(0)], None))
        found.append((None if came_from is None else old[came_from], row))
    return found + [(old[index], None) for index in removed]


def _whole(row: Row) -> Hashable:
    return row


def _name(row: Row) -> Hashable:
    return row[0][1] if row else ""


def words(old: str, new: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts in pieces, each with whether the other text lacks it."""
    before, after = old.split(" "), new.split(" ")
    left, right = [], []
    for tag, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i < j:
            left.append((tag != "equal", " ".join(before[i:j])))
        if k < n:
            right.append((tag != "equal", " ".join(after[k:n])))
    return left, right

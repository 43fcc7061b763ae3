"""The internal workflow of a procedure: its steps, by case and by level, and what they add up to.

The workflow of each procedure is approved with the role and the time of every step (NĐ 61/2018
Đ36.4, TT 01/2018/TT-VPCP Đ8), and its steps add up to the published term. Times are in the unit of
the term they are part of, to two decimals; 0 is what is not counted, as the return of the result.
"""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple


class Step(NamedTuple):
    """``case`` is the variant it belongs to, "" for the one without a name."""

    case: str
    level: str
    time: float


class Term(NamedTuple):
    amount: float
    unit: str | None


class Section(NamedTuple):
    """Steps that follow each other at one level, by their places in the sequence."""

    level: str
    places: tuple[int, ...]
    time: float


def total(times: Sequence[float]) -> float:
    """Times as entered added up: 0.1 three times is 0.3."""
    return round(fsum(times), 2)


def by_case(steps: Sequence[Step]) -> dict[str, list[int]]:
    """The places of the steps of each case, in the order in which the cases begin."""
    found = {}
    for place, step in enumerate(steps):
        found.setdefault(step.case, []).append(place)
    return found


def sections(steps: Sequence[Step], places: Sequence[int]) -> list[Section]:
    """The steps of one case, in runs at one level, each with its sub-total."""
    runs = []
    for place in places:
        if runs and steps[runs[-1][-1]].level == steps[place].level:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [
        Section(steps[run[0]].level, tuple(run), total([steps[each].time for each in run]))
        for run in runs
    ]


def differences(
    steps: Sequence[Step], term: Term, own: Mapping[str, Term]
) -> dict[str, tuple[float, Term]]:
    """The cases whose steps do not add up to their term: their total and the term.

    :param term: the published one, of every case that is not in ``own``
    :param own: the cases with a term of their own; one without steps adds up to 0
    """
    cases = dict.fromkeys(own, ()) | by_case(steps) if steps else {}
    found = {}
    for case, places in cases.items():
        taken, wanted = total([steps[each].time for each in places]), own.get(case, term)
        if taken != round(wanted.amount, 2):
            found[case] = taken, wanted
    return found


def main_case(steps: Sequence[Step], term: Term, own: Mapping[str, Term]) -> str | None:
    """The first case that takes the published term: the one that a dossier follows.

    None when there is no such case.
    """
    return next((case for case in by_case(steps) if own.get(case, term) == term), None)

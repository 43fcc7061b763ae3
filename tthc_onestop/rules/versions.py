"""Which version of a procedure is in force on a day.

A decision of publication (new, amended or replaced, abolished; NĐ 63/2010 Đ14) makes a version,
and an abolition is a version too: from its day on there is nothing in force. Days are local days
of the commune.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Version(NamedTuple):
    """A version that was decided; without ``effective_on`` it has been in force since ever."""

    id: int
    number: int
    effective_on: date | None = None
    signed_on: date | None = None  # of its decision
    abolishes: bool = False


def rank(version: Version) -> tuple[date, date, int]:
    """The later day wins; on one day the decision signed later; else the higher number."""
    return version.effective_on or date.min, version.signed_on or date.min, version.number


def last_on(history: Iterable[Version], day: date) -> Version | None:
    """The last version, an abolition included, that has taken effect by a day."""
    begun = [version for version in history if (version.effective_on or date.min) <= day]
    return max(begun, key=rank, default=None)


def in_force_on(history: Iterable[Version], day: date) -> Version | None:
    """The version in force on a day: one or none, whatever order the decisions came in."""
    last = last_on(history, day)
    return last if last and not last.abolishes else None


def states_on(history: Iterable[Version], day: date) -> dict[int, str]:
    """The id of each version to waiting, published, superseded or abolished on a day."""
    history = list(history)
    last = last_on(history, day)
    return {version.id: _state(version, last, day) for version in history}


def _state(version: Version, last: Version | None, day: date) -> str:
    if (version.effective_on or date.min) > day:
        return "waiting"
    if version is not last:
        return "superseded"
    return "abolished" if version.abolishes else "published"


def before(history: Iterable[Version], version: Version) -> Version | None:
    """The version that this one came after."""
    return max((other for other in history if rank(other) < rank(version)), key=rank, default=None)

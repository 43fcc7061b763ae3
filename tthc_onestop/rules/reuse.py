"""Which papers a person need not hand in again: the same paper, accepted before, still valid."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

_REMARK = re.compile(r"\([^)]*\)")


class Held(NamedTuple):
    """A paper that the commune has of a person."""

    source: Hashable
    name: str
    accepted_on: date
    paper: int | None = None  # the paper of the catalogue that it was handed in as
    valid_until: date | None = None


def paper_key(name: str) -> str:
    """A paper's name for comparing: case, spaces, composition and what is in brackets aside."""
    text = _REMARK.sub(" ", unicodedata.normalize("NFC", name).casefold())
    return " ".join(text.split()).rstrip(" .;,")


def find_held(
    name: str, paper: int | None, held: Iterable[Held], today: date, days: int = 0
) -> Held | None:
    """The newest paper held that is the one asked for and still valid, None without one.

    :param paper: the paper of the catalogue that is asked for
    :param days: how long a paper without an end of its own is valid; 0: without limit
    """
    key = paper_key(name)
    found = [
        each
        for each in held
        if ((paper and each.paper == paper) or paper_key(each.name) == key)
        and each.accepted_on <= today <= _valid_until(each, days)
    ]
    return max(found, key=lambda each: each.accepted_on, default=None)


def _valid_until(held, days):
    if held.valid_until:
        return held.valid_until
    return held.accepted_on + timedelta(days) if days else date.max

"""The hand-overs of a dossier, as its control slip lists them: what the ledger says, no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from .deadline import outcome
from .holding_time import AGENCY, CITIZEN, Turn, turns
from .lifecycle import COUNTER


class Side(NamedTuple):
    """Who gives or takes: a holder, in person a user, by name another agency."""

    holder: str
    user_id: int | None
    agency: str | None


class HandOver(NamedTuple):
    """``giver`` gave the dossier to ``taker``; ``outcome`` against the due date of that moment."""

    at: datetime
    giver: Side
    taker: Side
    outcome: str


def hand_overs(events: Sequence[Mapping]) -> list[HandOver]:
    """Each change of hands, from the events of a ledger in order; moments are local.

    The events have what ``holding_time.turns`` reads, and ``due_at`` and ``duration_unit``. What
    is settled or stopped lies at the desk until the citizen has it.
    """
    held = [_with_somebody(turn, events) for turn in turns(events)]
    held += [
        Turn(CITIZEN, None, event["happened_at"]) for event in events if event["kind"] == "return"
    ]
    held.sort(key=lambda turn: turn.start)
    found = []
    for before, after in pairwise(held):
        if before[:2] == after[:2]:
            continue
        stood = _event_until(events, after.start)
        found.append(
            HandOver(
                after.start,
                _side(before, events),
                _side(after, events),
                outcome(stood["duration_unit"], after.start, stood["due_at"]),
            )
        )
    return found


def _with_somebody(turn, events):
    if turn.holder:
        return turn
    withdrawn = _event_until(events, turn.start)["to_status"] == "withdrawn"
    return turn._replace(holder=CITIZEN if withdrawn else COUNTER)


def _side(turn, events):
    agency = None
    if turn.holder == AGENCY:
        asked = [event for event in events if event["kind"] == "ask_agency"]
        agency = (_event_until(asked, turn.start)["details"] or {}).get("agency")
    return Side(turn.holder, turn.user_id, agency)


def _event_until(events, moment):
    """The last of the events that happened no later; the first, should a clock have been set."""
    return next((event for event in reversed(events) if event["happened_at"] <= moment), events[0])

"""Who holds a dossier, and for how much working time: what the ledger says, nothing else.

An event here is a mapping with ``kind``, ``happened_at`` (local), ``from_status``, ``to_status``,
``user_id``, ``officer_id`` and ``details``, as the ledger has them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from .ledger import agencies_waiting, asked_by
from .lifecycle import COUNTER, FINANCE, LEADER, OFFICER
from .working_time import WorkCalendar, working_time

AGENCY, CITIZEN = "agency", "citizen"
HOLDERS = (COUNTER, OFFICER, LEADER, FINANCE, AGENCY, CITIZEN)
MINUTE = timedelta(minutes=1)
# the moves with which a leader ends the wait for a signature
_DECIDED = ("approve", "send_back", "settle")


class Turn(NamedTuple):
    """From ``start`` on a dossier is with ``holder`` (nobody: None), in person with ``user_id``."""

    holder: str | None
    user_id: int | None
    start: datetime


class Stretch(NamedTuple):
    """How long a turn took: office hours between its ends, in minutes."""

    holder: str
    user_id: int | None
    start: datetime
    end: datetime
    minutes: int


def turns(events: Iterable[Mapping]) -> list[Turn]:
    """Who held the dossier after another, from the events of its ledger in order.

    received: the desk, in person who received it · in process: the specialist; while another
    agency owes an answer that agency; else while a signature is asked for the leader, in person
    who then decides · supplement: the citizen, but the desk when the slip counts against it ·
    payment: the citizen, who pays; the finance officer when the request says that finance works
    the sum out and collects it (the ledger has no moment between those two) · before reception
    and after the end: nobody.

    A clock that was set back takes no time from anybody: such an event counts as simultaneous.
    """
    found, asked, waiting, began = [], None, 0, {}
    for event in events:
        asked, waiting = asked_by(event, asked), agencies_waiting(event, waiting)
        if event["from_status"] != event["to_status"]:
            began = event
        holder, user_id = _holder(event, began, asked, waiting)
        start = event["happened_at"]
        if not found and not holder:
            continue  # what comes by post is received before it is registered
        if found:
            last = found[-1]
            if last.holder == LEADER and event["kind"] in _DECIDED:
                found[-1] = last._replace(user_id=event["user_id"])
            if (last.holder, last.user_id) == (holder, user_id):
                continue
            start = max(start, last.start)
        found.append(Turn(holder, user_id, start))
    return found


def _holder(event, began, asked, waiting):
    """The holder after an event and the user; ``began``: the event that led to the status."""
    details = began.get("details") or {}
    match event["to_status"]:
        case "supplement":
            return (COUNTER if details.get("against_desk") else CITIZEN), None
        case "payment":
            return details.get("held_by", CITIZEN), None
        case "received" | "processing" if waiting:
            return AGENCY, None
        case "received":
            return COUNTER, began["user_id"]
        case "processing" if asked:
            return LEADER, None
        case "processing":
            return OFFICER, event["officer_id"]
    return None, None


def stretches(calendar: WorkCalendar, turns: Sequence[Turn], until: datetime) -> list[Stretch]:
    """The turns of holders with their ends; one that goes on is measured up to ``until``.

    Minutes are differences of what has run since reception, in whole minutes: their sum is the
    elapsed working time to the minute, however many stretches there are.
    :raises YearNotEntered:
    """
    found, elapsed = [], timedelta()
    ends = [turn.start for turn in turns[1:]] + [until]
    for turn, end in zip(turns, ends, strict=False):  # without a turn, no end either
        if not turn.holder:
            continue
        before = elapsed // MINUTE
        elapsed += working_time(calendar, turn.start, end)
        minutes = elapsed // MINUTE - before
        found.append(Stretch(*turn, max(turn.start, end), minutes))
    return found

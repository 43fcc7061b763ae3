"""In whose hands a dossier was, and for how much working time, from its ledger alone.

All moments are naive datetimes in the commune's own time zone, as in ``working_time``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .ledger import agencies_waiting, asked_by
from .working_time import WorkCalendar, working_time

COUNTER, SPECIALIST, LEADER = "counter", "specialist", "leader"
AGENCY, CITIZEN, FINANCE = "agency", "citizen", "finance"
HOLDERS = (COUNTER, SPECIALIST, LEADER, AGENCY, CITIZEN, FINANCE)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Holding:
    """One stretch in which a dossier was in the same hands.

    ``holder``: one of ``HOLDERS``. ``user``: whose, where the ledger names somebody. ``minutes``:
    of working time, whole; those of all stretches add up to the elapsed working time.
    """

    holder: str
    user: int | None
    start: datetime
    end: datetime
    minutes: int


def holdings(calendar: WorkCalendar, events: Sequence[Mapping], until: datetime) -> list[Holding]:
    """The stretches from reception to the end, or to ``until`` while it has not ended.

    :param events: of one dossier in order, with "kind", "happened_at" (of a reception: its legal
        moment), "from_status", "to_status", "user_id", "officer_id", "details"
    :raises YearNotEntered:
    """
    spent, result = timedelta(), []
    for holder, user, start, end in _merged(_stretches(events, until)):
        before = spent // MINUTE
        spent += working_time(calendar, start, end)
        # rounded together, never one by one: no minute is lost or counted twice
        result.append(Holding(holder, user, start, end, spent // MINUTE - before))
    return result


def _stretches(events, until) -> Iterator[tuple]:
    hands, desk, asked, waiting = None, None, None, 0
    for index, event in enumerate(events):
        later = events[index + 1 :]
        desk = event["user_id"] if event["kind"] == "receive" else desk
        asked = asked_by(event, asked)
        waiting = agencies_waiting(event, waiting)
        status = event["to_status"]
        if status == "supplement":
            asking = event["kind"] == "request_supplement"
            against_desk = asking and (event.get("details") or {}).get("against_desk")
            # one too many is of who had the dossier and asked: no time of the citizen's
            hands = (CITIZEN, None) if asking and not against_desk else hands
        elif status == "payment":
            hands = FINANCE, _who("confirm_payment", status, later)
        elif status not in ("received", "processing"):
            hands = None
        elif asked:
            hands = LEADER, _who("approve", status, later)
        elif waiting:
            hands = AGENCY, None
        else:
            hands = (COUNTER, desk) if status == "received" else (SPECIALIST, event["officer_id"])
        if hands:
            yield *hands, event["happened_at"], later[0]["happened_at"] if later else until


def _who(move, status, later):
    """Who makes the move that the dossier waits for, or refuses to; None when nobody did."""
    for event in later:
        if event["kind"] in (move, "send_back"):
            return event["user_id"]
        if event["to_status"] != status or event["kind"] in ("process", "take_over"):
            return None
    return None


def _merged(stretches) -> Iterator[tuple]:
    """Stretches in the same hands, one after the other, as one."""
    last = None
    for holder, user, start, end in stretches:
        if last and last[:2] == (holder, user) and last[3] == start:
            last = (holder, user, last[2], end)
            continue
        if last:
            yield last
        last = (holder, user, start, end)
    if last:
        yield last

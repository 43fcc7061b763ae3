"""The ledger of a dossier as plain values: its digest chain, and what it says the dossier is."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

# how the dossier stood after the event: what reports of any day are made of
STANDS = (
    "duration",
    "duration_unit",
    "due_at",
    "due_on",
    "settled_on",
    "ended_on",
    "outcome",
)
# what the digest of an event covers, in this order
DIGESTED = (
    "dossier_id",
    "company_id",
    "position",
    "kind",
    "happened_at",
    "happened_on",
    "user_id",
    "from_status",
    "to_status",
    "slip_id",
    "reason",
    "officer_id",
    *STANDS,
)
# fields that the ledger has had only since later: covered when they have a value, so that the
# digests of older events still hold
LATER = ("details", "on_behalf_of_id")
# the moves whose moment and day the dossier keeps
_KEPT = {
    "receive": ("received_at", "received_on", "entered_on"),
    "settle": ("settled_at",),
    "approve": ("settled_at",),
    "notify": ("told_at",),
    "return": ("returned_at", "returned_on"),
    "reopen": ("reopened_on",),
}
# how the result went back to the citizen
_HANDED_BACK = (
    "told_by",
    "return_means",
    "return_post_number",
    "recipient_name",
    "recipient_identity",
)
# the columns of the dossier that the details of an event set
DETAILED = ("received_at", "received_on", *_HANDED_BACK)
# who gave the papers last handed over, who has confirmed taking them, and when
HANDOVER = ("given_by_id", "taken_by_id", "taken_at")
# what a reopened dossier is no longer
UNDONE = ("settled_at", "returned_at", "returned_on", "told_at", *_HANDED_BACK)


def digest(previous: str, values: Mapping) -> str:
    """SHA-256 over the digest of the event before and the values of this one, in hexadecimal."""
    content = json.dumps(
        [
            previous,
            *(values[field] or None for field in DIGESTED),
            *([field, values[field]] for field in LATER if values.get(field)),
            *(["counted_on", values["counted_on"]] if _is_late(values) else ()),
        ],
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _is_late(event: Mapping) -> bool:
    """Whether it was entered on a later day than the one it counts on."""
    return event.get("counted_on", event["happened_on"]) != event["happened_on"]


def asked_by(event: Mapping, before: int | None) -> int | None:
    """Who has asked for the signature after an event, when ``before`` had before it."""
    if event["kind"] == "submit_for_signature":
        return event["user_id"]
    moved_on = event["kind"] in ("send_back", "process", "take_over")
    if moved_on or event["from_status"] != event["to_status"]:
        return None
    return before


def handover(event: Mapping, before: Mapping) -> dict:
    """The columns of ``HANDOVER`` after an event, when ``before`` has them as they were.

    What one hands over to oneself or takes from a colleague, nobody confirms.
    """
    nothing = dict.fromkeys(HANDOVER)
    match event["kind"]:
        case "process" if event["user_id"] != event["officer_id"]:
            return nothing | {"given_by_id": event["user_id"]}
        case "process" | "take_over" | "reopen":
            return nothing
        case "confirm_handover":
            given = before["given_by_id"]
            return dict(zip(HANDOVER, (given, event["user_id"], event["happened_at"]), strict=True))
    return {column: before[column] or None for column in HANDOVER}


def agencies_waiting(event: Mapping, before: int) -> int:
    """How many requests to other agencies are without an answer after an event."""
    return before + {"ask_agency": 1, "record_answer": -1}.get(event["kind"], 0)


def replay(events: Sequence[Mapping]) -> dict:
    """The columns that the events of a dossier, in order, project; empty ones are None.

    Moments and days that stand in the details of an event are text, as the ledger keeps them.
    """
    projected = dict.fromkeys(
        [column for kept in _KEPT.values() for column in kept]
        + ["status", "officer_id", "signature_asked_by_id", *HANDOVER, *STANDS, *DETAILED]
    )
    waiting = 0
    for event in events:
        if event["kind"] == "reopen":
            projected |= dict.fromkeys(UNDONE)
        details = event.get("details") or {}
        done = details.get("done_at") or event["happened_at"]  # entered later, or at once
        for column in _KEPT.get(event["kind"], ()):
            projected[column] = done if column.endswith("_at") else event["counted_on"]
        projected |= {column: details[column] for column in DETAILED if column in details}
        projected |= {field: event[field] or None for field in (*STANDS, "officer_id")}
        projected["status"] = event["to_status"]
        projected["signature_asked_by_id"] = asked_by(event, projected["signature_asked_by_id"])
        projected |= handover(event, projected)
        waiting = agencies_waiting(event, waiting)
    last = events[-1] if events else {"digest": ""}
    return projected | {
        "agencies_waiting": waiting,
        "event_count": len(events),
        "last_digest": last["digest"],
    }


def breaks(events: Sequence[Mapping]) -> Iterator[tuple[int, str]]:
    """Where the ledger of a dossier is not as it was written: (position, why).

    missing: an event of this position is gone · extra: there is one more of it · changed: its
    digest does not fit its values and the event before · status: it does not begin where the
    event before ended
    """
    previous, status, expected = "", None, 1
    for event in events:
        position = event["position"]
        while expected < position:
            yield expected, "missing"
            expected += 1
        if position < expected:
            yield position, "extra"
        if digest(previous, event) != event["digest"]:
            yield position, "changed"
        if (event["from_status"] or None) != status:
            yield position, "status"
        previous, status, expected = event["digest"], event["to_status"], position + 1

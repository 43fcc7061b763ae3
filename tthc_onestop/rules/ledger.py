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
# the moves whose moment and day the dossier keeps
_KEPT = {
    "receive": "received",
    "settle": "settled",
    "approve": "settled",
    "return": "returned",
}


def digest(previous: str, values: Mapping) -> str:
    """SHA-256 over the digest of the event before and the values of this one, in hexadecimal."""
    content = json.dumps(
        [previous, *(values[field] or None for field in DIGESTED)],
        ensure_ascii=False,
        default=str,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def asked_by(event: Mapping, before: int | None) -> int | None:
    """Who has asked for the signature after an event, when ``before`` had before it."""
    if event["kind"] == "submit_for_signature":
        return event["user_id"]
    if event["kind"] in ("send_back", "process") or event["from_status"] != event["to_status"]:
        return None
    return before


def replay(events: Sequence[Mapping]) -> dict:
    """The columns that the events of a dossier, in order, project; empty ones are None."""
    projected = dict.fromkeys(
        [f"{kept}_{at}" for kept in _KEPT.values() for at in ("at", "on")]
        + ["status", "officer_id", "signature_asked_by_id", *STANDS]
    )
    for event in events:
        if kept := _KEPT.get(event["kind"]):
            projected[f"{kept}_at"] = event["happened_at"]
            projected[f"{kept}_on"] = event["happened_on"]
        projected |= {field: event[field] or None for field in (*STANDS, "officer_id")}
        projected["status"] = event["to_status"]
        projected["signature_asked_by_id"] = asked_by(event, projected["signature_asked_by_id"])
    last = events[-1] if events else {"digest": ""}
    return projected | {"event_count": len(events), "last_digest": last["digest"]}


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

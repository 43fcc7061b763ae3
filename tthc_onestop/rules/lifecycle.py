"""The dossier's life: every legal move, in one table.

Statuses are the ten national ones (TT 22/2019/TT-BTTTT Đ4). A move that stops, extends or ends the
clock without a result carries the form of its slip: no slip, no pause (NĐ 61/2018 Đ15.3, 17.1,
19.4, 19.8, 19.9; forms of TT 01/2018/TT-VPCP Đ9.1).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

STATUSES = (
    "submitted",
    "received",
    "rejected",
    "processing",
    "supplement",
    "payment",
    "withdrawn",
    "stopped",
    "settled",
    "returned",
)
# where the desk or an officer still has something to do, or waits for the citizen
OPEN = ("submitted", "received", "processing", "supplement", "payment")
# where the office's own time runs
RUNNING = ("received", "processing", "payment")
# where nothing more is decided: the day of reaching them ends the dossier
ENDED = ("withdrawn", "stopped", "settled")
# what a leader may enter with the day on which it was so: an end that nobody recorded, or that an
# end was recorded which never was; what begins or ends a clock is dated by its slip alone
ENTERED_LATE = ("settle", "withdraw", "reopen")

COUNTER, OFFICER, LEADER, FINANCE = "counter", "officer", "leader", "finance"


@dataclass(frozen=True)
class Move:
    """One legal move.

    ``sources``: the statuses it may start from. ``target``: the status it leads to, None to stay.
    ``roles``: who may make it. ``slip``: the form it issues; "stop" is the form that the regime in
    force has for ending without a result. ``reason``: it must be given in words. ``asks``: for more
    than a reason, so that dragging a card is not enough.
    """

    sources: tuple[str, ...]
    target: str | None
    roles: tuple[str, ...]
    slip: str | None = None
    reason: bool = False
    asks: bool = False


MOVES = {
    "receive": Move(("submitted",), "received", (COUNTER,), slip="01"),
    "reject": Move(("submitted",), "rejected", (COUNTER,), slip="03", reason=True),
    "process": Move(("received", "processing"), "processing", (COUNTER, OFFICER, LEADER)),
    "confirm_handover": Move(("processing",), None, (OFFICER,)),
    "take_over": Move(("processing",), None, (OFFICER,)),
    "ask_agency": Move(("received", "processing"), None, (COUNTER, OFFICER, LEADER), reason=True),
    "record_answer": Move(
        ("received", "processing", "supplement", "payment", *ENDED, "returned"),
        None,
        (COUNTER, OFFICER, LEADER),
        reason=True,
    ),
    "request_supplement": Move(
        ("received", "processing"),
        "supplement",
        (COUNTER, OFFICER, LEADER),
        slip="02",
        reason=True,
    ),
    "resume": Move(("supplement",), "processing", (COUNTER, OFFICER)),
    "request_payment": Move(("received", "processing"), "payment", (COUNTER, OFFICER)),
    "confirm_payment": Move(("payment",), "processing", (COUNTER, FINANCE)),
    "extend": Move(("received", "processing"), None, (LEADER,), slip="04", reason=True),
    # while it waits for the citizen no date runs: it is found anew when the dossier resumes
    "reschedule": Move(RUNNING, None, (LEADER,), slip="01", reason=True),
    "withdraw": Move(
        ("submitted", "received", "processing", "supplement", "payment"),
        "withdrawn",
        (COUNTER, OFFICER),
        reason=True,
    ),
    "stop": Move(
        ("received", "processing", "supplement", "payment"),
        "stopped",
        (OFFICER, LEADER),
        slip="stop",
        reason=True,
    ),
    "submit_for_signature": Move(("processing",), None, (OFFICER,)),
    "approve": Move(("processing",), "settled", (LEADER,)),
    "send_back": Move(("processing",), None, (LEADER,), reason=True),
    "settle": Move(("received", "processing"), "settled", (COUNTER, OFFICER, LEADER)),
    "record_result": Move(("settled", "returned"), None, (COUNTER, OFFICER, LEADER)),
    "correct_result": Move(("settled", "returned"), None, (LEADER,), reason=True),
    "notify": Move(("settled",), None, (COUNTER, OFFICER)),
    "return": Move(("settled",), "returned", (COUNTER,), asks=True),
    "reopen": Move(
        ("settled", "returned", "stopped"), "processing", (LEADER,), slip="04", reason=True
    ),
}


class Refused(ValueError):
    """The lifecycle does not allow the move; ``code`` says why.

    not_from: not from this status · reason: no reason given · supplements: only a leader asks once
    more · supplements_over, extensions: asked for too often · too_late: asked for an extension too
    close to the due day · not_later: the new date is not after the old one · no_due: there is no
    date to extend · future: it has not been yet · before_last: something happened to the dossier
    since · sealed: the figures of that day are sealed · waits: it waits for a signature already ·
    not_submitted: nobody has asked for a signature · own_work: nobody approves their own work ·
    signature: its workflow wants a leader's signature · holds: it is in one's own hands already ·
    nothing_given: no hand-over waits to be confirmed · gave: who gave does not confirm · not_taker:
    it was given to somebody else · parts: other agencies have not done their part · window: it
    ended too long ago · has_result: its result is recorded · no_result: it has none to correct ·
    same_due: the calendar gives the date that it has
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def check_move(name: str, status: str, reason: str | None = None) -> Move:
    """The move ``name`` when it may start from ``status``.

    :raises Refused: not_from, reason
    """
    move = MOVES[name]
    if status not in move.sources:
        raise Refused("not_from")
    if move.reason and not (reason or "").strip():
        raise Refused("reason")
    return move


def check_supplement(times: int, most: int, utmost: int, roles: Collection[str]) -> None:
    """Whether one more supplement may be asked for after ``times`` of them.

    NĐ 61/2018 Đ11.2c, Đ15.3: asked for once; beyond ``most`` only a leader may, up to ``utmost``
    (NĐ 63/2010 Đ20.4: not more than two trips). Both are settings.
    :raises Refused: supplements, supplements_over
    """
    if times >= max(most, utmost):
        raise Refused("supplements_over")
    if times >= most and LEADER not in roles:
        raise Refused("supplements")


def check_extension(
    times: int, most: int, notice: int, today: date, due: date | None, new_due: date
) -> None:
    """Whether the due day may be moved to ``new_due``; all days local.

    NĐ 61/2018 Đ19.9: at most once (``most``) and at least 1 day (``notice``) before the due day.
    :raises Refused: no_due, extensions, too_late, not_later
    """
    if due is None:
        raise Refused("no_due")
    if times >= most:
        raise Refused("extensions")
    if today + timedelta(days=notice) > due:
        raise Refused("too_late")
    if new_due <= due:
        raise Refused("not_later")


def check_reopening(ended: date, today: date, window: int) -> None:
    """Whether what ended on a day may still be opened again; days local, ``window`` in days.

    :raises Refused: window
    """
    if today > ended + timedelta(days=window):
        raise Refused("window")


def check_late_entry(done: datetime, last: datetime, now: datetime, sealed: date | None) -> None:
    """Whether what was so at ``done`` may be entered now; all local.

    The ledger stays in the order of time: nothing is put before its ``last`` moment. ``sealed``:
    the last day whose figures are sealed, None while none are.
    :raises Refused: future, before_last, sealed
    """
    if done > now:
        raise Refused("future")
    if sealed and done.date() <= sealed:
        raise Refused("sealed")
    if done < last:
        raise Refused("before_last")


def check_result(name: str, results: int) -> None:
    """Whether a result is recorded (once) or corrected (when there is one).

    :raises Refused: has_result, no_result
    """
    if name == "correct_result":
        if not results:
            raise Refused("no_result")
    elif results:
        raise Refused("has_result")


def check_signature(name: str, asked_by: int | None, officer: int | None, mover: int) -> None:
    """Whether ``mover`` may ask for, give or refuse the signature of a dossier; users by id.

    ``asked_by``: who has asked for it, None while nobody has. Who handles a dossier or has asked
    for its signature does not give it.
    :raises Refused: waits, not_submitted, own_work
    """
    if name == "submit_for_signature" and asked_by:
        raise Refused("waits")
    if name in ("approve", "send_back") and not asked_by:
        raise Refused("not_submitted")
    if name == "approve" and mover in (asked_by, officer):
        raise Refused("own_work")


def check_taking(
    given_by: int | None,
    taken_by: int | None,
    officer: int | None,
    mover: int,
    absent: int | None,
) -> None:
    """Whether ``mover`` may confirm having taken the papers handed over; users by id.

    ``absent``: for whom the mover stands in. What was given to nobody in person, any specialist
    takes.
    :raises Refused: nothing_given, gave, not_taker
    """
    if not given_by or taken_by:
        raise Refused("nothing_given")
    if mover == given_by:
        raise Refused("gave")
    if officer and officer not in (mover, absent):
        raise Refused("not_taker")


def check_settle(
    needs_signature: bool,
    asked_by: int | None,
    officer: int | None,
    mover: int,
    roles: Collection[str],
) -> None:
    """Whether a dossier may be settled without going through signature; users by id.

    Where a leader signs, only a leader settles, and never their own work.
    :raises Refused: waits, signature, own_work
    """
    if not needs_signature and not asked_by:
        return
    if LEADER not in roles:
        raise Refused("waits" if asked_by else "signature")
    if mover in (asked_by, officer):
        raise Refused("own_work")


def steps_done(roles: Sequence[str], status: str, for_signature: bool) -> int:
    """How many steps of a workflow are behind a dossier; ``roles``: of the steps in their order.

    A dossier is at the first step of who has it in hand; which of several steps that follow each
    other in the same hands it is, nobody records. A settled one is at what comes after its last
    step in the office, the return at the desk.
    """
    if status == "settled":
        return 1 + max((i for i, role in enumerate(roles) if role != COUNTER), default=-1)
    holder = {
        "submitted": COUNTER,
        "received": COUNTER,
        "processing": LEADER if for_signature else OFFICER,
        "supplement": OFFICER,
        "payment": FINANCE,
    }.get(status)
    if holder is None:
        return len(roles)
    if holder == FINANCE and FINANCE not in roles:
        holder = OFFICER
    return roles.index(holder) if holder in roles else 0


def moves_between(source: str, target: str) -> list[str]:
    """The names of the moves that lead from one status to another."""
    return [
        name for name, move in MOVES.items() if source in move.sources and move.target == target
    ]

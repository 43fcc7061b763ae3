"""Feedback (phản ánh, kiến nghị): its life, its limits and what it must tell.

NĐ 20/2008/NĐ-CP as amended by NĐ 48/2013 and NĐ 92/2017; NĐ 63/2010/NĐ-CP Đ18.10: every agency
that carries out procedures receives and handles feedback on them. Complaints and denunciations are
none (NĐ 20/2008 Đ1). Moments are naive and local, as in ``working_time``.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize

from .deadline import WORKING_DAY, Deadline, Pause, deadline
from .dossier_code import is_unit_code
from .lifecycle import COUNTER, LEADER, OFFICER, Move, Refused
from .search_text import plain
from .working_time import WorkCalendar

STATUSES = (
    "received",
    "refused",
    "classified",
    "forwarded",
    "in_progress",
    "answered",
    "published",
    "closed",
)
# where the office owes an answer
OPEN = ("received", "classified", "in_progress")
# where its sender is one of those whom it concerns what becomes of it
TOLD = tuple(status for status in STATUSES if status != "refused")
STATISTICIAN = "statistician"
FOCAL = (STATISTICIAN, LEADER)
HANDLERS = (STATISTICIAN, OFFICER, LEADER)

# what it waits for besides its status; None: for whoever handles it
SENDER, SUSPENDED, APPROVAL, APPROVED = "sender", "suspended", "approval", "approved"

MOVES = {
    "refuse": Move(("received",), "refused", FOCAL, reason=True),
    # a complaint or denunciation goes to who receives those (NĐ 20/2008 Đ1)
    "route_out": Move(("received", "classified"), "refused", FOCAL, asks=True),
    "classify": Move(("received", "classified"), "classified", FOCAL, asks=True),
    "link": Move(("received", "classified"), None, FOCAL, asks=True),
    "forward": Move(("classified",), "forwarded", FOCAL, asks=True),
    "assign": Move(("classified", "in_progress"), "in_progress", FOCAL, asks=True),
    "ask_more": Move(OPEN, None, HANDLERS, reason=True),
    "suspend": Move(("in_progress",), None, HANDLERS, reason=True),
    "resume": Move(OPEN, None, HANDLERS),
    "meet": Move(("in_progress",), None, HANDLERS, reason=True, asks=True),
    "submit": Move(("in_progress",), None, (STATISTICIAN, OFFICER)),
    "approve": Move(("in_progress",), None, (LEADER,)),
    "send_back": Move(("in_progress",), None, (LEADER,), reason=True),
    "send": Move(("in_progress",), "answered", (COUNTER, *HANDLERS), asks=True),
    # what says the same as another one is answered with it
    "answer_with": Move(("received", "classified"), "answered", (COUNTER, *HANDLERS)),
    "publish": Move(("answered",), "published", FOCAL, asks=True),
    "ask_solved": Move(("answered", "published"), None, HANDLERS),
    "record_solved": Move(("answered", "published"), None, (COUNTER, *HANDLERS), asks=True),
    "close": Move(("answered", "published"), "closed", FOCAL),
    "close_unsolved": Move(("answered", "published"), "closed", FOCAL, reason=True),
    "reopen": Move(("answered", "published", "closed"), "in_progress", FOCAL, reason=True),
    # feedback is a ground for the review of what it is about (NĐ 63/2010 Đ30)
    "review": Move(TOLD[1:], None, FOCAL),
    "tell": Move(TOLD, None, HANDLERS, reason=True),
}
# what may be done while it waits; whatever is not here waits with it
WHILE = {
    SENDER: ("resume", "ask_more", "refuse", "route_out", "link", "answer_with"),
    SUSPENDED: ("resume",),
    APPROVAL: ("approve", "send_back"),
    APPROVED: ("send", "send_back"),
}
ONLY_WHILE = {"resume", "approve", "send_back", "send"}
ALWAYS = {"review", "tell"}

# NĐ 20/2008 Đ9.1: what is for another agency is forwarded within 5 working days. The law has no
# other number: the limits of ``Limits`` are settings.
FORWARD_DAYS = 5


class Limits(NamedTuple):
    """Limits that a commune sets, in working days; ``reopen`` in days."""

    screen: int = 2
    conduct: int = 5
    reply: int = 5
    handle: int = 15
    publish: int = 2
    reopen: int = 30


class Facts(NamedTuple):
    """What the limit of a feedback depends on; moments naive and local."""

    status: str
    received: datetime
    waiting: str | None = None
    category: str | None = None
    within_authority: bool = True
    pauses: Sequence[Pause] = ()  # the ended ones, in their order
    waits_since: datetime | None = None
    answered: datetime | None = None
    reopened: datetime | None = None
    to_publish: bool = True


def term_of(facts: Facts, limits: Limits) -> tuple[str, datetime, int] | None:
    """What is due next, since when and within how many working days; None when nothing is.

    screen · reply (of the sender, who was asked for more) · conduct (forward feedback on conduct) ·
    forward · handle · publish. Sources: forward NĐ 20/2008 Đ9.1; screen, handle and publish the
    scoring of QĐ 766/QĐ-TTg, no law; conduct and reply settings without a source.
    """
    if facts.status in OPEN and facts.waiting == SENDER:
        return "reply", facts.waits_since, limits.reply
    if facts.status in OPEN and facts.waiting == SUSPENDED:
        return None
    if facts.status == "received":
        return "screen", facts.received, limits.screen
    if facts.status in ("classified", "in_progress"):
        start = facts.reopened or facts.received
        if facts.status == "classified" and not facts.within_authority:
            if facts.category == "conduct":
                return "conduct", start, limits.conduct
            return "forward", start, FORWARD_DAYS
        return "handle", start, limits.handle
    if facts.status == "answered" and facts.to_publish:
        return "publish", facts.answered, limits.publish
    return None


def due(calendar: WorkCalendar, facts: Facts, limits: Limits) -> tuple[str, Deadline] | None:
    """What is due next and its deadline with the explanation; None when nothing is.

    The day it was received is not counted (BLDS 91/2015 Đ147.2). The working days in which it
    waited for its sender or was suspended are given back.
    :raises YearNotEntered: it would fall in a year whose days off are not entered
    """
    term = term_of(facts, limits)
    if term is None:
        return None
    kind, since, days = term
    pauses = [
        pause for pause in facts.pauses if kind not in ("reply", "publish") and pause.start >= since
    ]
    return kind, deadline(calendar, since, days, WORKING_DAY, pauses)


def check_move(
    name: str, status: str, waiting: str | None = None, reason: str | None = None
) -> None:
    """Whether a move may be made. :raises Refused: not_from, waits_…, not_waiting, reason"""
    move = MOVES[name]
    if status not in move.sources:
        raise Refused("not_from")
    if waiting and name not in ALWAYS.union(WHILE[waiting]):
        raise Refused(f"waits_{waiting}")
    if not waiting and name in ONLY_WHILE:
        raise Refused("not_waiting")
    if move.reason and not (reason or "").strip():
        raise Refused("reason")


# what the template of an answer leaves to be written
_BLANK = re.compile(r"(?:…|\.{3}){2}")


def check_answer(
    category: str | None,
    sufficient: str | None,
    criteria: Collection[str | bool | None],
    outcome: str | None,
    answer: str | None,
) -> None:
    """Whether an answer may be handed in for approval.

    NĐ 20/2008 Đ14: conduct follows the procedure that the law has for it. Of a regulation: there is
    enough ground to look at it or not yet; if there is, the six criteria and one of the three
    outcomes of Đ15.
    :raises Refused: no_answer, blanks, no_ground, criteria, no_outcome
    """
    if not (answer or "").strip():
        raise Refused("no_answer")
    if _BLANK.search(answer):
        raise Refused("blanks")
    if category == "conduct":
        return
    if not sufficient:
        raise Refused("no_ground")
    if sufficient == "yes":
        if not all(criteria):
            raise Refused("criteria")
        if not outcome:
            raise Refused("no_outcome")


def check_approval(submitted_by: int | None, officer: int | None, mover: int) -> None:
    """Nobody approves their own work; users by id. :raises Refused: own_work"""
    if mover in (submitted_by, officer):
        raise Refused("own_work")


def check_reopening(answered: date, today: date, window: int) -> None:
    """Whether what was answered on a day may be opened again; ``window`` in days.

    :raises Refused: window
    """
    if today > answered + timedelta(days=window):
        raise Refused("window")


def moves_between(source: str, target: str) -> list[str]:
    """The names of the moves that lead from one status to another."""
    return [
        name
        for name, move in MOVES.items()
        if source in move.sources and move.target == target and source != target
    ]


def missing(name: str, address: str, reach: Collection[str], content: str) -> tuple[str, ...]:
    """What a feedback lacks of what the law asks: name, address, reach, content.

    NĐ 20/2008 Đ7: clear content, name, address, and a phone number or another address to write to.
    """
    return tuple(
        part
        for part, given in (
            ("name", name),
            ("address", address),
            ("reach", any(reach)),
            ("content", content),
        )
        if not given
    )


def register_number(unit_code: str, year: int, serial: int) -> str:
    """``<unit code>-PAyy-NNNN``, the serial counted per unit and year of reception from 1.

    :raises ValueError: the unit code has no known shape, or the serial is below 1
    """
    if not is_unit_code(unit_code):
        raise ValueError(f"not a unit code: {unit_code!r}")
    if serial < 1:
        raise ValueError("serials start at 1")
    return f"{unit_code}-PA{year % 100:02d}-{serial:04d}"


_PORTAL_CODE = re.compile(r"PAKN\.(\d{8})\.\d{4,8}")


def is_portal_code(code: str) -> bool:
    """Whether ``code`` is one of the national portal: PAKN.20200812.0012."""
    found = _PORTAL_CODE.fullmatch(code)
    if not found:
        return False
    try:
        datetime.strptime(found[1], "%Y%m%d")
    except ValueError:
        return False
    return True


def fingerprint(content: str) -> str | None:
    """The same for texts of the same words; None for one without any."""
    words = plain(content)
    return sha256(words.encode()).hexdigest() if words else None


# tabulator and line feed are text; other control characters are not
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean(text: str, most: int) -> str:
    """A text from outside as plain text of at most ``most`` characters, nothing in it unseen.

    Its letters are those of TCVN 6909:2001, one character each.
    """
    text = _SURROGATE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return normalize("NFC", _CONTROL.sub("", text)).strip()[:most]


def shortened(text: str | bool, most: int) -> str:
    """A text of at most ``most`` characters for a cell of a list, on one line."""
    text = " ".join((text or "")[: most * 4].split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


_ACTIVE = ("=", "+", "-", "@", "{=", "\t", "internal:", "external:", "file:", "mailto:")


def harmless(text: str) -> str:
    """A text for the cell of a spreadsheet: what would be a formula or a link there is quoted."""
    return f"'{text}" if text.lower().startswith(_ACTIVE) else text


_NUMBERS = re.compile(r"(?<!\d)(?:\+84|0)?(?:[ .\-]?\d){9,13}(?!\d)")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def personal_in(text: str, *known: str) -> str | None:
    """What in a text that is to be published tells who sent it; None when nothing was found.

    An e-mail address, a number that may be one's phone or identity, or one of ``known`` (the name,
    address and the like of the sender), with or without diacritics.
    """
    for shape in (_EMAIL, _NUMBERS):
        if found := shape.search(text):
            return found[0].strip()
    folded = f" {plain(text)} "
    return next((each for each in known if each and f" {plain(each)} " in folded), None)

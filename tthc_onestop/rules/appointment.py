"""Appointments to the desk: which duty a move is part of, and who holds it on a day."""

from collections.abc import Collection, Iterable

from .lifecycle import COUNTER, MOVES
from .substitution import Substitution, is_signing

FOCAL, DESK, SIGNING = "focal", "desk", "signing"


def duty_of(move: str, signed: bool) -> str | None:
    """The duty that a move is part of, None when no decision appoints to it.

    What the desk alone does asks for an officer appointed to it (NĐ 61/2018 Đ10.4: the chairperson
    approves its staff), what a leader alone does for one who signs; settling too where it is
    ``signed``.
    """
    made = MOVES.get(move)
    if made and made.roles == (COUNTER,):
        return DESK
    if made and (is_signing(move) or (move == "settle" and signed)):
        return SIGNING
    return None


def holds(
    appointed: Collection[int],
    substitutions: Iterable[Substitution],
    user: int,
    sector: int | None,
) -> int | None:
    """Whose appointment ``user`` acts under in a sector: the own one first; None without one.

    :param appointed: who holds the duty on the day; users by id
    :param sector: None: in any of them, as before a procedure is chosen
    """
    if user in appointed:
        return user
    for each in substitutions:
        stands_in = each.substitute == user and each.absent in appointed
        if stands_in and (sector is None or each.covers(sector)):
            return each.absent
    return None

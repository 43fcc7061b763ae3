"""Substitutes: for whom somebody acts on a dossier, and whose work it then is; users by id."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .lifecycle import LEADER, MOVES, OFFICER, Refused


@dataclass(frozen=True)
class Substitution:
    """Who stands in for whom on a day.

    ``scope``: the sectors it is about, None for all. ``sectors``: those of the absent person.
    ``officer``, ``leads``: the absent person is a specialist, a leader.
    """

    absent: int
    substitute: int
    scope: frozenset[int] | None
    sectors: frozenset[int]
    officer: bool
    leads: bool

    def covers(self, sector: int) -> bool:
        """Whether dossiers of a sector are within its scope."""
        return self.scope is None or sector in self.scope

    @property
    def covered(self) -> frozenset[int]:
        """The sectors of the absent officer that are within its scope."""
        return self.sectors if self.scope is None else self.sectors & self.scope


def is_signing(move: str) -> bool:
    """Whether a move is a leader's alone."""
    return MOVES[move].roles == (LEADER,)


def acts_for(
    substitutions: Iterable[Substitution],
    move: str,
    mover: int,
    own_sectors: Collection[int],
    officer: int | None,
    sector: int,
) -> int | None:
    """For whom ``mover`` makes a move on a dossier, None for themselves.

    A specialist acts for the absent one who handles the dossier, or whose sector it is when that is
    not one of their own; a leader signs for the absent leader outside their own sectors.
    """
    if mover == officer:
        return None
    for each in substitutions:
        if each.substitute != mover or not each.covers(sector):
            continue
        if is_signing(move):
            stands_in = each.leads and sector not in own_sectors
        else:
            of_sector = sector in each.sectors and sector not in own_sectors
            theirs = officer == each.absent or of_sector
            stands_in = each.officer and theirs and OFFICER in MOVES[move].roles
        if stands_in:
            return each.absent
    return None


def present(substitutions: Collection[Substitution], officer: int, sector: int) -> int:
    """Who has the work of ``officer`` in a sector: their substitute, unless also away."""
    away = {each.absent for each in substitutions if each.covers(sector)}
    if officer in away:
        for each in substitutions:
            if each.absent == officer and each.covers(sector) and each.substitute not in away:
                return each.substitute
    return officer


def check_own_work(
    mover: int,
    on_behalf_of: int | None,
    asked_by: int | None,
    officer: int | None,
    acted: Iterable[tuple[str, int, int]],
) -> None:
    """Nobody signs their own work, nor what they did or had done under a substitution.

    ``acted``: (move, user, on behalf of whom) of the events made by substitutes.
    :raises Refused: own_work
    """
    workers = {asked_by, officer}
    for move, user, absent in acted:
        if not is_signing(move):
            workers |= {user, absent}
    if workers & ({mover, on_behalf_of} - {None}):
        raise Refused("own_work")

"""Saving what a line's hand holds. Whoever writes holds the line's ``writing`` lock, so that at
most one job in the database is under way for a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from readerai.clock import shared_clock

from ...domain.errors import Conflict
from ...domain.hand.commit import commit
from ...domain.hand.hand import Hand
from ...domain.progress import next_snapshot, read_anew_and_count_again, saved
from ...messages.playhead import progress_saved
from ..line import Line
from .database import in_database

T = TypeVar("T")

MAX_TRIES: Final = 8


async def change_held(line: Line, what: Callable[[Hand], T]) -> T:
    """Do something to the session in hand that no message asked for, and commit it. Raises what
    ``apply_and_save`` does."""

    def in_nobodys_name(hand: Hand) -> T:
        hand.now = shared_clock.now()
        hand.client, hand.message_id = "", None
        return what(hand)

    async with line.writing:
        await freshen(line)
        return await apply_and_save(line, in_nobodys_name)


async def freshen(line: Line) -> None:
    """Read a hand anew that a failed commit left in doubt."""
    if line.hand.stale:
        await reread(line)


async def apply_and_save(line: Line, what: Callable[[Hand], T]) -> T:
    """Apply and save, anew where somebody else wrote meanwhile. The lock is held.

    Raises what ``what`` raises (nothing is changed then), ``StaleOwner``, ``SessionNotFound`` and
    what the database raises.
    """
    for _ in range(MAX_TRIES):
        result = what(line.hand)
        if await save(line):
            return result
        await reread(line)
    raise Conflict


async def save(line: Line) -> bool:
    """Save what the hand holds, and acknowledge the places among it; False on a conflict. The
    lock is held."""
    hand = line.hand
    place, (taken, kept) = progress_saved(hand), next_snapshot(hand)
    hand.stale = True  # until the database has said what became of it
    try:
        await in_database(commit, taken)
    except Conflict:
        return False
    hand.stale = False
    line.acknowledge(saved(hand, kept), place)
    return True


async def reread(line: Line) -> None:
    """Read a stale hand anew. The lock is held. Raises ``StaleOwner``, ``SessionNotFound``."""
    line.hand.stale = True
    done = await in_database(read_anew_and_count_again, line.hand)
    line.acknowledge(done, progress_saved(line.hand))

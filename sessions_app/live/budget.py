"""What one session may take of a server's memory: what waits for it, what it has not read, and what
its hand holds beside a fixed part. So no session takes another's, whatever its client does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..domain.hand.hand import Hand

#: Of one session, in bytes.
MOST_BYTES: Final = 1024 * 1024
#: Of that, what a client may leave unread before it is cut.
MOST_UNSENT: Final = 512 * 1024
#: About what a frame takes that waits to be worked off, beside its text.
FRAME_BYTES: Final = 400
#: About what a hand takes, and each of what grows in it.
_HAND_BYTES: Final = 8_000
_PLACE_BYTES: Final = 600
_ENTRY_BYTES: Final = 800
_ID_BYTES: Final = 120


@dataclass(slots=True)
class MemoryBudget:
    """Bytes of frames that wait to be worked off, and of those that wait to be sent."""

    queued: int = 0
    unsent: int = 0

    def has_room(self, more: int, hand: Hand) -> bool:
        """Whether a frame of so many bytes more can be kept."""
        return self.queued + self.unsent + held_bytes(hand) + more <= MOST_BYTES


def held_bytes(hand: Hand) -> int:
    """About what a hand takes: places that are not saved (they are many while the database is
    away), log entries, answers to checkpoints, ids that were missed."""
    answers = sum(len(tried) for tried in hand.attempts.values())
    return (
        _HAND_BYTES
        + _PLACE_BYTES * len(hand.unsaved)
        + _ENTRY_BYTES * (len(hand.log.unsaved) + answers)
        + _ID_BYTES * (len(hand.missed) + len(hand.cancelled))
    )


@dataclass(frozen=True)
class MemoryUse:
    """What all sessions of a server take together, in bytes, and the one that takes most."""

    held: int
    queued: int
    unsent: int
    most: int


def memory_use(sessions: Iterable[tuple[MemoryBudget, Hand]]) -> MemoryUse:
    """Add up what sessions take just now."""
    held = queued = unsent = most = 0
    for budget, hand in sessions:
        one = held_bytes(hand)
        held, queued, unsent = held + one, queued + budget.queued, unsent + budget.unsent
        most = max(most, one + budget.queued + budget.unsent)
    return MemoryUse(held, queued, unsent, most)

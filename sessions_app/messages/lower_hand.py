"""``LOWER_HAND``: the child does not need their teacher any more."""

from __future__ import annotations

from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..models import EventKind
from ..protocol import server
from .base import Message, Reply, reply


class LowerHand(Message, frozen=True):
    type: ClassVar[str] = "LOWER_HAND"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.HAND_LOWERED})

    def apply(self, hand: Hand) -> Reply:
        hand.require_open()
        if hand.row.hand_raised_at is not None:
            hand.row.hand_raised_at = None
            hand.record(EventKind.HAND_LOWERED, word_index=hand.state.word_index)
        return reply(server.HandStatus(raised=False))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(server.HandStatus(raised=hand.row.hand_raised_at is not None))

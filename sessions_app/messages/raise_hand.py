"""``RAISE_HAND``: the child asks for their teacher, whose dashboard shows it."""

from __future__ import annotations

from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..models import EventKind
from ..protocol import server
from .base import Message, Reply, reply


class RaiseHand(Message, frozen=True):
    type: ClassVar[str] = "RAISE_HAND"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.HAND_RAISED})

    def apply(self, hand: Hand) -> Reply:
        hand.require_open()
        if hand.row.hand_raised_at is None:
            hand.row.hand_raised_at = hand.now
            hand.record(EventKind.HAND_RAISED, word_index=hand.state.word_index)
        return reply(server.HandStatus(raised=True))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(server.HandStatus(raised=hand.row.hand_raised_at is not None))

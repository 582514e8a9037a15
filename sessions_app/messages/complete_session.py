"""``COMPLETE_SESSION``: the child closes the book for good. The connection is closed after it."""

from __future__ import annotations

from typing import ClassVar, cast

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..domain.lifecycle import complete
from ..models import EventKind
from ..protocol import server
from ..protocol.errors import Close
from .base import CloseConnection, Effect, Message, Reply, StopAnswer, reply


class CompleteSession(Message, frozen=True):
    type: ClassVar[str] = "COMPLETE_SESSION"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.COMPLETED})

    def apply(self, hand: Hand) -> Reply:
        stopped = hand.open_question
        complete(hand)
        effects: list[Effect] = [CloseConnection(Close.COMPLETE)]
        if stopped is not None:
            effects.insert(0, StopAnswer(stopped))
        return reply(server.SessionStatus("completed"), effects=tuple(effects))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(server.SessionStatus(cast(server.Status, hand.row.status)))

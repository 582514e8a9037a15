"""``PAUSE_SESSION``: the child stops for now."""

from __future__ import annotations

from typing import ClassVar, cast

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..models import EventKind, Session
from ..protocol import server
from .base import Message, Reply, reply


class PauseSession(Message, frozen=True):
    type: ClassVar[str] = "PAUSE_SESSION"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.PAUSED})

    def apply(self, hand: Hand) -> Reply:
        hand.require_open()
        if hand.row.status == Session.Status.ACTIVE:
            hand.set_status(Session.Status.PAUSED, EventKind.PAUSED)
        return reply(server.SessionStatus("paused"))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(server.SessionStatus(cast(server.Status, hand.row.status)))

"""``RESUME_SESSION``: the child goes on after a pause."""

from __future__ import annotations

from typing import ClassVar, cast

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..models import EventKind, Session
from ..protocol import server
from .base import Message, Reply, reply


class ResumeSession(Message, frozen=True):
    type: ClassVar[str] = "RESUME_SESSION"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.RESUMED})

    def apply(self, hand: Hand) -> Reply:
        hand.require_open()
        if hand.row.status == Session.Status.PAUSED:
            hand.set_status(Session.Status.ACTIVE, EventKind.RESUMED)
        return reply(server.SessionStatus("active"))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(server.SessionStatus(cast(server.Status, hand.row.status)))

"""``HEARTBEAT``: the client is there; with an id, that much is committed."""

from __future__ import annotations

from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..protocol import server
from .base import Message, Reply, reply


class Heartbeat(Message, frozen=True):
    type: ClassVar[str] = "HEARTBEAT"
    is_activity: ClassVar[bool] = False

    def apply(self, hand: Hand) -> Reply:
        return reply(server.HeartbeatAck())

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(server.HeartbeatAck())

"""``HEARTBEAT``: the client is there; with an id, that much is committed."""

from __future__ import annotations

from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.hand import Hand
from ..protocol import server
from .base import Answer, Message, answer


class Heartbeat(Message, frozen=True):
    type: ClassVar[str] = "HEARTBEAT"
    is_activity: ClassVar[bool] = False

    def apply(self, hand: Hand) -> Answer:
        return answer(server.HeartbeatAck())

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Answer:
        return answer(server.HeartbeatAck())

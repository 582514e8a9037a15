"""``CANCEL_INTERRUPTION``: the child takes an open question back."""

from __future__ import annotations

from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.errors import Invalid
from ..domain.hand.hand import Hand
from ..domain.hand.interruptions import cancel_question
from ..models import EventKind
from .base import Message, Name, Reply, StopAnswer, reply
from .question_errors import question_error


class CancelInterruption(Message, frozen=True):
    type: ClassVar[str] = "CANCEL_INTERRUPTION"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.CANCELLED})

    interruption_id: Name

    def apply(self, hand: Hand) -> Reply:
        if self.interruption_id in hand.cancelled:
            return reply(question_error("cancelled", self.interruption_id))
        if hand.open_question != self.interruption_id:
            raise Invalid("interruptionId")
        cancel_question(hand)
        return reply(
            question_error("cancelled", self.interruption_id),
            effects=(StopAnswer(self.interruption_id),),
        )

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(question_error("cancelled", earlier.facts.interruption_id))

    def answer_as_it_stands(self, hand: Hand) -> Reply:
        return reply(question_error("cancelled", self.interruption_id))

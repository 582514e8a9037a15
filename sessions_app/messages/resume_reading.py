"""``RESUME_READING``: the child goes on after an answer or a checkpoint."""

from __future__ import annotations

from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..models import EventKind
from .base import Message, Reply, Seconds, reply
from .playhead import resume_audio


class ResumeReading(Message, frozen=True):
    type: ClassVar[str] = "RESUME_READING"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.READ_ON})

    understood: bool | None = None
    helpful: bool | None = None
    time_spent: Seconds | None = None

    def apply(self, hand: Hand) -> Reply:
        hand.require_active()
        hand.state.is_playing = True
        hand.record(
            EventKind.READ_ON,
            word_index=hand.state.word_index,
            understood=self.understood,
            helpful=self.helpful,
            time_spent=self.time_spent,
        )
        return reply(resume_audio(hand))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(resume_audio(hand))

"""``REPEAT_AUDIO``: the child goes back (or on) to a word and reads from there."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..models import EventKind
from .base import Message, Reply, WordIndex, reply
from .playhead import resume_audio


class RepeatAudio(Message, frozen=True):
    type: ClassVar[str] = "REPEAT_AUDIO"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.REPEATED})

    from_word_index: WordIndex
    reason: Literal["missed", "unclear", "review"] | None = None

    def apply(self, hand: Hand) -> Reply:
        hand.require_in_book(self.from_word_index, "fromWordIndex")
        hand.require_active()
        hand.move(self.from_word_index)
        hand.state.is_playing = True
        hand.record(EventKind.REPEATED, word_index=self.from_word_index, reason=self.reason)
        return reply(resume_audio(hand))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(resume_audio(hand))

"""``READING_PROGRESS``: where the child is, and what they have before them."""

from __future__ import annotations

import time
from typing import ClassVar

from ..domain.earlier import Earlier
from ..domain.errors import Invalid
from ..domain.evidence import PlaceReport
from ..domain.hand.changes import Reported
from ..domain.hand.hand import Hand
from ..domain.progress import keep_until_saved
from .base import Message, Rate, Reply, Seconds, WordIndex, reply
from .playhead import progress_saved


class ReadingProgress(Message, frozen=True):
    type: ClassVar[str] = "READING_PROGRESS"
    is_batched: ClassVar[bool] = True

    word_index: WordIndex
    audio_timestamp: Seconds | None = None
    is_playing: bool | None = None
    rate: Rate | None = None
    seen: tuple[WordIndex, WordIndex] | None = None
    here: bool | None = None
    under: WordIndex | None = None

    def apply(self, hand: Hand) -> Reply:
        hand.require_active()
        hand.require_in_book(self.word_index, "wordIndex")
        if self.seen is not None and not self.seen[0] <= self.seen[1] < hand.book.word_count:
            raise Invalid("seen")
        report = PlaceReport(
            at=time.monotonic(),
            word_index=self.word_index,
            seen=self.seen,
            here=self.here,
            is_playing=self.is_playing,
            audio_timestamp=self.audio_timestamp,
            rate=self.rate,
        )
        hand.report(report, self.under)
        ids = () if hand.message_id is None else (*hand.stands_for, hand.message_id)
        keep_until_saved(hand, Reported(report, self.under, hand.client, ids))
        return reply()

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        return reply(progress_saved(hand))

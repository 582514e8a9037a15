"""How much was read by oneself, listened to and paged through: the three are never one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from sessions_app.domain.evidence import Evidence, own_pace
from sessions_app.domain.hand.state import OpenSpan, SpanFacts


@dataclass
class ReadingAmounts:
    """Words and seconds, as ``Evidence`` has them; added up, they are those of several.

    ``newly_paged`` may lie below 0: a span in which was read what an earlier one paged through.
    """

    read_time: float = 0.0
    heard_time: float = 0.0
    read_words: int = 0
    heard_words: int = 0
    newly_paged: int = 0
    own_words: int = 0
    own_time: float = 0.0

    @classmethod
    def of(cls, amounts: Evidence | SpanFacts | OpenSpan) -> Self:
        """Those of a session or of a reading span."""
        return cls(
            amounts.read_time,
            amounts.heard_time,
            amounts.read_words,
            amounts.heard_words,
            amounts.paged_words,
            amounts.own_words,
            amounts.own_time,
        )

    def __iadd__(self, other: ReadingAmounts) -> Self:
        self.read_time += other.read_time
        self.heard_time += other.heard_time
        self.read_words += other.read_words
        self.heard_words += other.heard_words
        self.newly_paged += other.newly_paged
        self.own_words += other.own_words
        self.own_time += other.own_time
        return self

    @property
    def seconds(self) -> float:
        """The time of both, reading and listening."""
        return self.read_time + self.heard_time

    @property
    def paged_words(self) -> int:
        """Words that went by too fast, and were not read or heard later."""
        return max(0, self.newly_paged)

    @property
    def read_minutes(self) -> float:
        return round(self.read_time / 60, 1)

    @property
    def heard_minutes(self) -> float:
        return round(self.heard_time / 60, 1)

    @property
    def pace(self) -> float | None:
        """Words a minute of silent reading, of those who did; None where that would be chance."""
        return own_pace(self.own_words, self.own_time)

"""What is sealed on the session row: where the child is, and what was read so far."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct, field

# Below these a speed says more about chance than about the reader.
SPEED_NEEDS_SECONDS: Final = 30.0
SPEED_NEEDS_WORDS: Final = 30

SPAN_SECONDS: Final = 60.0
SPAN_BREAK: Final = dt.timedelta(minutes=5)


def words_per_minute(seconds: float, words: int) -> float | None:
    """How fast somebody reads, or None until it means something."""
    if seconds < SPEED_NEEDS_SECONDS or words < SPEED_NEEDS_WORDS:
        return None
    return round(words / (seconds / 60), 1)


class OpenSpan(Struct):
    """The reading span that is under way. Times are epoch seconds."""

    first_word: int
    last_word: int
    seconds: float = 0.0
    words: int = 0
    ended: float = 0.0


class SpanFacts(Struct, frozen=True):
    """A reading span as it is kept: reading time, words read forward, and where."""

    seconds: float
    words: int
    first_word: int
    last_word: int


class ReadingState(Struct):
    """The sealed part of a session.

    ``audio_timestamp`` is None where the client gave none with this position;
    ``moved_at`` is when the position last changed (epoch seconds); ``covered`` are the
    word ranges that were really read or heard, sorted and disjoint, ends included;
    ``saved_progress`` is owner and serial of the last ``Progress`` that was counted.
    """

    word_index: int
    furthest_word_index: int
    start_word_index: int
    audio_timestamp: float | None = None
    is_playing: bool = False
    rate: float = 1.0
    active_seconds: float = 0.0
    words_read: int = 0
    moved_at: float = 0.0
    reading_spans: int = 0
    reading_span: OpenSpan | None = None
    covered: list[tuple[int, int]] = field(default_factory=list)
    saved_progress: tuple[int, int] = (0, 0)

    @property
    def reading_speed(self) -> float | None:
        """Words per minute over active time, or None until it means something."""
        return words_per_minute(self.active_seconds, self.words_read)

    def move(self, word_index: int, audio_timestamp: float | None, now: dt.datetime) -> None:
        """Put the child at ``word_index``."""
        if word_index != self.word_index:
            self.moved_at = now.timestamp()
        elif audio_timestamp is None:
            audio_timestamp = self.audio_timestamp
        self.word_index = word_index
        self.audio_timestamp = audio_timestamp
        self.furthest_word_index = max(self.furthest_word_index, word_index)

    def close_span(self) -> SpanFacts | None:
        """End the open reading span and hand over what it held, if anything was read in it."""
        reading_span, self.reading_span = self.reading_span, None
        if reading_span is None or reading_span.seconds <= 0:
            return None
        self.reading_spans += 1
        return SpanFacts(
            seconds=round(reading_span.seconds, 1),
            words=reading_span.words,
            first_word=reading_span.first_word,
            last_word=reading_span.last_word,
        )


def cover(ranges: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """``ranges`` with ``first`` to ``last`` added; touching ranges grow together."""
    before = [pair for pair in ranges if pair[1] < first - 1]
    after = [pair for pair in ranges if pair[0] > last + 1]
    joined = [pair for pair in ranges if pair[1] >= first - 1 and pair[0] <= last + 1]
    start = min([first, *(pair[0] for pair in joined)])
    end = max([last, *(pair[1] for pair in joined)])
    return [*before, (start, end), *after]

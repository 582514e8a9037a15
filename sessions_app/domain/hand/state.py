"""What is sealed on the session row: where the child is, and what was read so far."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct, field

from ..evidence import Evidence, Gain, progress, reading_speed, was_finished, word_ranges

SPAN_SECONDS: Final = 60.0
SPAN_BREAK: Final = 300.0


class OpenSpan(Struct):
    """The reading span that is under way. ``ended`` is in epoch seconds."""

    first_word: int
    last_word: int
    read_time: float = 0.0
    heard_time: float = 0.0
    read_words: int = 0
    heard_words: int = 0
    paged_words: int = 0
    own_words: int = 0
    own_time: float = 0.0
    ended: float = 0.0

    def add(self, gain: Gain, word_index: int, now: dt.datetime) -> None:
        self.read_time += gain.read_time
        self.heard_time += gain.heard_time
        self.read_words += gain.read_words
        self.heard_words += gain.heard_words
        self.paged_words += gain.paged_words
        self.own_words += gain.own_words
        self.own_time += gain.own_time
        self.last_word = word_index
        self.ended = now.timestamp()


class SpanFacts(Struct, frozen=True):
    """A reading span as it is kept: seconds and words read by oneself, heard and paged through,
    what of it tells the child's own pace (see ``Evidence``), and where."""

    read_time: float
    heard_time: float
    read_words: int
    heard_words: int
    paged_words: int
    first_word: int
    last_word: int
    own_words: int = 0
    own_time: float = 0.0


class ReadingState(Struct):
    """The sealed part of a session.

    ``audio_timestamp`` is None where the client gave none with this position; ``moved_at`` is when
    the child came to it (epoch seconds), ``moved_under`` the owner of the connection that changed
    it; ``is_away`` while the page says that the child seems to have gone; ``left_at`` is when the
    last connection ended (epoch seconds); ``hand_fell`` where a hand that nobody lowered fell here,
    until the child goes on; ``saved_progress`` is owner and serial of the last
    progress that was counted; ``row_digest`` that of the session's row as it was saved with this
    (``commit``), ``spans_digest`` that of all reading spans (``row_digests``).
    """

    word_index: int
    furthest_word_index: int
    start_word_index: int
    audio_timestamp: float | None = None
    is_playing: bool = False
    rate: float = 1.0
    moved_at: float = 0.0
    moved_under: int = 0
    is_away: bool = False
    left_at: float = 0.0
    hand_fell: bool = False
    evidence: Evidence = field(default_factory=Evidence)
    reading_spans: int = 0
    reading_span: OpenSpan | None = None
    saved_progress: tuple[int, int] = (0, 0)
    row_digest: bytes = b""
    spans_digest: bytes = b""

    @property
    def reading_speed(self) -> float | None:
        """The child's own silent pace in words a minute, where it means something."""
        return reading_speed(self.evidence)

    def progress(self, word_count: int) -> float:
        """The share of a book's words that were read or heard, from 0 to 1."""
        return progress(self.evidence, word_count)

    def was_finished(self, word_count: int) -> bool:
        """Whether a session that is completed is finished, and not only closed."""
        return was_finished(self.evidence, word_count)

    @property
    def total_time(self) -> float:
        """Seconds of reading and of listening."""
        return self.evidence.read_time + self.evidence.heard_time

    @property
    def covered_words(self) -> int:
        """Different words that were read or heard."""
        return word_ranges.count(self.evidence.covered)

    def move(
        self, word_index: int, audio_timestamp: float | None, now: dt.datetime, under: int
    ) -> None:
        """Put the child at ``word_index``, as the connection with the number ``under`` says."""
        if word_index != self.word_index:
            self.moved_at = now.timestamp()
            self.moved_under = under
            self.hand_fell = False
        elif audio_timestamp is None:
            audio_timestamp = self.audio_timestamp
        self.word_index = word_index
        self.audio_timestamp = audio_timestamp
        self.furthest_word_index = max(self.furthest_word_index, word_index)

    def add(self, gain: Gain, now: dt.datetime) -> SpanFacts | None:
        """Add what a report gained to the reading span under way. A span that is whole, or was
        broken off, is ended before that and handed over."""
        if gain == Gain(claims=gain.claims):
            return None
        ended, span = None, self.reading_span
        if span is not None:
            whole = span.read_time + span.heard_time >= SPAN_SECONDS
            if whole or now.timestamp() - span.ended > SPAN_BREAK:
                ended, span = self.close_span(), None
        if span is None:
            first = self.word_index if gain.first_word is None else gain.first_word
            span = self.reading_span = OpenSpan(first, self.word_index)
        span.add(gain, self.word_index, now)
        return ended

    def close_span(self) -> SpanFacts | None:
        """End the open span and hand over what it held, if anything was read in it."""
        span, self.reading_span = self.reading_span, None
        if span is None:
            return None
        self.reading_spans += 1
        return SpanFacts(
            read_time=round(span.read_time, 1),
            heard_time=round(span.heard_time, 1),
            read_words=span.read_words,
            heard_words=span.heard_words,
            paged_words=span.paged_words,
            first_word=span.first_word,
            last_word=span.last_word,
            own_words=span.own_words,
            own_time=round(span.own_time, 1),
        )

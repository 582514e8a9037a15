"""What was read, asked and answered in a session, as reports see it.

Here, and in ``sums``, is what a report takes from a session's state and reading spans.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from library.models import Checkpoint
from readerai.accounts.models import Student
from sessions_app.domain.state import OpenSpan, ReadingState, SpanFacts, words_per_minute
from sessions_app.models import Session
from sessions_app.vault import Vault

#: Below these the pace of one span says more about chance than about the reader.
PACE_NEEDS_SECONDS = 10
PACE_NEEDS_WORDS = 5


@dataclass(frozen=True)
class QuestionRecord:
    """A question with its answer and the place it was about. ``word`` and ``meaning`` where
    it was a word that was looked up."""

    at: dt.datetime
    word_index: int
    text: str
    status: str
    answer: str
    answered_by: str
    word: str
    meaning: str
    flagged: bool


@dataclass(frozen=True)
class AttemptRecord:
    """One answer to a checkpoint; ``score`` from 0 to 1, ``number`` from 1."""

    at: dt.datetime
    checkpoint: Checkpoint
    number: int
    answer: str
    correct: bool
    score: float

    @property
    def has_right_answer(self) -> bool:
        """A prediction has none, and says nothing of comprehension."""
        return self.checkpoint.kind != Checkpoint.Kind.PREDICTION


@dataclass(frozen=True)
class SpanRecord:
    """Read without a pause: reading time in seconds, words read forward, and where."""

    ended_at: dt.datetime
    seconds: float
    words: int
    first_word: int
    last_word: int

    @classmethod
    def of(cls, ended_at: dt.datetime, facts: SpanFacts | OpenSpan) -> SpanRecord:
        """A reading span as it is kept, or the one that is under way."""
        return cls(ended_at, facts.seconds, facts.words, facts.first_word, facts.last_word)

    @property
    def minutes(self) -> float:
        return round(self.seconds / 60, 1)

    @property
    def pace(self) -> float | None:
        """Words per minute, or None where that would be chance."""
        if self.seconds < PACE_NEEDS_SECONDS or self.words < PACE_NEEDS_WORDS:
            return None
        return round(self.words / (self.seconds / 60), 1)


@dataclass(frozen=True)
class ReadingRecord:
    """A session, and what happened in it in the time that was asked for."""

    session: Session
    vault: Vault
    state: ReadingState
    spans: list[SpanRecord] = field(default_factory=list)
    questions: list[QuestionRecord] = field(default_factory=list)
    attempts: list[AttemptRecord] = field(default_factory=list)

    @property
    def student(self) -> Student:
        return self.session.student

    @property
    def finished(self) -> bool:
        return self.session.status == Session.Status.COMPLETED

    # In the time that was asked for.

    @property
    def seconds(self) -> float:
        """Reading time."""
        return sum(span.seconds for span in self.spans)

    @property
    def minutes(self) -> float:
        return round(self.seconds / 60, 1)

    @property
    def words(self) -> int:
        """Words read forward."""
        return sum(span.words for span in self.spans)

    @property
    def pace(self) -> float | None:
        """Words per minute, or None until it means something."""
        return words_per_minute(self.seconds, self.words)

    # In the whole session.

    @property
    def word_index(self) -> int:
        """Where the child is."""
        return self.state.word_index

    @property
    def progress(self) -> float:
        """The place in the book, from 0 to 1."""
        return min(1.0, self.place_of(self.word_index))

    def place_of(self, word: int) -> float:
        """Where in the book a word is, from 0 to 1."""
        return (word + 1) / self.session.book.word_count

    @property
    def covered(self) -> list[tuple[int, int]]:
        """The words that were read or heard: first and last of each range."""
        return self.state.covered

    @property
    def coverage(self) -> float:
        """The part of the book that was read or heard, from 0 to 1."""
        words = sum(last - first + 1 for first, last in self.covered)
        return words / self.session.book.word_count

    @property
    def session_seconds(self) -> float:
        """Reading time."""
        return self.state.active_seconds

    @property
    def session_pace(self) -> float | None:
        """Words per minute, or None until it means something."""
        return self.state.reading_speed


def open_span_of(state: ReadingState) -> SpanRecord | None:
    """The reading span that is under way, if anything was read in it."""
    span = state.reading_span
    if span is None or span.seconds <= 0:
        return None
    return SpanRecord.of(dt.datetime.fromtimestamp(span.ended, dt.UTC), span)

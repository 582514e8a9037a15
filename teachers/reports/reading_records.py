"""What was read, asked and answered in a session, as reports see it.

Here, and in ``sums``, is what a report takes from a session's state and reading spans.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from library.models import Checkpoint
from readerai.accounts.models import Student
from sessions_app.domain.state import OpenSpan, ReadingState, SpanFacts
from sessions_app.models import Session
from sessions_app.vault import Vault

#: Below this a pace says more about chance than about the reader (PROTOCOL, `readingSpeed`).
PACE_NEEDS_WORDS = 100


def own_pace(seconds: float, words: int) -> float | None:
    """Words a minute of a child's own silent reading, or None until it means something."""
    if words < PACE_NEEDS_WORDS or seconds <= 0:
        return None
    return round(words / (seconds / 60), 1)


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
    """Read or heard without a pause: seconds and words of each, words paged through, and where."""

    ended_at: dt.datetime
    read_time: float
    heard_time: float
    read_words: int
    heard_words: int
    paged_words: int
    first_word: int
    last_word: int

    @classmethod
    def of(cls, ended_at: dt.datetime, facts: SpanFacts | OpenSpan) -> SpanRecord:
        """A reading span as it is kept, or the one that is under way."""
        return cls(
            ended_at,
            facts.read_time,
            facts.heard_time,
            facts.read_words,
            facts.heard_words,
            facts.paged_words,
            facts.first_word,
            facts.last_word,
        )

    @property
    def seconds(self) -> float:
        return self.read_time + self.heard_time

    @property
    def words(self) -> int:
        return self.read_words + self.heard_words

    @property
    def minutes(self) -> float:
        return round(self.seconds / 60, 1)

    @property
    def pace(self) -> float | None:
        """The child's own words a minute, or None where that would be chance."""
        return own_pace(self.read_time, self.read_words)


@dataclass(frozen=True)
class ReadingRecord:
    """A session, and what happened in it in the time that was asked for. ``concerns`` are what a
    grown-up is to look at: no questions, and in no count of them."""

    session: Session
    vault: Vault
    state: ReadingState
    spans: list[SpanRecord] = field(default_factory=list)
    questions: list[QuestionRecord] = field(default_factory=list)
    concerns: list[QuestionRecord] = field(default_factory=list)
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
        """Words read or heard."""
        return sum(span.words for span in self.spans)

    @property
    def pace(self) -> float | None:
        """The child's own words a minute, or None where that would be chance."""
        read_time = sum(span.read_time for span in self.spans)
        return own_pace(read_time, sum(span.read_words for span in self.spans))

    # In the whole session.

    @property
    def word_index(self) -> int:
        """Where the child is."""
        return self.state.word_index

    @property
    def progress(self) -> float:
        """The share of the book's words that were read or heard."""
        return self.state.progress(self.session.book.word_count)

    def place_of(self, word: int) -> float:
        """Where in the book a word is, from 0 to 1."""
        return (word + 1) / self.session.book.word_count

    @property
    def covered(self) -> list[tuple[int, int]]:
        """The words that were read or heard: first and last of each range."""
        return self.state.evidence.covered

    @property
    def session_seconds(self) -> float:
        """Time of reading and of listening."""
        return self.state.total_time

    @property
    def session_pace(self) -> float | None:
        """The child's own words a minute, or None until it means something."""
        return self.state.reading_speed


def open_span_of(state: ReadingState) -> SpanRecord | None:
    """The reading span that is under way, if anything was read in it."""
    span = state.reading_span
    if span is None:
        return None
    return SpanRecord.of(dt.datetime.fromtimestamp(span.ended, dt.UTC), span)

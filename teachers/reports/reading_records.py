"""What was read, asked and answered in a session, as reports see it.

Here, and in ``sums``, is what a report takes from a session's state and reading spans.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from library.models import Checkpoint
from readerai.accounts.models import Student
from sessions_app.domain.hand.state import OpenSpan, ReadingState, SpanFacts
from sessions_app.models import Session
from sessions_app.vault import Vault

from ..wording import session_status
from .amounts import ReadingAmounts


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
    """What was read without a pause: how much, and where it began and ended."""

    ended_at: dt.datetime
    amounts: ReadingAmounts
    first_word: int
    last_word: int

    @classmethod
    def of(cls, ended_at: dt.datetime, facts: SpanFacts | OpenSpan) -> SpanRecord:
        """A reading span as it is kept, or the one that is under way."""
        return cls(ended_at, ReadingAmounts.of(facts), facts.first_word, facts.last_word)


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
    def amounts(self) -> ReadingAmounts:
        """How much was read in the time that was asked for."""
        amounts = ReadingAmounts()
        for span in self.spans:
            amounts += span.amounts
        return amounts

    # In the whole session.

    @property
    def session_amounts(self) -> ReadingAmounts:
        return ReadingAmounts.of(self.state.evidence)

    @property
    def is_completed(self) -> bool:
        return self.session.status == Session.Status.COMPLETED

    @property
    def finished(self) -> bool:
        """Whether the book was read or heard to its end; else a completed session is closed."""
        return self.is_completed and self.state.was_finished(self.session.book.word_count)

    @property
    def progress(self) -> float:
        """The share of the book's words that were read or heard."""
        return self.state.progress(self.session.book.word_count)

    @property
    def status(self) -> str:
        """How far it came, in words."""
        return session_status(self.session, finished=self.finished, progress=self.progress)

    @property
    def word_index(self) -> int:
        """Where the child is."""
        return self.state.word_index

    def place_of(self, word: int) -> float:
        """Where in the book a word is, from 0 to 1."""
        return min(1.0, (word + 1) / self.session.book.word_count)

    @property
    def covered(self) -> list[tuple[int, int]]:
        """The words that were read or heard: first and last of each range."""
        return self.state.evidence.covered


def open_span_of(state: ReadingState) -> SpanRecord | None:
    """The reading span that is under way, if there is one."""
    span = state.reading_span
    if span is None:
        return None
    return SpanRecord.of(dt.datetime.fromtimestamp(span.ended, dt.UTC), span)

"""Sums over what was read: one definition of each number, for every page and export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from library.models import Checkpoint

from .periods import Period
from .records import Attempt, Record, Span


@dataclass
class Sums:
    """``first_right`` of ``first_tries`` questions in books were right at the first try;
    predictions, which have no wrong answer, do not count. ``pace`` is words per minute over all
    the reading time."""

    seconds: float = 0.0
    words: int = 0
    questions: int = 0
    first_tries: int = 0
    first_right: int = 0
    days: set[dt.date] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)
    books: set[str] = field(default_factory=set)
    finished: set[str] = field(default_factory=set)

    @property
    def minutes(self) -> float:
        return round(self.seconds / 60, 1)

    @property
    def pace(self) -> float | None:
        if self.seconds < 30 or self.words < 30:
            return None
        return round(self.words / (self.seconds / 60), 1)

    @property
    def comprehension(self) -> float | None:
        """The share of first tries that were right, from 0 to 1."""
        return round(self.first_right / self.first_tries, 3) if self.first_tries else None

    def add_span(self, span: Span, day: dt.date) -> None:
        self.seconds += span.seconds
        self.words += span.words
        self.days.add(day)

    def add_attempt(self, attempt: Attempt) -> None:
        if attempt.number == 1 and attempt.checkpoint.kind != Checkpoint.Kind.PREDICTION:
            self.first_tries += 1
            self.first_right += attempt.correct


def sums_of(records: Iterable[Record], period: Period) -> Sums:
    """Everything within the period, in one sum."""
    whole = Sums()
    for record in records:
        _add(whole, record, period)
    return whole


def _add(whole: Sums, record: Record, period: Period) -> None:
    title = record.session.book.title
    for span in record.spans:
        if period.step(span.ended_at) is not None:
            whole.add_span(span, period.day(span.ended_at))
            whole.books.add(title)
    for question in record.questions:
        if period.step(question.at) is not None:
            whole.questions += 1
            if question.word:
                whole.looked_up.add(question.word.casefold())
    for attempt in record.attempts:
        if period.step(attempt.at) is not None:
            whole.add_attempt(attempt)
    ended = record.session.completed_at
    if ended is not None and period.step(ended) is not None:
        whole.finished.add(title)


def by_step(records: Sequence[Record], period: Period) -> list[Sums]:
    """A sum per day or week of the period."""
    found = [Sums() for _ in period.steps]
    for record in records:
        for span in record.spans:
            if (step := period.step(span.ended_at)) is not None:
                found[step].add_span(span, period.day(span.ended_at))
        for question in record.questions:
            if (step := period.step(question.at)) is not None:
                found[step].questions += 1
                if question.word:
                    found[step].looked_up.add(question.word.casefold())
        for attempt in record.attempts:
            if (step := period.step(attempt.at)) is not None:
                found[step].add_attempt(attempt)
        ended = record.session.completed_at
        if ended is not None and (step := period.step(ended)) is not None:
            found[step].finished.add(record.session.book.title)
    return found

"""Sums over what was read: one definition of each number, for every page and export.

Everything is counted once, by child and day; a week's, a term's, a child's and a class's numbers
are those days added up, so no two tables of a report can disagree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from library.models import Checkpoint

from .periods import Period
from .reading_records import Record, own_pace


@dataclass
class Sums:
    """``first_right`` of ``first_tries`` questions in books were right at the first try;
    predictions, which have no wrong answer, do not count. ``pace`` is words a minute of the
    children's own silent reading. ``books`` holds child and book (primary keys), ``finished``
    session and book: each reading to the end counts, so that weeks add up to a term and children
    to a class.
    """

    read_time: float = 0.0
    heard_time: float = 0.0
    read_words: int = 0
    heard_words: int = 0
    questions: int = 0
    first_tries: int = 0
    first_right: int = 0
    days: set[dt.date] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)
    books: set[tuple[int, int]] = field(default_factory=set)
    finished: set[tuple[str, int]] = field(default_factory=set)

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
        return own_pace(self.read_time, self.read_words)

    @property
    def comprehension(self) -> float | None:
        """The share of first tries that were right, from 0 to 1."""
        return round(self.first_right / self.first_tries, 3) if self.first_tries else None

    def add(self, other: Sums) -> None:
        self.read_time += other.read_time
        self.heard_time += other.heard_time
        self.read_words += other.read_words
        self.heard_words += other.heard_words
        self.questions += other.questions
        self.first_tries += other.first_tries
        self.first_right += other.first_right
        self.days |= other.days
        self.looked_up |= other.looked_up
        self.books |= other.books
        self.finished |= other.finished


#: Sums by child (primary key) and day.
Days = Mapping[tuple[int, dt.date], Sums]


def day_by_day(records: Iterable[Record], period: Period) -> Days:
    """Everything within the period, by child and day."""
    found: dict[tuple[int, dt.date], Sums] = defaultdict(Sums)
    for record in records:
        _count(record, period, found)
    return {
        (child, day): sums
        for (child, day), sums in found.items()
        if period.step_of_day(day) is not None
    }


def _count(record: Record, period: Period, found: dict[tuple[int, dt.date], Sums]) -> None:
    child, book = record.student.pk, record.session.book_id
    for reading_span in record.reading_spans:
        day = period.day(reading_span.ended_at)
        sums = found[child, day]
        sums.read_time += reading_span.read_time
        sums.heard_time += reading_span.heard_time
        sums.read_words += reading_span.read_words
        sums.heard_words += reading_span.heard_words
        sums.days.add(day)
        sums.books.add((child, book))
    for question in record.questions:
        sums = found[child, period.day(question.at)]
        sums.questions += 1
        if question.word:
            sums.looked_up.add(question.word.casefold())
    for attempt in record.attempts:
        if attempt.number == 1 and attempt.checkpoint.kind != Checkpoint.Kind.PREDICTION:
            sums = found[child, period.day(attempt.at)]
            sums.first_tries += 1
            sums.first_right += attempt.correct
    ended = record.session.completed_at
    if ended is not None:
        found[child, period.day(ended)].finished.add((record.session.pk, book))


def added(all_sums: Iterable[Sums]) -> Sums:
    whole = Sums()
    for each in all_sums:
        whole.add(each)
    return whole


def sums_of(records: Iterable[Record], period: Period) -> Sums:
    """Everything within the period, in one sum."""
    return added(day_by_day(records, period).values())


def within(days: Days, period: Period) -> Sums:
    """The part of ``days`` that lies in ``period``."""
    return added(sums for (_, day), sums in days.items() if period.step_of_day(day) is not None)


def by_step(days: Days, period: Period) -> list[Sums]:
    """A sum per day or week of the period."""
    found = [Sums() for _ in period.steps]
    for (_, day), sums in days.items():
        if (step := period.step_of_day(day)) is not None:
            found[step].add(sums)
    return found


def by_child(days: Days) -> dict[int, Sums]:
    """A sum per child who did anything."""
    found: dict[int, Sums] = defaultdict(Sums)
    for (child, _), sums in days.items():
        found[child].add(sums)
    return dict(found)

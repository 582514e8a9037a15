"""Sums over what was read: one definition of each number, for every page and export.

Everything is counted once, by child and day; a week's, a term's, a child's and a class's numbers
are those days added up, so no two tables of a report can disagree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from .amounts import ReadingAmounts
from .periods import Period
from .reading_records import ReadingRecord


@dataclass
class Sums:
    """``first_right`` of ``first_tries`` questions in books were right at the first try;
    predictions, which have no wrong answer, do not count. ``days`` are those with reading or
    listening, ``books`` what was read or heard on them, ``paged_books`` what was paged through and
    ``opened_books`` what was opened last, each with its child (primary keys). ``finished`` holds
    session and book: each reading to the end counts, so that weeks add up to a term and children
    to a class.
    """

    amounts: ReadingAmounts = field(default_factory=ReadingAmounts)
    questions: int = 0
    first_tries: int = 0
    first_right: int = 0
    days: set[dt.date] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)
    books: set[tuple[int, int]] = field(default_factory=set)
    paged_books: set[tuple[int, int]] = field(default_factory=set)
    opened_books: set[tuple[int, int]] = field(default_factory=set)
    finished: set[tuple[str, int]] = field(default_factory=set)

    @property
    def comprehension(self) -> float | None:
        """The share of first tries that were right, from 0 to 1."""
        return round(self.first_right / self.first_tries, 3) if self.first_tries else None

    def __iadd__(self, other: Sums) -> Self:
        self.amounts += other.amounts
        self.questions += other.questions
        self.first_tries += other.first_tries
        self.first_right += other.first_right
        self.days |= other.days
        self.looked_up |= other.looked_up
        self.books |= other.books
        self.paged_books |= other.paged_books
        self.opened_books |= other.opened_books
        self.finished |= other.finished
        return self


#: By child (primary key) and day.
DailySums = Mapping[tuple[int, dt.date], Sums]


def daily_sums(records: Iterable[ReadingRecord], period: Period) -> DailySums:
    """Everything within the period, by child and day."""
    days: dict[tuple[int, dt.date], Sums] = defaultdict(Sums)
    for record in records:
        _count(record, period, days)
    return {
        (child, day): sums
        for (child, day), sums in days.items()
        if period.step_of_day(day) is not None
    }


def _count(record: ReadingRecord, period: Period, days: dict[tuple[int, dt.date], Sums]) -> None:
    child, book = record.student.pk, record.session.book_id
    opened = days[child, period.day(record.session.last_active_at)]
    opened.opened_books.add((child, book))
    for span in record.spans:
        day = period.day(span.ended_at)
        sums = days[child, day]
        sums.amounts += span.amounts
        if span.amounts.seconds:
            sums.days.add(day)
            sums.books.add((child, book))
        if span.amounts.paged_words:
            sums.paged_books.add((child, book))
    for question in record.questions:
        sums = days[child, period.day(question.at)]
        sums.questions += 1
        if question.word:
            sums.looked_up.add(question.word.casefold())
    for attempt in record.attempts:
        if attempt.number == 1 and attempt.has_right_answer:
            sums = days[child, period.day(attempt.at)]
            sums.first_tries += 1
            sums.first_right += attempt.correct
    completed = record.session.completed_at
    if completed is not None and record.finished:
        days[child, period.day(completed)].finished.add((record.session.pk, book))


def total(parts: Iterable[Sums]) -> Sums:
    """``parts`` added up."""
    whole = Sums()
    for part in parts:
        whole += part
    return whole


def sums_within(days: DailySums, period: Period) -> Sums:
    """The part of ``days`` that lies in ``period``, added up."""
    return total(sums for (_, day), sums in days.items() if period.step_of_day(day) is not None)


def sums_by_step(days: DailySums, period: Period) -> list[Sums]:
    """A sum per day or week of the period."""
    steps = [Sums() for _ in period.steps]
    for (_, day), sums in days.items():
        if (step := period.step_of_day(day)) is not None:
            steps[step] += sums
    return steps


def sums_by_child(days: DailySums) -> dict[int, Sums]:
    """A sum per child, empty for one who did nothing."""
    children: dict[int, Sums] = defaultdict(Sums)
    for (child, _), sums in days.items():
        children[child] += sums
    return children

"""Reading records made up without a database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from library.models import Book, Checkpoint
from readerai.accounts.models import Student
from sessions_app.domain.evidence import Evidence
from sessions_app.domain.hand.state import ReadingState
from sessions_app.models import Session
from sessions_app.vault import Scope, Vault
from teachers.reports.amounts import ReadingAmounts
from teachers.reports.reading_records import (
    AttemptRecord,
    QuestionRecord,
    ReadingRecord,
    SpanRecord,
)

#: A Wednesday, at noon.
NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)

LAMP = Book(pk=1, slug="the-lamp", title="The Lamp", word_count=200)
HILL = Book(pk=2, slug="our-hill", title="Our Hill", word_count=100)
ALICE = Student(pk=1, slug="alice", display_name="Alice")
BOB = Student(pk=2, slug="bob", display_name="Bob")


def days_ago(days: float) -> dt.datetime:
    return NOON - dt.timedelta(days=days)


def record(
    *happened: SpanRecord | QuestionRecord | AttemptRecord,
    student: Student = ALICE,
    book: Book = LAMP,
    word_index: int = 0,
    covered: list[tuple[int, int]] | None = None,
    **session: Any,
) -> ReadingRecord:
    """A session in which this happened."""
    key = f"session-{student.slug}-{book.slug}-{session.get('completed_at')}"
    fields = {"started_at": NOON, "last_active_at": NOON, "status": "active"} | session
    return ReadingRecord(
        session=Session(pk=key, student=student, book=book, **fields),
        vault=Vault(Scope(key, 1, 1), bytes(32)),
        state=ReadingState(word_index, word_index, 0, evidence=Evidence(covered=covered or [])),
        spans=[each for each in happened if isinstance(each, SpanRecord)],
        questions=[each for each in happened if isinstance(each, QuestionRecord)],
        attempts=[each for each in happened if isinstance(each, AttemptRecord)],
    )


def finished(*happened: SpanRecord, at: dt.datetime = NOON, **rest: Any) -> ReadingRecord:
    """A session that was read to the end."""
    book: Book = rest.get("book", LAMP)
    whole = {"covered": [(0, book.word_count - 1)]}
    return record(*happened, status="completed", completed_at=at, **(whole | rest))


def span(
    at: dt.datetime = NOON,
    *,
    seconds: float = 60,
    words: int = 100,
    heard: tuple[float, int] = (0.0, 0),
    paged: int = 0,
    first_word: int = 0,
    last_word: int = 99,
) -> SpanRecord:
    """A reading span that ended then: read by oneself in ``seconds``, ``heard`` (seconds and
    words), and paged through."""
    amounts = ReadingAmounts(seconds, heard[0], words, heard[1], paged, words, seconds)
    return SpanRecord(at, amounts, first_word, last_word)


def question(
    at: dt.datetime = NOON, *, word_index: int = 0, word: str = "", flagged: bool = False
) -> QuestionRecord:
    """A question; about ``word``, where that was looked up."""
    return QuestionRecord(
        at=at,
        word_index=word_index,
        text=f"What is {word or 'that'}?",
        status="answered",
        answer="It is so.",
        answered_by="offline",
        word=word,
        meaning=f"meaning of {word}" if word else "",
        flagged=flagged,
    )


def attempt(
    at: dt.datetime = NOON,
    *,
    correct: bool = True,
    number: int = 1,
    answer: str = "so",
    kind: str = "comprehension",
    checkpoint: int = 1,
) -> AttemptRecord:
    """An answer to the checkpoint with this primary key."""
    asked = Checkpoint(pk=checkpoint, slug=f"c{checkpoint}", kind=kind, question="Why?", at_word=9)
    return AttemptRecord(at, asked, number, answer, correct, float(correct))

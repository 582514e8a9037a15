"""What was read, asked and answered: sessions unsealed for reports, whatever their number, for
the same few queries. What cannot be opened (an erased session) is left out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from library.models import Book, Checkpoint
from readerai.accounts.models import Student
from sessions_app.domain import questions
from sessions_app.domain.attempts import attempt_facts
from sessions_app.domain.loading import open_state, vault_of
from sessions_app.domain.overviews import DISTRESS
from sessions_app.domain.state import OpenSpan, ReadingState, SpanFacts
from sessions_app.models import CheckpointAttempt, ConcernSeverity, Interruption, Session
from sessions_app.models import ReadingSpan as StretchRow
from sessions_app.tutor.guard import redact
from sessions_app.tutor.types import Definition
from sessions_app.vault import Vault, VaultError

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Question:
    """A question with its answer and the place it was about. ``word`` and ``meaning`` where
    it was a word that was looked up."""

    at: dt.datetime
    word_index: int
    text: str
    kind: str
    status: str
    answer: str
    answered_by: str
    word: str
    meaning: str
    flagged: bool


@dataclass(frozen=True)
class Attempt:
    """One answer to a checkpoint; ``score`` from 0 to 1, ``number`` from 1."""

    at: dt.datetime
    checkpoint: Checkpoint
    number: int
    answer: str
    correct: bool
    score: float


#: Below this a pace says more about chance than about the reader (PROTOCOL, `readingSpeed`).
PACE_NEEDS_WORDS = 100


def own_pace(seconds: float, words: int) -> float | None:
    """Words a minute of a child's own silent reading, or None until it means something."""
    if words < PACE_NEEDS_WORDS or seconds <= 0:
        return None
    return round(words / (seconds / 60), 1)


@dataclass(frozen=True)
class ReadingSpan:
    """Read or heard without a pause: seconds and words of each, words paged through, and where."""

    ended_at: dt.datetime
    read_time: float
    heard_time: float
    read_words: int
    heard_words: int
    paged_words: int
    first_word: int
    last_word: int

    @property
    def seconds(self) -> float:
        return self.read_time + self.heard_time

    @property
    def words(self) -> int:
        return self.read_words + self.heard_words

    @property
    def pace(self) -> float | None:
        """The child's own words a minute, or None where that would be chance."""
        return own_pace(self.read_time, self.read_words)


@dataclass(frozen=True)
class Record:
    """A session as reports see it, since the day that was asked for. ``concerns`` are what a
    grown-up is to look at: no questions, and in no count of them."""

    session: Session
    vault: Vault
    state: ReadingState
    reading_spans: list[ReadingSpan] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    concerns: list[Question] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def student(self) -> Student:
        return self.session.student

    @property
    def progress(self) -> float:
        """The share of the book's words that were read or heard."""
        return self.state.progress(self.session.book.word_count)

    @property
    def finished(self) -> bool:
        return self.session.status == Session.Status.COMPLETED

    @property
    def seconds(self) -> float:
        """Reading time since the day that was asked for."""
        return sum(reading_span.seconds for reading_span in self.reading_spans)

    @property
    def words(self) -> int:
        return sum(reading_span.words for reading_span in self.reading_spans)

    @property
    def read_time(self) -> float:
        return sum(reading_span.read_time for reading_span in self.reading_spans)

    @property
    def read_words(self) -> int:
        return sum(reading_span.read_words for reading_span in self.reading_spans)


@dataclass(frozen=True)
class Window:
    """From ``since`` to just before ``until``; None is for ever."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def holds(self, moment: dt.datetime) -> bool:
        return (self.since is None or moment >= self.since) and (
            self.until is None or moment < self.until
        )

    def of(self, rows: QuerySet[M], moment: str) -> QuerySet[M]:
        """Those rows whose field ``moment`` lies in it."""
        if self.since is not None:
            rows = rows.filter(**{f"{moment}__gte": self.since})
        if self.until is not None:
            rows = rows.filter(**{f"{moment}__lt": self.until})
        return rows


def records(
    rows: QuerySet[Session], since: dt.datetime | None = None, until: dt.datetime | None = None
) -> list[Record]:
    """Everything of these sessions, the one begun first first; with ``since`` and ``until`` only
    what happened from then on and before then, and only sessions that were under way."""
    window = Window(since, until)
    rows = rows.filter(key__erased_at=None).select_related("key").order_by("started_at", "pk")
    if since is not None:
        rows = rows.filter(last_active_at__gte=since)
    if until is not None:
        rows = rows.filter(started_at__lt=until)
    sessions = list(rows)
    _attach(sessions, "student", Student.objects.select_related("user"))
    _attach(sessions, "book", Book.objects.all())
    found = [record for session in sessions if (record := _opened(session)) is not None]
    ids = [record.session.pk for record in found]
    read, asked, tried = _read(ids, window), _asked(ids, window), _tried(ids, window)
    for record in found:
        key = record.session.pk
        _fill(record, read[key], asked[key], tried[key], window)
    return found


def _attach(rows: Sequence[Model], name: str, others: QuerySet[Any]) -> None:
    """Give each of ``rows`` what its foreign key ``name`` means: each of the few ``others`` read
    once, where a join would make it anew for every row."""
    known = others.in_bulk({getattr(row, f"{name}_id") for row in rows})
    for row in rows:
        setattr(row, name, known[getattr(row, f"{name}_id")])


def _opened(session: Session) -> Record | None:
    try:
        vault = vault_of(session)
        return Record(session, vault, open_state(session, vault))
    except VaultError:
        return None


def _read(ids: list[str], window: Window) -> dict[str, list[Any]]:
    rows = StretchRow.objects.filter(session__in=ids).order_by("session", "number")
    rows = window.of(rows, "ended_at")
    found: dict[str, list[Any]] = defaultdict(list)
    for session, number, ended, sealed in rows.values_list(
        "session_id", "number", "ended_at", "sealed"
    ).iterator():
        found[session].append((number, ended, sealed))
    return found


def _asked(ids: list[str], window: Window) -> dict[str, list[Interruption]]:
    rows = window.of(Interruption.objects.filter(session__in=ids), "asked_at")
    found: dict[str, list[Interruption]] = defaultdict(list)
    for row in rows.defer("sealed_partial").order_by("session", "number"):
        found[row.session_id].append(row)
    return found


def _tried(ids: list[str], window: Window) -> dict[str, list[CheckpointAttempt]]:
    rows = window.of(CheckpointAttempt.objects.filter(session__in=ids), "at")
    attempts = list(rows.order_by("session", "at", "number"))
    _attach(attempts, "checkpoint", Checkpoint.objects.all())
    found: dict[str, list[CheckpointAttempt]] = defaultdict(list)
    for row in attempts:
        found[row.session_id].append(row)
    return found


def _fill(
    record: Record,
    read: Iterable[Any],
    asked: Iterable[Interruption],
    tried: Iterable[CheckpointAttempt],
    window: Window,
) -> None:
    vault, state = record.vault, record.state
    for number, ended, sealed in read:
        facts = vault.open("reading_span", "sealed", number, sealed, SpanFacts)
        record.reading_spans.append(_stretch(ended, facts))
    open_ = state.reading_span
    if open_ is not None:
        ended = dt.datetime.fromtimestamp(open_.ended, dt.UTC)
        if window.holds(ended):
            record.reading_spans.append(_stretch(ended, open_))
    for row in asked:
        into = record.questions if row.concern == ConcernSeverity.NONE else record.concerns
        into.append(_question(row, vault))
    for attempt in tried:
        marked = attempt_facts(attempt, vault)
        answer = redact(marked.answer)
        record.attempts.append(
            Attempt(
                attempt.at, attempt.checkpoint, attempt.number, answer, marked.correct, marked.score
            )
        )


def _stretch(ended_at: dt.datetime, facts: SpanFacts | OpenSpan) -> ReadingSpan:
    return ReadingSpan(
        ended_at,
        facts.read_time,
        facts.heard_time,
        facts.read_words,
        facts.heard_words,
        facts.paged_words,
        facts.first_word,
        facts.last_word,
    )


def _question(row: Interruption, vault: Vault) -> Question:
    facts, outcome = questions.question_facts(row, vault), questions.outcome_of(row, vault)
    meaning = None if outcome is None or outcome.answer is None else outcome.answer.structured
    return Question(
        at=row.asked_at,
        word_index=facts.word_index,
        text=redact(facts.text),
        kind=facts.kind,
        status=row.status,
        answer="" if outcome is None else outcome.text,
        answered_by="" if outcome is None else outcome.answered_by,
        word=meaning.word if isinstance(meaning, Definition) else "",
        meaning=meaning.definition if isinstance(meaning, Definition) else "",
        flagged=row.concern in DISTRESS,
    )


def record_of(session: Session) -> Record | None:
    """Everything of one session; None where it cannot be opened any more."""
    found = records(Session.objects.filter(pk=session.pk))
    return found[0] if found else None

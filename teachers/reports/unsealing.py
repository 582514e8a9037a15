"""Sessions unsealed for reports, whatever their number, for the same few queries. What cannot be
opened (an erased session) is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from library.models import Book, Checkpoint
from readerai.accounts.models import Student
from sessions_app.domain import questions
from sessions_app.domain.hand.attempts import attempt_facts
from sessions_app.domain.hand.loading import open_state, vault_of
from sessions_app.domain.hand.state import SpanFacts
from sessions_app.domain.overviews import DISTRESS
from sessions_app.models import (
    CheckpointAttempt,
    ConcernSeverity,
    Interruption,
    ReadingSpan,
    Session,
)
from sessions_app.tutor.guard import redact
from sessions_app.tutor.types import Definition
from sessions_app.vault import Vault, VaultError

from .reading_records import (
    AttemptRecord,
    QuestionRecord,
    ReadingRecord,
    SpanRecord,
    open_span_of,
)

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class TimeWindow:
    """From ``since`` to just before ``until``; None is for ever."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def __contains__(self, moment: dt.datetime) -> bool:
        return (self.since is None or moment >= self.since) and (
            self.until is None or moment < self.until
        )

    def rows(self, rows: QuerySet[M], since_field: str, until_field: str = "") -> QuerySet[M]:
        """Those that were not over before it (by one field) and had begun within it (by the other,
        or the same)."""
        if self.since is not None:
            rows = rows.filter(**{f"{since_field}__gte": self.since})
        if self.until is not None:
            rows = rows.filter(**{f"{until_field or since_field}__lt": self.until})
        return rows


def reading_records(
    sessions: QuerySet[Session],
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
) -> list[ReadingRecord]:
    """Everything of these sessions, the one begun first first; with ``since`` and ``until`` only
    what happened from then on and before then, and only sessions that were under way."""
    window = TimeWindow(since, until)
    sessions = sessions.filter(key__erased_at=None).select_related("key")
    rows = list(window.rows(sessions, "last_active_at", "started_at").order_by("started_at", "pk"))
    _attach(rows, "student", Student.objects.select_related("user"))
    _attach(rows, "book", Book.objects.all())
    records = {row.pk: record for row in rows if (record := _opened(row)) is not None}
    _add_spans(records, window)
    _add_questions(records, window)
    _add_attempts(records, window)
    return list(records.values())


def reading_record(session: Session) -> ReadingRecord | None:
    """Everything of one session; None where it cannot be opened any more."""
    return next(iter(reading_records(Session.objects.filter(pk=session.pk))), None)


def _attach(rows: Sequence[Model], name: str, others: QuerySet[Any]) -> None:
    """Give each of ``rows`` what its foreign key ``name`` means: each of the few ``others`` read
    once, where a join would make it anew for every row."""
    known = others.in_bulk({getattr(row, f"{name}_id") for row in rows})
    for row in rows:
        setattr(row, name, known[getattr(row, f"{name}_id")])


def _opened(session: Session) -> ReadingRecord | None:
    try:
        vault = vault_of(session)
        return ReadingRecord(session, vault, open_state(session, vault))
    except VaultError:
        return None


def _add_spans(records: dict[str, ReadingRecord], window: TimeWindow) -> None:
    rows = window.rows(ReadingSpan.objects.filter(session__in=list(records)), "ended_at")
    columns = rows.order_by("session", "number").values_list(
        "session_id", "number", "ended_at", "sealed"
    )
    # Tuples, a few at a time: a class has tens of thousands of these in a year.
    for session, number, ended_at, sealed in columns.iterator():
        record = records[session]
        facts = record.vault.open("reading_span", "sealed", number, sealed, SpanFacts)
        record.spans.append(SpanRecord.of(ended_at, facts))
    for record in records.values():
        under_way = open_span_of(record.state)
        if under_way is not None and under_way.ended_at in window:
            record.spans.append(under_way)


def _add_questions(records: dict[str, ReadingRecord], window: TimeWindow) -> None:
    rows = window.rows(Interruption.objects.filter(session__in=list(records)), "asked_at")
    for row in rows.defer("sealed_partial").order_by("session", "number"):
        record = records[row.session_id]
        is_question = row.concern == ConcernSeverity.NONE
        into = record.questions if is_question else record.concerns
        into.append(_question(row, record.vault))


def _question(row: Interruption, vault: Vault) -> QuestionRecord:
    facts, outcome = questions.question_facts(row, vault), questions.outcome_of(row, vault)
    meaning = None if outcome is None or outcome.answer is None else outcome.answer.structured
    return QuestionRecord(
        at=row.asked_at,
        word_index=facts.word_index,
        text=redact(facts.text),
        status=row.status,
        answer="" if outcome is None else outcome.text,
        answered_by="" if outcome is None else outcome.answered_by,
        word=meaning.word if isinstance(meaning, Definition) else "",
        meaning=meaning.definition if isinstance(meaning, Definition) else "",
        flagged=row.concern in DISTRESS,
    )


def _add_attempts(records: dict[str, ReadingRecord], window: TimeWindow) -> None:
    rows = window.rows(CheckpointAttempt.objects.filter(session__in=list(records)), "at")
    attempts = list(rows.order_by("session", "at", "number"))
    _attach(attempts, "checkpoint", Checkpoint.objects.all())
    for row in attempts:
        record = records[row.session_id]
        facts = attempt_facts(row, record.vault)
        answer = redact(facts.answer)
        record.attempts.append(
            AttemptRecord(row.at, row.checkpoint, row.number, answer, facts.correct, facts.score)
        )

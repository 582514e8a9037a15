"""Asking a question, and taking it back.

``ask`` commits the question, already leased to this server, before anything is acknowledged;
what becomes of it then is told in ``answers``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from ..models import EventKind, Interruption
from ..tutor.types import QuestionKind
from . import narration
from .answers import LEASE
from .audit import EventFacts
from .errors import (
    Busy,
    InvalidContext,
    LimitReached,
    NoOpenQuestion,
)
from .locked import LockedSession, lock
from .questions import (
    TABLE,
    AskedFacts,
    asked,
)


@dataclass(frozen=True)
class NewQuestion:
    """A question as it comes from a client; ``word_index`` is where the child says they are."""

    text: str
    kind: QuestionKind
    book: str
    word_index: int
    sentence: str
    surrounding_text: str | None = None
    audio_timestamp: float | None = None


@dataclass(frozen=True)
class Asked:
    """A question that is committed. ``fresh`` is False where it had been asked before under
    the same message id."""

    interruption_id: str
    paused_at_word_index: int
    paused_at_timestamp: float
    fresh: bool


def ask(
    *, session_id: str, owner: int, question: NewQuestion, server: str, client_id: int | None = None
) -> Asked:
    """Commit a question as pending, already leased to ``server``.

    Raises ``NotActive``, ``OutOfBook``, ``InvalidContext``, ``Busy``, ``LimitReached``.
    """
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        earlier = _asked_before(locked, client_id)
        if earlier is not None:
            return earlier
        locked.require_active()
        _check_context(locked, question)
        existing = Interruption.objects.filter(session=locked.session)
        if existing.pending().exists():
            raise Busy
        _check_limit(locked)
        paused_at, timestamp = _pause_reading(locked, question)
        book = locked.book
        interruption = Interruption(
            session=locked.session,
            number=existing.count() + 1,
            client_id=client_id,
            asked_at=locked.now,
            lease_server=server,
            lease_until=locked.now + LEASE,
            attempt=1,
        )
        facts = AskedFacts(
            text=question.text,
            kind=question.kind,
            word_index=question.word_index,
            sentence=question.sentence,
            visible_to_word_index=book.sentence_span(question.word_index)[1],
            paused_at_word_index=paused_at,
            paused_at_timestamp=timestamp,
            surrounding_text=question.surrounding_text,
        )
        interruption.sealed_question = locked.vault.seal(
            TABLE, "sealed_question", interruption.pk, facts
        )
        interruption.save(force_insert=True)
        logged = EventFacts(word_index=question.word_index, interruption_id=interruption.pk)
        locked.log(EventKind.ASKED, logged, client_id=client_id)
        locked.settle(client_id)
        locked.save()
    return Asked(interruption.pk, paused_at, timestamp, fresh=True)


def _asked_before(locked: LockedSession, client_id: int | None) -> Asked | None:
    if client_id is None or client_id not in locked.ids:
        return None
    row = Interruption.objects.filter(session=locked.session, client_id=client_id).first()
    if row is None:
        return None
    facts = asked(row, locked.vault)
    return Asked(row.pk, facts.paused_at_word_index, facts.paused_at_timestamp, fresh=False)


def _check_context(locked: LockedSession, question: NewQuestion) -> None:
    named = question.book.strip().casefold()
    book = locked.book
    if named not in {book.slug.casefold(), book.title.strip().casefold()}:
        raise InvalidContext
    locked.require_in_book(question.word_index)


def _check_limit(locked: LockedSession) -> None:
    if not settings.READERAI_RATE_LIMITS:
        return
    asked_lately = Interruption.objects.filter(
        session__student_id=locked.session.student_id,
        asked_at__gt=locked.now - dt.timedelta(hours=1),
    ).count()
    if asked_lately >= settings.READERAI_QUESTIONS_PER_HOUR:
        raise LimitReached


def _pause_reading(locked: LockedSession, question: NewQuestion) -> tuple[int, float]:
    """Stop at the place asked about. A tapped word may lie elsewhere on the page, so it does
    not move the place."""
    state = locked.state
    state.is_playing = False
    if question.kind != "word":
        state.move(question.word_index, question.audio_timestamp, locked.now)
    return state.word_index, narration.timestamp(locked.book, state)


def cancel(
    *, session_id: str, owner: int, interruption_id: str, client_id: int | None = None
) -> None:
    """Cancel an open question. Raises ``NoOpenQuestion`` where it is none of this session's,
    or ended otherwise; cancelling again changes nothing."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        if locked.knows(client_id):
            return
        row = Interruption.objects.filter(session=locked.session, pk=interruption_id).first()
        if row is None or row.status in {
            Interruption.Status.ANSWERED,
            Interruption.Status.FAILED,
        }:
            raise NoOpenQuestion
        if row.status == Interruption.Status.PENDING:
            row.status = Interruption.Status.CANCELLED
            row.ended_at = locked.now
            row.save(update_fields=["status", "ended_at"])
            facts = EventFacts(interruption_id=row.pk)
            locked.log(EventKind.CANCELLED, facts, client_id=client_id)
        locked.settle(client_id)
        locked.save()

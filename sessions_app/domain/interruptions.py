"""A question's life: asked, answered under a lease, or cancelled, or failed.

``ask`` commits the question before anything is acknowledged. A server answers under a
lease that it renews; whoever holds an older lease writes nothing any more.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from library.reading import book_structure

from ..models import EventKind, Interruption
from ..tutor.types import DISTRESS, Answer, Question, QuestionKind
from ..vault import VaultError
from . import narration
from .audit import EventFacts
from .clock import db_now
from .errors import (
    Busy,
    InvalidContext,
    LeaseLost,
    LimitReached,
    NoOpenQuestion,
    SessionNotFound,
)
from .locked import LockedSession, lock, vault_of
from .questions import (
    TABLE,
    AnswerFacts,
    AskedFacts,
    DefinitionFacts,
    PartialFacts,
    answered,
    asked,
    brief,
    partial,
)

LEASE: Final = dt.timedelta(seconds=15)
MAX_ATTEMPTS: Final = 3


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


@dataclass(frozen=True)
class Claim:
    """A lease on a question: every later write for it carries ``attempt``."""

    session_id: str
    interruption_id: str
    client_id: int | None
    attempt: int
    question: Question


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


def claim(*, interruption_id: str, server: str, attempt: int | None = None) -> Claim:
    """Take or keep the lease on a pending question and read the tutor's brief for it.

    With ``attempt``, the lease is already the caller's; without, it must have run out. Raises
    ``LeaseLost`` where it is somebody else's, or the question is not pending any more.
    """
    with transaction.atomic():
        row = (
            Interruption.objects.select_for_update(of=("self",))
            .select_related("session__key", "session__student")
            .filter(pk=interruption_id, status=Interruption.Status.PENDING)
            .first()
        )
        if row is None:
            raise LeaseLost
        now = db_now()
        if attempt is None:
            if row.lease_until is not None and row.lease_until > now:
                raise LeaseLost
            row.attempt += 1
        elif row.attempt != attempt or row.lease_server != server:
            raise LeaseLost
        row.lease_server = server
        row.lease_until = now + LEASE
        row.save(update_fields=["attempt", "lease_server", "lease_until"])
    try:
        vault = vault_of(row.session)
    except VaultError:
        raise LeaseLost from None
    question = brief(row, row.session, vault, book_structure(row.session.book_id))
    return Claim(row.session_id, row.pk, row.client_id, row.attempt, question)


def save_partial(*, claim: Claim, text: str, next_index: int) -> None:
    """Keep what has come of an answer, and renew the lease. Raises ``LeaseLost``."""
    with transaction.atomic():
        row = _leased(claim)
        facts = PartialFacts(text, next_index)
        try:
            vault = vault_of(row.session)
        except VaultError:
            raise LeaseLost from None
        row.sealed_partial = vault.seal(TABLE, "sealed_partial", row.pk, facts)
        row.lease_until = db_now() + LEASE
        row.save(update_fields=["sealed_partial", "lease_until"])


def _leased(claim: Claim) -> Interruption:
    row = (
        Interruption.objects.select_for_update(of=("self",))
        .select_related("session__key")
        .filter(pk=claim.interruption_id, status=Interruption.Status.PENDING, attempt=claim.attempt)
        .first()
    )
    if row is None:
        raise LeaseLost
    return row


def let_go(*, claim: Claim) -> None:
    """Give a lease back, so that another server may take over at once."""
    Interruption.objects.filter(
        pk=claim.interruption_id, status=Interruption.Status.PENDING, attempt=claim.attempt
    ).update(lease_until=db_now())


def finish(*, claim: Claim, answer: Answer) -> AnswerFacts:
    """Commit a whole answer. Raises ``LeaseLost`` where it is not this server's any more."""
    facts = _answer_facts(answer)
    flagged = DISTRESS in answer.flags
    _end(claim, Interruption.Status.ANSWERED, facts, EventKind.ANSWERED, flagged=flagged)
    return facts


def fail(*, claim: Claim, error_code: str) -> AnswerFacts:
    """Commit that no answer came, and why. Raises ``LeaseLost``."""
    facts = AnswerFacts(error_code=error_code)
    _end(claim, Interruption.Status.FAILED, facts, EventKind.FAILED)
    return facts


def _end(
    claim: Claim,
    status: Interruption.Status,
    facts: AnswerFacts,
    kind: EventKind,
    *,
    flagged: bool = False,
) -> None:
    try:
        with transaction.atomic():
            locked = lock(claim.session_id)
            row = _leased(claim)
            row.status = status
            row.ended_at = locked.now
            row.flagged = flagged
            row.sealed_answer = locked.vault.seal(TABLE, "sealed_answer", row.pk, facts)
            row.sealed_partial = None
            row.save(
                update_fields=["status", "ended_at", "flagged", "sealed_answer", "sealed_partial"]
            )
            locked.log(kind, EventFacts(interruption_id=row.pk))
            if flagged:
                locked.log(EventKind.FLAGGED, EventFacts(interruption_id=row.pk))
            locked.save(activity=False)
    except SessionNotFound:
        raise LeaseLost from None


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


@dataclass(frozen=True)
class Standing:
    """How far an answer is: ``end`` once there is one (or why there is none)."""

    client_id: int | None
    text_so_far: str
    next_index: int
    attempt: int
    end: AnswerFacts | None


def standing(*, interruption_id: str) -> Standing:
    """Read how far a question's answer is. Raises ``NoOpenQuestion`` where it is gone."""
    row = Interruption.objects.select_related("session__key").filter(pk=interruption_id).first()
    if row is None:
        raise NoOpenQuestion
    try:
        vault = vault_of(row.session)
        so_far, end = partial(row, vault), answered(row, vault)
    except VaultError:
        raise NoOpenQuestion from None
    if end is None and row.status == Interruption.Status.CANCELLED:
        end = AnswerFacts(error_code="cancelled")
    return Standing(row.client_id, so_far.text, so_far.next_index, row.attempt, end)


def orphans(*, most: int = 20) -> list[str]:
    """Pending questions that no server is at work on, oldest first."""
    rows = Interruption.objects.orphaned() | Interruption.objects.pending().filter(
        Q(lease_until=None)
    )
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:most])


def _answer_facts(answer: Answer) -> AnswerFacts:
    structured = None
    if answer.structured is not None:
        structured = DefinitionFacts(
            word=answer.structured.word,
            definition=answer.structured.definition,
            examples=list(answer.structured.examples),
            related_words=list(answer.structured.related_words),
        )
    return AnswerFacts(
        text=answer.text,
        response_type=answer.response_type,
        answered_by=answer.answered_by,
        visible_to_word_index=answer.visible_to_word_index,
        structured=structured,
        citations=[(citation.word_index, citation.length) for citation in answer.citations],
        suggestions=[(suggestion.text, suggestion.action) for suggestion in answer.suggestions],
        flags=sorted(answer.flags),
    )

"""An answer's life: given under a lease, kept piece by piece, committed whole.

A server holds a lease on the question and renews it by saving; whoever holds an older lease
writes nothing any more. When a lease runs out, any server may begin the answer anew.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from library.book_structure import book_structure

from ..models import EventKind, Interruption
from ..tutor.types import DISTRESS, Answer, Question
from ..vault import VaultError
from .audit import EventFacts
from .clock import db_now
from .errors import LeaseLost, NoOpenQuestion, SessionNotFound
from .locked import lock, vault_of
from .questions import (
    TABLE,
    AnswerFacts,
    DefinitionFacts,
    PartialFacts,
    answered,
    brief,
    partial,
)

log = logging.getLogger(__name__)

LEASE: Final = dt.timedelta(seconds=15)
MAX_ATTEMPTS: Final = 3


@dataclass(frozen=True)
class Claim:
    """A lease on a question: every later write for it carries ``attempt``. ``question`` is None
    where it cannot be put to a tutor any more (the book became another): it is to fail then, or
    the child would be told for ever that one is open."""

    session_id: str
    interruption_id: str
    client_id: int | None
    attempt: int
    question: Question | None


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
    question: Question | None
    try:
        question = brief(row, row.session, vault, book_structure(row.session.book_id))
    except (VaultError, LookupError) as failure:
        log.warning("a question cannot be answered (%s)", type(failure).__name__)
        question = None
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
    ).update(lease_until=None)


def leave(*, server: str) -> None:
    """Give back every lease of a server that goes, those of questions that it had not begun on
    among them."""
    held = Interruption.objects.pending().filter(lease_server=server, lease_until__gt=Now())
    held.update(lease_until=None)


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

"""An answer's life: given under a lease, kept piece by piece, committed whole.

A server holds a lease on the question and renews it by saving; whoever holds an older lease
writes nothing any more. When a lease runs out, any server may begin the answer anew. The end of an
answer bumps the session's version: whoever holds the session reads it anew.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from msgspec.structs import asdict

from library.book_structure import book_structure
from readerai.clock import db_now, from_now
from readerai.logs import named

from ..models import CheckpointAttempt, EventKind, Interruption
from ..tutor.types import Answer, Question
from ..vault import Vault, VaultError
from .errors import LeaseLost, NoOpenQuestion, SessionNotFound
from .hand.changes import QuestionEnd
from .hand.commit import change
from .hand.hand import Hand
from .hand.loading import vault_of
from .model_use import model_terms
from .questions import (
    LEASE,
    TABLE,
    AnswerOutcome,
    AskedQuestion,
    PartialAnswer,
    brief,
    helpline_of,
    outcome_of,
    partial_answer,
    question_facts,
)
from .row_digests import end_digest

log = logging.getLogger(__name__)

MAX_ATTEMPTS: Final = 3
#: Of the lease that a question is committed with.
FIRST_ATTEMPT: Final = 1


@dataclass(frozen=True)
class Claim:
    """A lease on a question: every later write for it carries ``attempt``. ``question`` is None
    where it cannot be put to a tutor any more (the book became another): it is to fail then, or
    the child would be told for ever that one is open."""

    session_id: str
    interruption_id: str
    client: str
    client_id: int | None
    attempt: int
    question: Question | None
    vault: Vault


def claim_own(asked: AskedQuestion, hand: Hand) -> Claim:
    """The lease that a question was committed with, taken by the server that asked it: nothing
    is written. Reads the session's earlier questions, where there are any."""
    try:
        question = brief(
            asked,
            hand.vault,
            hand.book,
            reading_level=hand.grade,
            helpline=hand.helpline,
            terms=model_terms(hand.student_id),
            answered=hand.attempts,
        )
    except (VaultError, LookupError) as failure:
        log.warning("a question cannot be answered (%s)", named(failure))
        question = None
    return Claim(
        asked.session_id,
        asked.interruption_id,
        asked.client,
        asked.client_id,
        FIRST_ATTEMPT,
        question,
        hand.vault,
    )


def claim(*, interruption_id: str, server: str, attempt: int | None = None) -> Claim:
    """Take or keep the lease on a pending question and read the tutor's brief for it.

    With ``attempt``, the lease is already the caller's; without, it must have run out. Raises
    ``LeaseLost`` where it is somebody else's, or the question is not pending any more.
    """
    with transaction.atomic():
        row = (
            Interruption.objects.select_for_update(of=("self",))
            .select_related("session__key", "session__student__user__school")
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
    return Claim(
        row.session_id,
        row.pk,
        row.client,
        row.client_id,
        row.attempt,
        _brief_of(row, vault),
        vault,
    )


def _brief_of(row: Interruption, vault: Vault) -> Question | None:
    """The brief for a question's row; None where it cannot be put to a tutor any more."""
    try:
        facts = question_facts(row, vault)
        asked = AskedQuestion(row.pk, row.session_id, row.number, row.client, row.client_id, facts)
        book = book_structure(row.session.book_id)
        tried = CheckpointAttempt.objects.filter(session=row.session_id)
        return brief(
            asked,
            vault,
            book,
            reading_level=row.session.student.reading_level,
            helpline=helpline_of(row.session),
            terms=model_terms(row.session.student_id),
            answered=set(tried.values_list("checkpoint", flat=True)),
        )
    except (VaultError, LookupError) as failure:
        log.warning("a question cannot be answered (%s)", named(failure))
        return None


def save_partial(*, claim: Claim, text: str, next_index: int) -> None:
    """Keep what has come of an answer, and renew the lease. Raises ``LeaseLost``."""
    facts = PartialAnswer(text, next_index)
    sealed = claim.vault.seal(TABLE, "sealed_partial", claim.interruption_id, facts)
    if not _leased(claim).update(sealed_partial=sealed, lease_until=from_now(LEASE)):
        raise LeaseLost


def _leased(claim: Claim) -> QuerySet[Interruption]:
    """The question's row, while it is pending and the lease is the claim's."""
    return Interruption.objects.pending().filter(pk=claim.interruption_id, attempt=claim.attempt)


def let_go(*, claim: Claim) -> None:
    """Give a lease back, so that another server may take over at once."""
    _leased(claim).update(lease_until=None)


def leave(*, server: str) -> None:
    """Give back every lease of a server that goes, those of questions that it had not begun on
    among them."""
    held = Interruption.objects.pending().filter(lease_server=server, lease_until__gt=Now())
    held.update(lease_until=None)


@dataclass(frozen=True)
class Ended:
    """A question's end."""

    outcome: AnswerOutcome


def finish(*, claim: Claim, answer: Answer) -> Ended:
    """Commit a whole answer to a session that nobody holds here. Raises ``LeaseLost`` where it
    is not this server's any more."""
    return end_unheld(claim, AnswerOutcome(answer))


def fail(*, claim: Claim, error_code: str) -> Ended:
    """Commit that no answer came, and why. Raises ``LeaseLost``."""
    return end_unheld(claim, AnswerOutcome(error_code=error_code))


def end_unheld(claim: Claim, outcome: AnswerOutcome) -> Ended:
    """The same with either of the two."""
    try:
        return change(claim.session_id, lambda hand: end(hand, claim, outcome))
    except SessionNotFound:
        raise LeaseLost from None


def end(hand: Hand, claim: Claim, outcome: AnswerOutcome) -> Ended:
    """End a question in the session in hand. What commits it raises ``LeaseLost`` where the
    lease is another's by then."""
    answer, interruption_id = outcome.answer, claim.interruption_id
    kind = EventKind.FAILED if answer is None else EventKind.ANSWERED
    status = Interruption.Status.FAILED if answer is None else Interruption.Status.ANSWERED
    sealed = hand.vault.seal(TABLE, "sealed_answer", interruption_id, outcome)
    row = end_digest(
        interruption_id,
        status=status,
        ended_at=hand.now,
        concern=outcome.concern.severity,
        sealed_answer=sealed,
    )
    hand.record(kind, row=row, interruption_id=interruption_id)
    if outcome.concern.is_marked:
        hand.record(EventKind.FLAGGED, interruption_id=interruption_id)
    if hand.open_question == interruption_id:
        hand.open_question = None
    columns = {
        "status": status,
        "ended_at": hand.now,
        "concern": outcome.concern.severity,
        "sealed_answer": sealed,
        "sealed_partial": None,
        **({} if answer is None else asdict(answer.usage)),
    }
    hand.changes.ended = QuestionEnd(interruption_id, claim.attempt, columns)
    return Ended(outcome)


@dataclass(frozen=True)
class Standing:
    """How far an answer is: ``end`` once there is one (or why there is none)."""

    client: str
    client_id: int | None
    text_so_far: str
    next_index: int
    attempt: int
    end: AnswerOutcome | None


def standing(*, interruption_id: str) -> Standing:
    """Read how far a question's answer is. Raises ``NoOpenQuestion`` where it is gone."""
    row = Interruption.objects.select_related("session__key").filter(pk=interruption_id).first()
    if row is None:
        raise NoOpenQuestion
    try:
        vault = vault_of(row.session)
        so_far, end = partial_answer(row, vault), outcome_of(row, vault)
    except VaultError:
        raise NoOpenQuestion from None
    return Standing(row.client, row.client_id, so_far.text, so_far.next_index, row.attempt, end)


def orphans(*, most: int = 20) -> list[str]:
    """Pending questions that no server is at work on, oldest first."""
    rows = Interruption.objects.orphaned() | Interruption.objects.pending().filter(
        Q(lease_until=None)
    )
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:most])

"""Checkpoints: which one is due, and what becomes of an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from msgspec import Struct

from library.book_structure import BookStructure, CheckpointPlace
from library.models import Checkpoint

from ..models import CheckpointAttempt, EventKind
from ..vault import Vault
from .audit import EventFacts
from .errors import OutOfBook
from .locked import LockedSession, lock
from .scoring import mark

TABLE: Final = "attempt"
MAX_ATTEMPTS: Final = 3
UPCOMING_WORDS: Final = 40


class AttemptFacts(Struct, frozen=True):
    """``CheckpointAttempt.sealed``: what the child answered, and its score from 0 to 1."""

    answer: str
    correct: bool
    score: float


@dataclass(frozen=True)
class Result:
    """How an answer was received."""

    checkpoint_id: str
    correct: bool
    score: float
    explanation: str
    attempts: int
    may_retry: bool


def due(
    book: BookStructure, word_index: int, start_word_index: int, settled: Collection[int]
) -> CheckpointPlace | None:
    """The checkpoint that waits for the child where they are now.

    The first required one that was come to in this session and is not settled; else the last
    that was come to, if it is not settled. An optional one that the child has read past to
    another asks no more, and keeps no later one from asking.
    """
    come_to = [
        place for place in book.checkpoints if start_word_index <= place.at_word <= word_index
    ]
    waiting = [place for place in come_to if place.pk not in settled]
    for place in waiting:
        if place.required:
            return place
    return waiting[-1] if waiting and waiting[-1] is come_to[-1] else None


def upcoming(
    book: BookStructure, word_index: int, settled: Collection[int]
) -> CheckpointPlace | None:
    """The next checkpoint, if it is near."""
    for place in book.checkpoints:
        if word_index < place.at_word <= word_index + UPCOMING_WORDS:
            return place if place.pk not in settled else None
    return None


def may_retry(attempts: int, last: AttemptFacts) -> bool:
    """Whether there is another try after so many, the last of them this one."""
    return not last.correct and attempts < MAX_ATTEMPTS


def attempt_facts(attempt: CheckpointAttempt, vault: Vault) -> AttemptFacts:
    return vault.open(TABLE, "sealed", _row(attempt), attempt.sealed, AttemptFacts)


def _row(attempt: CheckpointAttempt) -> str:
    return f"{attempt.checkpoint_id}/{attempt.number}"


def answer_checkpoint(
    *,
    session_id: str,
    owner: int,
    checkpoint_id: str,
    answer: str,
    client_id: int | None = None,
) -> Result:
    """Commit an answer and mark it. After a right answer, or the last try, later answers
    change nothing and get the same result.

    Raises ``NotActive``, and ``OutOfBook`` where the book has no such checkpoint or the
    child has not come to it.
    """
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        known = locked.knows(client_id)
        if not known:
            locked.require_active()
        checkpoint = _reached(locked, checkpoint_id)
        attempts = list(
            CheckpointAttempt.objects.filter(
                session=locked.session, checkpoint=checkpoint
            ).order_by("number")
        )
        again = [row for row in attempts if known and row.client_id == client_id]
        if again:
            return _result(locked, checkpoint, attempts[: again[0].number])
        locked.require_active()
        done = attempts and not _result(locked, checkpoint, attempts).may_retry
        if not done:
            attempts.append(_attempt(locked, checkpoint, len(attempts) + 1, answer, client_id))
        result = _result(locked, checkpoint, attempts)
        locked.settle(client_id)
        locked.save()
    return result


def result_of_message(*, session_id: str, client_id: int) -> Result | None:
    """The result that a message already had, for a client that asks again."""
    with transaction.atomic():
        locked = lock(session_id)
        row = (
            CheckpointAttempt.objects.select_related("checkpoint")
            .filter(session=locked.session, client_id=client_id)
            .first()
        )
        if row is None:
            return None
        attempts = CheckpointAttempt.objects.filter(
            session=locked.session, checkpoint=row.checkpoint, number__lte=row.number
        ).order_by("number")
        return _result(locked, row.checkpoint, list(attempts))


def standing_result(*, session_id: str, checkpoint_id: str) -> Result | None:
    """How a checkpoint stands in a session, or None where it was never answered."""
    with transaction.atomic():
        locked = lock(session_id)
        attempts = list(
            CheckpointAttempt.objects.select_related("checkpoint")
            .filter(session=locked.session, checkpoint__slug=checkpoint_id)
            .order_by("number")
        )
        return _result(locked, attempts[0].checkpoint, attempts) if attempts else None


def _reached(locked: LockedSession, checkpoint_id: str) -> Checkpoint:
    checkpoint = Checkpoint.objects.filter(
        book_id=locked.session.book_id, slug=checkpoint_id
    ).first()
    if checkpoint is None or checkpoint.at_word > locked.state.furthest_word_index:
        raise OutOfBook
    return checkpoint


def _attempt(
    locked: LockedSession,
    checkpoint: Checkpoint,
    number: int,
    answer: str,
    client_id: int | None,
) -> CheckpointAttempt:
    marked = mark(
        answer, choices=checkpoint.choices, right=checkpoint.answer, ideas=checkpoint.accept
    )
    attempt = CheckpointAttempt(
        session=locked.session,
        checkpoint=checkpoint,
        number=number,
        client_id=client_id,
        at=locked.now,
    )
    facts = AttemptFacts(answer, marked.correct, marked.score)
    attempt.sealed = locked.vault.seal(TABLE, "sealed", _row(attempt), facts)
    attempt.save(force_insert=True)
    logged = EventFacts(
        word_index=locked.state.word_index,
        checkpoint_id=checkpoint.slug,
        correct=marked.correct,
        score=marked.score,
        attempts=number,
    )
    locked.log(EventKind.CHECKPOINT, logged, client_id=client_id)
    return attempt


def _result(
    locked: LockedSession, checkpoint: Checkpoint, attempts: list[CheckpointAttempt]
) -> Result:
    last = attempt_facts(attempts[-1], locked.vault)
    return Result(
        checkpoint_id=checkpoint.slug,
        correct=last.correct,
        score=last.score,
        explanation=checkpoint.explanation,
        attempts=len(attempts),
        may_retry=may_retry(len(attempts), last),
    )

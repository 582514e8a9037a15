"""Reading sessions: the state of one, and what opening a connection restores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from msgspec import UNSET, UnsetType

from library.book_structure import BookStructure, book_structure
from library.models import Checkpoint
from readerai.accounts.models import User

from ..models import CheckpointAttempt, Interruption, Session
from ..protocol.server import (
    CheckpointKind,
    InterruptionRecord,
    InterruptionStatus,
    OpenInterruption,
    PauseForCheckpoint,
    Playback,
    Position,
    ScoreRecord,
    SessionRestored,
    SessionState,
    Status,
    wire_time,
)
from ..vault import Vault, VaultError
from . import checkpoints, narration, questions
from .checkpoints import AttemptFacts
from .errors import SessionNotFound
from .locked import open_state, vault_of
from .message_ids import CommittedIds
from .state import ReadingState


@dataclass(frozen=True)
class Opening:
    """A session opened for reading: its row, its key, its place."""

    session: Session
    vault: Vault
    state: ReadingState
    book: BookStructure


def read_session(session_id: str, user: User) -> Opening:
    """A session that ``user`` may see. Raises ``SessionNotFound`` for any other, and for one
    whose key was erased."""
    session = (
        Session.objects.visible_to(user)
        .select_related("key", "student", "book")
        .filter(pk=session_id)
        .first()
    )
    if session is None:
        raise SessionNotFound
    return open_session(session)


def open_session(session: Session) -> Opening:
    """Unseal a session whose row (with key and student) is at hand."""
    try:
        vault = vault_of(session)
        state = open_state(session, vault)
    except VaultError:
        raise SessionNotFound from None
    return Opening(session, vault, state, book_structure(session.book_id))


def session_state(opening: Opening) -> SessionState:
    """The whole ``SessionState`` of the wire contract."""
    session, state, book = opening.session, opening.state, opening.book
    return SessionState(
        session_id=session.pk,
        student_id=session.student.slug,
        book_id=book.slug,
        current_position=Position(
            word_index=state.word_index,
            paragraph_index=book.paragraph_index(state.word_index),
            audio_timestamp=narration.timestamp(book, state),
        ),
        furthest_word_index=state.furthest_word_index,
        playback=Playback(is_playing=state.is_playing, rate=state.rate),
        reading_speed=state.reading_speed,
        interruptions=[_record(row, opening.vault) for row in session.interruptions.all()],
        comprehension_scores=score_records(opening),
        start_time=wire_time(session.started_at),
        last_active_time=wire_time(session.last_active_at),
        total_reading_time=round(state.active_seconds, 1),
        status=cast(Status, session.status),
    )


def _record(row: Interruption, vault: Vault) -> InterruptionRecord:
    asked = questions.asked(row, vault)
    answer = questions.answered(row, vault)
    return InterruptionRecord(
        interruption_id=row.pk,
        timestamp=wire_time(row.asked_at),
        question=asked.text,
        response=answer.text if answer is not None and not answer.error_code else None,
        word_index=asked.word_index,
        status=cast(InterruptionStatus, row.status),
    )


def attempts_by_checkpoint(
    opening: Opening,
) -> dict[Checkpoint, list[tuple[CheckpointAttempt, AttemptFacts]]]:
    """Every answer to every checkpoint of a session, in the book's order."""
    rows = CheckpointAttempt.objects.filter(session=opening.session).select_related("checkpoint")
    found: dict[Checkpoint, list[tuple[CheckpointAttempt, AttemptFacts]]] = {}
    for row in rows.order_by("checkpoint__at_word", "checkpoint_id", "number"):
        facts = checkpoints.attempt_facts(row, opening.vault)
        found.setdefault(row.checkpoint, []).append((row, facts))
    return found


def score_records(opening: Opening) -> list[ScoreRecord]:
    """One record per answered checkpoint: the best score, when it was last tried, how often."""
    return [
        ScoreRecord(
            checkpoint_id=checkpoint.slug,
            score=max(facts.score for _, facts in tried),
            timestamp=wire_time(tried[-1][0].at),
            attempts=len(tried),
        )
        for checkpoint, tried in attempts_by_checkpoint(opening).items()
    ]


def restored(opening: Opening, answered: Mapping[int, bool]) -> SessionRestored:
    """What the first frame on a connection says (see ``answered_checkpoints``)."""
    ids = CommittedIds.parse(opening.session.committed_ids)
    return SessionRestored(
        state=session_state(opening),
        last_id=ids.last_id,
        open_interruption=_open_interruption(opening),
        due_checkpoint=_due_checkpoint(opening, answered),
    )


def _open_interruption(opening: Opening) -> OpenInterruption | UnsetType:
    row = Interruption.objects.filter(session=opening.session).pending().first()
    if row is None:
        return UNSET
    asked = questions.asked(row, opening.vault)
    partial = questions.partial(row, opening.vault)
    return OpenInterruption(
        interruption_id=row.pk,
        question=asked.text,
        word_index=asked.word_index,
        text_so_far=partial.text,
        next_index=partial.next_index,
    )


def answered_checkpoints(opening: Opening) -> dict[int, bool]:
    """The primary keys of the checkpoints that were answered in a session, and whether each is
    settled: a required one is only when there is no further try."""
    return {
        checkpoint.pk: not (checkpoint.required and checkpoints.may_retry(len(tried), tried[-1][1]))
        for checkpoint, tried in attempts_by_checkpoint(opening).items()
    }


def _due_checkpoint(
    opening: Opening, answered: Mapping[int, bool]
) -> PauseForCheckpoint | UnsetType:
    state = opening.state
    settled = {pk for pk, is_settled in answered.items() if is_settled}
    place = checkpoints.due(opening.book, state.word_index, state.start_word_index, settled)
    return UNSET if place is None else checkpoint_payload(place.pk)


def checkpoint_payload(checkpoint_pk: int) -> PauseForCheckpoint:
    """The question of a checkpoint, as it is put to the child."""
    checkpoint = Checkpoint.objects.get(pk=checkpoint_pk)
    return PauseForCheckpoint(
        checkpoint_id=checkpoint.slug,
        kind=cast(CheckpointKind, checkpoint.kind),
        question=checkpoint.question,
        required=checkpoint.required,
        choices=checkpoint.choices or UNSET,
    )


def checkpoint_with_timestamp(
    checkpoint_pk: int, book: BookStructure, word_index: int
) -> tuple[PauseForCheckpoint, float]:
    """A checkpoint's question, and where in the narration the child stopped for it."""
    return checkpoint_payload(checkpoint_pk), narration.word_start(book, word_index)


def moved_at(state: ReadingState) -> dt.datetime:
    return dt.datetime.fromtimestamp(state.moved_at, dt.UTC)

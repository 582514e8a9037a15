"""Reading sessions: the state of one, and what opening a connection restores."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from msgspec import UNSET, UnsetType

from library.book_structure import BookStructure, CheckpointPlace, book_structure
from library.models import Checkpoint
from readerai.accounts.models import User
from readerai.clock import db_now

from ..models import CheckpointAttempt, Interruption, Session
from ..protocol.server import (
    CheckpointKind,
    InterruptionRecord,
    InterruptionStatus,
    OpenInterruption,
    PauseForCheckpoint,
    Playback,
    Position,
    ReadingTotals,
    ScoreRecord,
    SessionRestored,
    SessionState,
    Status,
    wire_time,
)
from ..vault import Vault, VaultError
from . import checkpoints, questions
from .errors import SessionNotFound
from .hand.attempts import AttemptFacts, attempt_facts, is_settled
from .hand.hand import Hand
from .hand.loading import SessionRows, open_state, rows_of, vault_of
from .hand.state import ReadingState
from .presence.absence import is_online


@dataclass(frozen=True)
class OpenedSession:
    """A session opened for looking: its row (with student), its key, its place."""

    session: Session
    vault: Vault
    state: ReadingState
    book: BookStructure

    @property
    def audio_timestamp(self) -> float:
        """The audio position that goes with the place: the client's own, or the word's."""
        if self.state.audio_timestamp is not None:
            return self.state.audio_timestamp
        return self.book.word_start(self.state.word_index)


def read_session(session_id: str, user: User) -> OpenedSession:
    """A session that ``user`` may see. Raises ``SessionNotFound`` for any other, and for one
    whose key was erased."""
    session = (
        Session.objects.visible_to(user)
        .select_related("key", "student", "book", "presence")
        .filter(pk=session_id)
        .first()
    )
    if session is None:
        raise SessionNotFound
    return open_session(session)


def open_session(session: Session) -> OpenedSession:
    """Unseal a session whose row (with key and student) is at hand."""
    try:
        vault = vault_of(session)
        state = open_state(session, vault)
    except VaultError:
        raise SessionNotFound from None
    return OpenedSession(session, vault, state, book_structure(session.book_id))


def session_state(opened: OpenedSession, rows: SessionRows | None = None) -> SessionState:
    """The whole ``SessionState`` of the wire contract; ``rows`` where they are at hand."""
    session, state, book = opened.session, opened.state, opened.book
    rows = rows_of(session) if rows is None else rows
    return SessionState(
        session_id=session.pk,
        student_id=session.student.slug,
        book_id=book.slug,
        current_position=Position(
            word_index=state.word_index,
            paragraph_index=book.paragraph_index(state.word_index),
            audio_timestamp=opened.audio_timestamp,
        ),
        furthest_word_index=state.furthest_word_index,
        playback=Playback(
            is_playing=state.is_playing and is_online(session, db_now()), rate=state.rate
        ),
        reading_speed=state.reading_speed,
        reading=reading_of(state),
        interruptions=[_record(row, opened.vault) for row in rows.interruptions],
        comprehension_scores=_scores(opened, rows.attempts),
        start_time=wire_time(session.started_at),
        last_active_time=wire_time(session.last_active_at),
        total_reading_time=round(state.total_time, 1),
        status=cast(Status, session.status),
    )


def reading_of(state: ReadingState) -> ReadingTotals:
    """What was read, as it crosses the wire."""
    read = state.evidence
    return ReadingTotals(
        read_words=read.read_words,
        heard_words=read.heard_words,
        paged_words=read.paged_words,
        covered_words=state.covered_words,
        read_time=round(read.read_time, 1),
        heard_time=round(read.heard_time, 1),
    )


def _record(row: Interruption, vault: Vault) -> InterruptionRecord:
    facts = questions.question_facts(row, vault)
    outcome = questions.outcome_of(row, vault)
    answer = None if outcome is None else outcome.answer
    return InterruptionRecord(
        interruption_id=row.pk,
        timestamp=wire_time(row.asked_at),
        question=facts.text,
        response=None if answer is None else answer.text,
        word_index=facts.word_index,
        status=cast(InterruptionStatus, row.status),
    )


def attempts_by_checkpoint(
    opened: OpenedSession,
) -> dict[Checkpoint, list[tuple[CheckpointAttempt, AttemptFacts]]]:
    """Every answer to every checkpoint of a session, in the book's order."""
    rows = CheckpointAttempt.objects.filter(session=opened.session).select_related("checkpoint")
    attempts: dict[Checkpoint, list[tuple[CheckpointAttempt, AttemptFacts]]] = {}
    for row in rows.order_by("checkpoint__at_word", "checkpoint_id", "number"):
        attempts.setdefault(row.checkpoint, []).append((row, attempt_facts(row, opened.vault)))
    return attempts


def score_records(opened: OpenedSession) -> list[ScoreRecord]:
    """One record per answered checkpoint: the best score, when it was last tried, how often."""
    return [
        ScoreRecord(
            checkpoint_id=checkpoint.slug,
            score=max(facts.score for _, facts in tried),
            timestamp=wire_time(tried[-1][0].at),
            attempts=len(tried),
        )
        for checkpoint, tried in attempts_by_checkpoint(opened).items()
    ]


def _scores(opened: OpenedSession, rows: Sequence[CheckpointAttempt]) -> list[ScoreRecord]:
    """``score_records`` of rows at hand, in the book's order."""
    attempts: dict[int, list[CheckpointAttempt]] = {}
    for row in rows:
        attempts.setdefault(row.checkpoint_id, []).append(row)
    return [
        ScoreRecord(
            checkpoint_id=place.slug,
            score=max(attempt_facts(row, opened.vault).score for row in attempts[place.pk]),
            timestamp=wire_time(attempts[place.pk][-1].at),
            attempts=len(attempts[place.pk]),
        )
        for place in opened.book.checkpoints
        if place.pk in attempts
    ]


def restored(hand: Hand, session: Session, rows: SessionRows) -> SessionRestored:
    """What the first frame on a connection says: ``hand`` was just opened from ``session`` and
    its ``rows``."""
    session.status, session.last_active_at = hand.row.status, hand.row.last_active_at
    opened = OpenedSession(session, hand.vault, hand.state, hand.book)
    return SessionRestored(
        state=session_state(opened, rows),
        last_id=hand.ids.of(hand.client).last_id,
        owner=hand.row.owner,
        open_interruption=_open_interruption(hand, rows),
        due_checkpoint=_due_checkpoint(hand),
    )


def _open_interruption(hand: Hand, rows: SessionRows) -> OpenInterruption | UnsetType:
    row = next((row for row in rows.interruptions if row.pk == hand.open_question), None)
    if row is None:
        return UNSET
    facts = questions.question_facts(row, hand.vault)
    partial = questions.partial_answer(row, hand.vault)
    return OpenInterruption(
        interruption_id=row.pk,
        question=facts.text,
        word_index=facts.word_index,
        text_so_far=partial.text,
        next_index=partial.next_index,
    )


def settled_checkpoints(
    places: Sequence[CheckpointPlace], attempts: dict[int, list[AttemptFacts]]
) -> Collection[int]:
    """The primary keys of the checkpoints that ask no more."""
    return {
        place.pk
        for place in places
        if is_settled(attempts.get(place.pk, []), required=place.required)
    }


def _due_checkpoint(hand: Hand) -> PauseForCheckpoint | UnsetType:
    state = hand.state
    settled = settled_checkpoints(hand.book.checkpoints, hand.attempts)
    place = checkpoints.due(hand.book, state.word_index, state.start_word_index, settled)
    return UNSET if place is None else checkpoint_payload(hand.session_id, place)


def checkpoint_payload(session_id: str, place: CheckpointPlace) -> PauseForCheckpoint:
    """The question of a checkpoint, as it is put to the child."""
    choices = checkpoints.in_session_order(place.choices, session_id, place.slug)
    return PauseForCheckpoint(
        checkpoint_id=place.slug,
        kind=cast(CheckpointKind, place.kind),
        question=place.question,
        required=place.required,
        choices=choices or UNSET,
    )

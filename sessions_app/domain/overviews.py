"""Overviews of many sessions: a list of any length for the same number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, cast

from readerai.clock import db_now

from ..models import CheckpointAttempt, ConcernSeverity, Interruption, Session
from ..protocol.server import Status, wire_time
from ..protocol.summary import BookName, SessionSummary, StudentName
from ..vault import Vault, VaultError
from . import questions
from .hand.attempts import AttemptFacts, attempt_facts
from .hand.loading import open_state, vault_of
from .hand.state import ReadingState
from .presence import attention
from .presence.absence import gone_since, hand_is_up, is_online, moved_at, open_until
from .presence.attention import Facts, Reason

DISTRESS: Final = {ConcernSeverity.MILD, ConcernSeverity.GRAVE}


@dataclass(frozen=True)
class SessionOverview:
    """A summary, and what a teacher's page says beside it. ``asking`` is a question that waits
    for its answer; ``last_correct`` the mark of the last answer to a checkpoint. ``gone_since`` is
    None while the child is there."""

    summary: SessionSummary
    session: Session
    state: ReadingState
    reasons: list[Reason]
    last_correct: bool | None
    asking: bool
    gone_since: dt.datetime | None

    @property
    def finished(self) -> bool:
        """Whether a session that is completed was read or heard to the end of the book."""
        is_completed = self.session.status == Session.Status.COMPLETED
        return is_completed and self.state.was_finished(self.session.book.word_count)


@dataclass
class _Asked:
    count: int = 0
    last_at: dt.datetime | None = None
    flagged: bool = False
    pending: bool = False
    lately: list[Interruption] = field(default_factory=list)


def overviews(sessions: Iterable[Session]) -> list[SessionOverview]:
    """Summaries of ``sessions`` (rows with student, book, key and slot at hand), in their
    order. Sessions whose key was erased are left out."""
    rows = list(sessions)
    now = db_now()
    asked = _asked(rows, now)
    attempts = _attempts(rows)
    found = []
    for session in rows:
        try:
            vault = vault_of(session)
            state = open_state(session, vault)
        except VaultError:
            continue
        found.append(_overview(session, vault, state, asked[session.pk], attempts[session.pk], now))
    return found


def summaries(sessions: Iterable[Session]) -> list[SessionSummary]:
    return [overview.summary for overview in overviews(sessions)]


def _asked(rows: list[Session], now: dt.datetime) -> dict[str, _Asked]:
    found: dict[str, _Asked] = defaultdict(_Asked)
    columns = Interruption.objects.filter(session__in=[row.pk for row in rows]).defer(
        "sealed_answer", "sealed_partial"
    )
    for row in columns.order_by("session", "number"):
        entry = found[row.session_id]
        entry.flagged = entry.flagged or row.concern in DISTRESS
        if row.concern != ConcernSeverity.NONE:
            continue
        entry.count += 1
        entry.last_at = row.asked_at
        entry.pending = entry.pending or row.status == Interruption.Status.PENDING
        if now - row.asked_at < attention.LATELY:
            entry.lately.append(row)
    return found


def _attempts(rows: list[Session]) -> dict[str, list[CheckpointAttempt]]:
    found: dict[str, list[CheckpointAttempt]] = defaultdict(list)
    attempts = CheckpointAttempt.objects.filter(session__in=[row.pk for row in rows])
    for attempt in attempts.order_by("session", "at", "number"):
        found[attempt.session_id].append(attempt)
    return found


def _overview(
    session: Session,
    vault: Vault,
    state: ReadingState,
    asked: _Asked,
    attempts: list[CheckpointAttempt],
    now: dt.datetime,
) -> SessionOverview:
    marks = [(row.checkpoint_id, attempt_facts(row, vault)) for row in attempts]
    is_open = is_online(session, now) and session.status == Session.Status.ACTIVE
    hand_up = hand_is_up(session, state, now)
    reasons = attention.reasons(
        Facts(
            now=now,
            under_way=session.status != Session.Status.COMPLETED,
            open_until=now if is_open else open_until(session.last_active_at, state),
            moved_at=moved_at(state),
            hand_fell=state.hand_fell or (session.hand_raised_at is not None and not hand_up),
            verdicts=[facts.correct for _, facts in marks],
            asked_at_words=[
                questions.question_facts(row, vault).word_index for row in asked.lately
            ],
            flagged=asked.flagged or any(row.concern in DISTRESS for row in attempts),
        )
    )
    return SessionOverview(
        _summary(session, state, asked, _score(marks), now, needs_help=bool(reasons)),
        session,
        state,
        reasons,
        last_correct=marks[-1][1].correct if marks else None,
        asking=asked.pending,
        gone_since=None if is_open and not state.is_away else gone_since(session, state),
    )


def _score(marks: Iterable[tuple[int, AttemptFacts]]) -> float | None:
    """The mean of the best answers to each checkpoint, from 0 to 1."""
    best: dict[int, float] = {}
    for checkpoint, facts in marks:
        best[checkpoint] = max(best.get(checkpoint, 0.0), facts.score)
    return round(sum(best.values()) / len(best), 2) if best else None


def _summary(
    session: Session,
    state: ReadingState,
    asked: _Asked,
    score: float | None,
    now: dt.datetime,
    *,
    needs_help: bool,
) -> SessionSummary:
    # The row's own book: a look at thirty children asks for no thirty books.
    book, online = session.book, is_online(session, now)
    return SessionSummary(
        session_id=session.pk,
        student=StudentName(session.student.slug, session.student.display_name),
        book=BookName(book.slug, book.title),
        status=cast(Status, session.status),
        online=online,
        word_index=state.word_index,
        progress=round(state.progress(book.word_count), 4),
        reading_speed=state.reading_speed,
        questions_asked=asked.count,
        last_question_at=None if asked.last_at is None else wire_time(asked.last_at),
        score=score,
        hand_raised=hand_is_up(session, state, now),
        needs_help=needs_help,
        last_active_time=wire_time(session.last_active_at),
        place=round(min(1.0, (state.word_index + 1) / book.word_count), 4),
        listening=online and state.is_playing,
    )

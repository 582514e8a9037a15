"""Saving where children are: many sessions in one transaction, each fenced by its owner.

One call saves a whole server's progress of the last quarter second. A session whose row is
locked just then is left for the next call, so that nobody waits for anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction

from ..models import Event, EventKind, ReadingSpan, Session
from ..vault import VaultError
from .audit import EventFacts
from .clock import db_now
from .errors import NotActive, Refused, SessionNotFound, StaleOwner
from .locked import LockedSession, vault_of
from .pace import Step
from .state import SPAN_BREAK, SPAN_SECONDS, OpenSpan, cover

MAX_COVERED: Final = 400


@dataclass
class Progress:
    """What one connection reported since it was last saved. The newest position wins;
    time, words and ids add up. ``serial`` grows with each that an owner's server hands in (0:
    without a number): the same one counts once."""

    session_id: str
    owner: int
    word_index: int
    audio_timestamp: float | None = None
    is_playing: bool | None = None
    rate: float | None = None
    furthest: int = 0
    seconds: float = 0.0
    words: int = 0
    covered: list[tuple[int, int]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    serial: int = 0

    def report(
        self,
        word_index: int,
        audio_timestamp: float | None,
        is_playing: bool | None,
        rate: float | None,
    ) -> None:
        """Take in a newer position."""
        self.word_index = word_index
        self.audio_timestamp = audio_timestamp
        self.is_playing = self.is_playing if is_playing is None else is_playing
        self.rate = self.rate if rate is None else rate
        self.furthest = max(self.furthest, word_index)

    def add(self, step: Step) -> None:
        self.seconds += step.seconds
        self.words += step.words
        if step.covered is not None:
            self.covered = cover(self.covered, *step.covered)


@dataclass(frozen=True)
class Saved:
    """A session's place after it was saved."""

    word_index: int
    furthest_word_index: int
    total_reading_time: float


Outcome = Saved | Refused | None


def save_batch(batch: Sequence[Progress], *, wait: bool = False) -> dict[str, Outcome]:
    """Save the progress of many sessions at once; ``wait`` for rows that are locked.

    Per session: ``Saved``; a ``Refused`` (``StaleOwner``, ``NotActive``,
    ``SessionNotFound``) where nothing was written; or None where its row was locked by
    somebody else and the same progress is to be handed in again.
    """
    wanted = {item.session_id: item for item in batch}
    outcomes: dict[str, Outcome] = {}
    with transaction.atomic():
        now = db_now()
        rows = _lock_rows(list(wanted), wait=wait)
        held: list[LockedSession] = []
        for session in rows:
            outcome, locked = _apply(session, wanted[session.pk], now)
            outcomes[session.pk] = outcome
            if locked is not None:
                held.append(locked)
        _write(held)
        left = [session_id for session_id in wanted if session_id not in outcomes]
        outcomes |= _why_left(left)
    return outcomes


def _lock_rows(session_ids: list[str], *, wait: bool) -> list[Session]:
    rows = Session.objects.select_related("key").filter(pk__in=session_ids).order_by("pk")
    return list(rows.select_for_update(of=("self",), skip_locked=not wait))


def _why_left(session_ids: list[str]) -> dict[str, Outcome]:
    if not session_ids:
        return {}
    there = set(Session.objects.filter(pk__in=session_ids).values_list("pk", flat=True))
    return {
        session_id: None if session_id in there else SessionNotFound() for session_id in session_ids
    }


def _apply(
    session: Session, progress: Progress, now: dt.datetime
) -> tuple[Outcome, LockedSession | None]:
    if session.owner != progress.owner:
        return StaleOwner(), None
    if session.status != Session.Status.ACTIVE:
        return NotActive(), None
    try:
        locked = LockedSession(session, vault_of(session), now)
    except VaultError:
        return SessionNotFound(), None
    apply(locked, progress)
    state = locked.state
    saved = Saved(state.word_index, state.furthest_word_index, round(state.active_seconds, 1))
    return saved, locked


def apply(locked: LockedSession, progress: Progress) -> None:
    """Take ``progress`` into a locked session's state; the caller saves it."""
    state = locked.state
    if progress.serial:
        if (progress.owner, progress.serial) <= state.saved_progress:
            return
        state.saved_progress = (progress.owner, progress.serial)
    furthest_before = state.furthest_word_index
    state.move(progress.word_index, progress.audio_timestamp, locked.now)
    state.furthest_word_index = max(state.furthest_word_index, progress.furthest)
    if progress.is_playing is not None:
        state.is_playing = progress.is_playing
    if progress.rate is not None:
        state.rate = progress.rate
    for message_id in progress.missed:
        locked.ids.miss(message_id)
    for message_id in progress.ids:
        locked.settle(message_id)
    _count_reading(locked, progress)
    _log_chapter(locked, furthest_before)


def _count_reading(locked: LockedSession, progress: Progress) -> None:
    state = locked.state
    if progress.seconds <= 0:
        return
    state.active_seconds += progress.seconds
    state.words_read += progress.words
    for first, last in progress.covered:
        if len(state.covered) < MAX_COVERED:
            state.covered = cover(state.covered, first, last)
    reading_span = state.reading_span
    if reading_span is not None:
        gap = locked.now - dt.datetime.fromtimestamp(reading_span.ended, dt.UTC)
        if gap > SPAN_BREAK or reading_span.seconds >= SPAN_SECONDS:
            locked.end_stretch()
            reading_span = None
    if reading_span is None:
        first_word = progress.covered[0][0] if progress.covered else progress.word_index
        reading_span = state.reading_span = OpenSpan(first_word, progress.word_index)
    reading_span.seconds += progress.seconds
    reading_span.words += progress.words
    reading_span.last_word = progress.word_index
    reading_span.ended = locked.now.timestamp()


def _log_chapter(locked: LockedSession, furthest_before: int) -> None:
    furthest = locked.state.furthest_word_index
    if furthest == furthest_before:
        return
    book = locked.book
    chapter = book.chapter_index(furthest)
    if chapter > book.chapter_index(furthest_before):
        facts = EventFacts(word_index=locked.state.word_index, chapter=chapter)
        locked.log(EventKind.CHAPTER_REACHED, facts)


_TABLE: Final = Session._meta.db_table

_UPDATE_POSTGRESQL: Final = f"""
    UPDATE {_TABLE} AS s
       SET last_active_at = v.last_active_at, version = v.version,
           committed_ids = v.committed_ids, sealed_state = v.sealed_state,
           log_length = v.log_length, log_head = v.log_head
      FROM unnest(%s::timestamptz[], %s::bigint[], %s::text[], %s::bytea[], %s::integer[],
                  %s::bytea[], %s::text[], %s::integer[])
           AS v (last_active_at, version, committed_ids, sealed_state, log_length, log_head,
                 id, owner)
     WHERE s.id = v.id AND s.owner = v.owner
"""  # noqa: S608 - nothing but the table's name is put in

_UPDATE_ONE: Final = f"""
    UPDATE {_TABLE}
       SET last_active_at = %s, version = %s, committed_ids = %s, sealed_state = %s,
           log_length = %s, log_head = %s
     WHERE id = %s AND owner = %s
"""  # noqa: S608


def _write(held: Iterable[LockedSession]) -> None:
    """One statement for all rows (PostgreSQL), or one prepared one (SQLite)."""
    rows: list[tuple[Any, ...]] = []
    events: list[Event] = []
    reading_spans: list[ReadingSpan] = []
    for locked in held:
        new_events, new_stretches = locked.prepare()
        events += new_events
        reading_spans += new_stretches
        session = locked.session
        rows.append(
            (
                session.last_active_at,
                session.version,
                session.committed_ids,
                session.sealed_state,
                session.log_length,
                bytes(session.log_head),
                session.pk,
                session.owner,
            )
        )
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(_UPDATE_POSTGRESQL, columns)
        else:
            cursor.executemany(_UPDATE_ONE, rows)
    Event.objects.bulk_create(events)
    ReadingSpan.objects.bulk_create(reading_spans)

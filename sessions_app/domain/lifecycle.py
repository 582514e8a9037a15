"""Beginning, pausing and completing a session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from library.book_structure import BookStructure, book_structure
from library.models import Book
from readerai import rows
from readerai.accounts.login.sign_ins import IssuedSecret, new_ticket
from readerai.accounts.models import SignIn, Student
from readerai.clock import shared_clock

from ..models import Event, EventKind, Session, SessionKey
from ..vault import Vault, scope_of
from .audit import EventFacts, Log, beginning
from .errors import Invalid, SessionNotFound
from .hand.commit import change, stored_digest
from .hand.hand import Hand
from .hand.interruptions import cancel_question
from .hand.loading import SESSION, STATE
from .hand.state import ReadingState

MOST_AHEAD: Final = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Started:
    """A session that was just begun, opened; ``ticket`` opens its socket."""

    session: Session
    vault: Vault
    state: ReadingState
    book: BookStructure
    ticket: IssuedSecret


def start(
    *,
    student: Student,
    book: Book,
    start_word_index: int = 0,
    started_at: dt.datetime | None = None,
) -> Session:
    """Begin a new session. ``started_at`` is the client's, of a session begun offline.

    Raises ``Invalid`` for a place outside the book and for a time over five minutes ahead.
    """
    new = _new(student, book, start_word_index, started_at)
    rows.insert_together(*new.rows)
    return new.session


def start_with_ticket(
    *,
    student: Student,
    book: Book,
    sign_in: SignIn,
    start_word_index: int = 0,
    started_at: dt.datetime | None = None,
) -> Started:
    """The same, with a ticket for its socket, in one statement. Raises what ``start`` does."""
    new = _new(student, book, start_word_index, started_at)
    secret, ticket = new_ticket(sign_in, f"/ws/{new.session.pk}")
    rows.insert_together(*new.rows, ticket)
    return Started(new.session, new.vault, new.state, new.book, secret)


@dataclass(frozen=True)
class _New:
    session: Session
    vault: Vault
    state: ReadingState
    book: BookStructure
    rows: tuple[Session | SessionKey | Event, ...]


def _new(
    student: Student, book: Book, start_word_index: int, started_at: dt.datetime | None
) -> _New:
    structure = book_structure(book.pk, book.content_hash)
    if not 0 <= start_word_index < structure.word_count:
        raise Invalid("startPosition")
    now = shared_clock.measured_now()
    if started_at is not None and started_at > now + MOST_AHEAD:
        raise Invalid("startTime")
    session = Session(student=student, book=book, started_at=started_at or now, last_active_at=now)
    vault, key = Vault.create(scope_of(session))
    state = ReadingState(
        word_index=start_word_index,
        furthest_word_index=start_word_index,
        start_word_index=start_word_index,
        moved_at=now.timestamp(),
    )
    log = Log(session.pk, vault, 0, beginning(vault, session.started_at))
    log.append(EventKind.STARTED, now, EventFacts(word_index=start_word_index))
    session.log_length, session.log_head = log.length, log.head
    state.row_digest = stored_digest(session)
    session.sealed_state = vault.seal(SESSION, STATE, session.pk, state)
    wrapped = SessionKey(session=session, master_key_id=key.master_key_id, wrapped=key.wrapped)
    return _New(session, vault, state, structure, (session, wrapped, *log.unsaved))


def complete(hand: Hand) -> None:
    """End a session for good. An open question is cancelled with it. Doing it again changes
    nothing."""
    if hand.is_completed:
        return
    cancel_question(hand, in_passing=True)
    hand.set_status(Session.Status.COMPLETED, EventKind.COMPLETED)
    hand.row.completed_at = hand.now
    hand.row.hand_raised_at = None
    hand.changes.ends_presence = True


def pause_idle(hand: Hand) -> bool:
    """Pause an active session for want of activity; False where there is nothing to pause."""
    if hand.row.status != Session.Status.ACTIVE:
        return False
    hand.set_status(Session.Status.PAUSED, EventKind.IDLE)
    hand.state.is_away, hand.state.left_at = True, hand.now.timestamp()
    hand.changes.ends_presence = True
    return True


def pause_all_idle(*, most: int = 500) -> int:
    """Pause every session idle for ``READERAI_IDLE_SECONDS`` by the database's clock, whichever
    server had it; how many were paused."""
    age = dt.timedelta(seconds=settings.READERAI_IDLE_SECONDS)

    def pause(hand: Hand) -> bool:
        """A child may have come back since we looked."""
        return hand.now - hand.row.last_active_at >= age and pause_idle(hand)

    paused = 0
    for session_id in Session.objects.idle_since(age).values_list("pk", flat=True)[:most]:
        try:
            paused += change(session_id, pause)
        except SessionNotFound:
            continue
    return paused

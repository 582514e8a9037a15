"""Beginning, opening, pausing, resuming and completing a session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from library.book_structure import book_structure
from library.models import Book
from readerai.accounts.models import SignIn, Student, User

from ..models import EventKind, Interruption, Presence, Session, SessionKey
from ..vault import Vault
from .audit import EventFacts
from .clock import db_now
from .errors import NotActive, OutOfBook, SessionNotFound
from .locked import SESSION, STATE, LockedSession, lock
from .state import ReadingState

SLOT_LIFETIME = dt.timedelta(seconds=45)
OLDEST_START = dt.timedelta(days=1)


@dataclass(frozen=True)
class Opened:
    """A connection's claim on its session: every later write carries ``owner``.

    ``taken_over`` says that another connection was live and now is not the owner any more.
    """

    session_id: str
    owner: int
    completed: bool
    taken_over: bool


def start(
    *,
    student: Student,
    book: Book,
    start_word_index: int = 0,
    started_at: dt.datetime | None = None,
) -> Session:
    """Begin a new session. ``started_at`` (a client's clock) counts only if it is believable:
    within the last day and not ahead. Raises ``OutOfBook``."""
    structure = book_structure(book.pk, book.content_hash)
    if not 0 <= start_word_index < structure.word_count:
        raise OutOfBook
    with transaction.atomic():
        now = db_now()
        if started_at is None or not now - OLDEST_START <= started_at <= now:
            started_at = now
        session = Session(student=student, book=book, started_at=started_at, last_active_at=now)
        vault, key = Vault.create(session.pk)
        state = ReadingState(
            word_index=start_word_index,
            furthest_word_index=start_word_index,
            start_word_index=start_word_index,
            moved_at=now.timestamp(),
        )
        session.sealed_state = vault.seal(SESSION, STATE, session.pk, state)
        session.save(force_insert=True)
        SessionKey.objects.create(
            session=session, master_key_id=key.master_key_id, wrapped=key.wrapped
        )
        locked = LockedSession(session, vault, now)
        locked.log(EventKind.STARTED, EventFacts(word_index=start_word_index))
        locked.save()
    return session


def open_connection(*, session_id: str, user: User, sign_in: SignIn, server: str) -> Opened:
    """Make a new connection the session's owner: the newest wins. A paused session becomes
    active; a completed one is left as it is. Raises ``SessionNotFound`` for anybody but the
    session's own student."""
    if not user.is_student:
        raise SessionNotFound
    with transaction.atomic():
        if not Session.objects.visible_to(user).filter(pk=session_id).exists():
            raise SessionNotFound
        locked = lock(session_id)
        session = locked.session
        if session.status == Session.Status.COMPLETED:
            return Opened(session.pk, session.owner, completed=True, taken_over=False)
        presence = Presence.objects.filter(session=session).first()
        taken_over = presence is not None and presence.expires_at > locked.now
        if taken_over:
            locked.log(EventKind.TAKEN_OVER)
        if session.status == Session.Status.PAUSED:
            session.status = Session.Status.ACTIVE
            locked.log(EventKind.RESUMED, EventFacts(word_index=locked.state.word_index))
        session.owner += 1
        locked.save()
        Presence.objects.update_or_create(
            session=session,
            defaults={
                "server": server,
                "owner": session.owner,
                "sign_in": sign_in,
                "expires_at": locked.now + SLOT_LIFETIME,
            },
        )
    return Opened(session.pk, session.owner, completed=False, taken_over=taken_over)


def release(*, session_id: str, owner: int) -> None:
    """Give up a connection's slot, if it is still this connection's."""
    Presence.objects.filter(session_id=session_id, owner=owner).delete()


def pause(*, session_id: str, owner: int | None = None, client_id: int | None = None) -> None:
    """Pause an active session; one that is paused already stays so. Raises ``NotActive`` where
    it is completed."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        if locked.knows(client_id):
            return
        if locked.session.status == Session.Status.COMPLETED:
            raise NotActive
        if locked.session.status == Session.Status.ACTIVE:
            _pause(locked, EventKind.PAUSED, client_id)
        locked.settle(client_id)
        locked.save()


def pause_idle(*, session_id: str, owner: int | None = None) -> bool:
    """Pause a session for want of activity; False where there is nothing to pause (any more).

    Without ``owner``, only if the database, too, has seen no activity for the idle time: a
    child may have come back since the caller looked.
    """
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        session = locked.session
        idle_for = locked.now - session.last_active_at
        if session.status != Session.Status.ACTIVE:
            return False
        if owner is None and idle_for < dt.timedelta(seconds=settings.READERAI_IDLE_SECONDS):
            return False
        _pause(locked, EventKind.IDLE, None)
        locked.save(activity=False)
        Presence.objects.filter(session=session).delete()
    return True


def _pause(locked: LockedSession, kind: EventKind, client_id: int | None) -> None:
    locked.session.status = Session.Status.PAUSED
    locked.state.is_playing = False
    locked.end_stretch()
    locked.log(kind, EventFacts(word_index=locked.state.word_index), client_id=client_id)


def resume(*, session_id: str, owner: int, client_id: int | None = None) -> None:
    """Make a paused session active again. Raises ``NotActive`` where it is completed."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        if locked.knows(client_id):
            return
        if locked.session.status == Session.Status.COMPLETED:
            raise NotActive
        if locked.session.status == Session.Status.PAUSED:
            locked.session.status = Session.Status.ACTIVE
            facts = EventFacts(word_index=locked.state.word_index)
            locked.log(EventKind.RESUMED, facts, client_id=client_id)
        locked.settle(client_id)
        locked.save()


def complete(*, session_id: str, owner: int | None = None, client_id: int | None = None) -> None:
    """End a session for good. An open question is cancelled with it. Doing it again changes
    nothing."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        if locked.knows(client_id):
            return
        session = locked.session
        if session.status != Session.Status.COMPLETED:
            session.status = Session.Status.COMPLETED
            session.completed_at = locked.now
            session.hand_raised_at = None
            locked.state.is_playing = False
            locked.end_stretch()
            _cancel_open_question(locked)
            facts = EventFacts(word_index=locked.state.word_index)
            locked.log(EventKind.COMPLETED, facts, client_id=client_id)
        locked.settle(client_id)
        locked.save()
        Presence.objects.filter(session=session).delete()


def _cancel_open_question(locked: LockedSession) -> None:
    for interruption in Interruption.objects.filter(session=locked.session).pending():
        interruption.status = Interruption.Status.CANCELLED
        interruption.ended_at = locked.now
        interruption.save(update_fields=["status", "ended_at"])
        locked.log(EventKind.CANCELLED, EventFacts(interruption_id=interruption.pk))

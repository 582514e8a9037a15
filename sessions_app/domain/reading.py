"""Going on, going back, and asking for help: the small verbs of reading."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from ..models import EventKind, Session
from . import narration
from .audit import EventFacts
from .errors import NotActive
from .locked import LockedSession, lock


@dataclass(frozen=True)
class Playhead:
    """Where narration goes on."""

    word_index: int
    timestamp: float
    rate: float


def _playhead(locked: LockedSession) -> Playhead:
    state = locked.state
    return Playhead(state.word_index, narration.timestamp(locked.book, state), state.rate)


def resume_reading(
    *,
    session_id: str,
    owner: int,
    understood: bool | None = None,
    helpful: bool | None = None,
    time_spent: float | None = None,
    client_id: int | None = None,
) -> Playhead:
    """Go on reading after an answer or a checkpoint. Raises ``NotActive``."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        if client_id is None or client_id not in locked.ids:
            locked.require_active()
            locked.state.is_playing = True
            facts = EventFacts(
                word_index=locked.state.word_index,
                understood=understood,
                helpful=helpful,
                time_spent=time_spent,
            )
            locked.log(EventKind.READ_ON, facts, client_id=client_id)
            locked.settle(client_id)
            locked.save()
        return _playhead(locked)


def repeat_audio(
    *,
    session_id: str,
    owner: int,
    from_word_index: int,
    reason: str | None = None,
    client_id: int | None = None,
) -> Playhead:
    """Go back (or on) to a word and read from there. Raises ``NotActive``, ``OutOfBook``."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        locked.require_in_book(from_word_index)
        if client_id is None or client_id not in locked.ids:
            locked.require_active()
            locked.state.move(from_word_index, None, locked.now)
            locked.state.audio_timestamp = None
            locked.state.is_playing = True
            facts = EventFacts(word_index=from_word_index, reason=reason)
            locked.log(EventKind.REPEATED, facts, client_id=client_id)
            locked.settle(client_id)
            locked.save()
        return _playhead(locked)


def set_hand(*, session_id: str, owner: int, raised: bool, client_id: int | None = None) -> bool:
    """Raise or lower the hand; whether it is raised now. Raises ``NotActive`` where the
    session is completed."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        session = locked.session
        if client_id is None or client_id not in locked.ids:
            if session.status == Session.Status.COMPLETED:
                raise NotActive
            if raised != (session.hand_raised_at is not None):
                session.hand_raised_at = locked.now if raised else None
                kind = EventKind.HAND_RAISED if raised else EventKind.HAND_LOWERED
                facts = EventFacts(word_index=locked.state.word_index)
                locked.log(kind, facts, client_id=client_id)
            locked.settle(client_id)
            locked.save()
        return session.hand_raised_at is not None


def settle(*, session_id: str, owner: int, client_id: int) -> None:
    """Commit that a message arrived which changes nothing else (a heartbeat with an id)."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        locked.settle(client_id)
        locked.save(activity=False)


def miss(*, session_id: str, owner: int, client_ids: Collection[int]) -> None:
    """Commit that messages arrived which were not committed: the client is to send them again."""
    with transaction.atomic():
        locked = lock(session_id, owner=owner)
        for client_id in client_ids:
            locked.ids.miss(client_id)
        locked.save(activity=False)

"""A session held for writing: its row locked, its state open, everything saved at once."""

from __future__ import annotations

import datetime as dt
from typing import Final

from library.book_structure import BookStructure, book_structure

from ..models import Event, EventKind, ReadingSpan, Session
from ..vault import KeyErased, Vault
from . import audit
from .audit import EventFacts
from .clock import db_now
from .errors import NotActive, OutOfBook, SessionNotFound, StaleOwner
from .message_ids import CommittedIds
from .state import ReadingState

SESSION: Final = "session"
STATE: Final = "sealed_state"
_COLUMNS: Final = [
    "status",
    "last_active_at",
    "completed_at",
    "hand_raised_at",
    "owner",
    "version",
    "committed_ids",
    "sealed_state",
    "log_length",
    "log_head",
]


def vault_of(session: Session) -> Vault:
    return Vault.of(session.pk, session.key.master_key_id, session.key.wrapped)


def open_state(session: Session, vault: Vault) -> ReadingState:
    return vault.open(SESSION, STATE, session.pk, session.sealed_state, ReadingState)


class LockedSession:
    """What a verb works on between taking the lock and ``save``."""

    def __init__(self, session: Session, vault: Vault, now: dt.datetime) -> None:
        self.session = session
        self.vault = vault
        self.now = now
        self.state = open_state(session, vault)
        self.ids = CommittedIds.parse(session.committed_ids)
        self._events: list[Event] = []
        self._stretches: list[ReadingSpan] = []

    @property
    def book(self) -> BookStructure:
        return book_structure(self.session.book_id)

    def require_active(self) -> None:
        if self.session.status != Session.Status.ACTIVE:
            raise NotActive

    def require_in_book(self, word_index: int) -> None:
        if not 0 <= word_index < self.book.word_count:
            raise OutOfBook

    def log(
        self,
        kind: EventKind,
        facts: EventFacts | None = None,
        *,
        client_id: int | None = None,
        actor: int | None = None,
    ) -> None:
        self._events.append(
            audit.append(
                self.session, self.vault, kind, self.now, facts, client_id=client_id, actor=actor
            )
        )

    def knows(self, message_id: int | None) -> bool:
        """Whether a client's message is committed already."""
        return message_id is not None and message_id in self.ids

    def settle(self, message_id: int | None) -> None:
        """Mark a client's message as committed by what is being saved."""
        if message_id is not None:
            self.ids.add(message_id)

    def end_stretch(self) -> None:
        """Close the reading span that is under way; its row is saved with the rest."""
        reading_span = self.state.reading_span
        if reading_span is None:
            return
        ended = dt.datetime.fromtimestamp(reading_span.ended, dt.UTC)
        facts = self.state.close_span()
        if facts is not None:
            number = self.state.reading_spans
            sealed = self.vault.seal("reading_span", "sealed", number, facts)
            self._stretches.append(
                ReadingSpan(session=self.session, number=number, ended_at=ended, sealed=sealed)
            )

    def prepare(self, *, activity: bool = True) -> tuple[list[Event], list[ReadingSpan]]:
        """Put everything into the row's fields; hand over the rows to insert beside it.

        ``activity`` is False where what happened is not the student's doing.
        """
        session = self.session
        if activity:
            session.last_active_at = self.now
        session.version += 1
        session.committed_ids = str(self.ids)
        session.sealed_state = self.vault.seal(SESSION, STATE, session.pk, self.state)
        events, self._events = self._events, []
        reading_spans, self._stretches = self._stretches, []
        return events, reading_spans

    def save(self, *, activity: bool = True) -> None:
        events, reading_spans = self.prepare(activity=activity)
        self.session.save(update_fields=_COLUMNS)
        Event.objects.bulk_create(events)
        ReadingSpan.objects.bulk_create(reading_spans)


def lock(session_id: str, *, owner: int | None = None) -> LockedSession:
    """Lock a session for the running transaction.

    Raises ``SessionNotFound`` where there is none or its key is erased, and ``StaleOwner``
    where ``owner`` is given and a newer connection owns it.
    """
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("key")
        .filter(pk=session_id)
        .first()
    )
    if session is None:
        raise SessionNotFound
    if owner is not None and session.owner != owner:
        raise StaleOwner
    try:
        vault = vault_of(session)
    except KeyErased:
        raise SessionNotFound from None
    return LockedSession(session, vault, db_now())

"""Reading a session into the hand, and anew where somebody else wrote to it."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from library.book_structure import book_structure
from readerai.querying import one_or_none

from ...models import CheckpointAttempt, ConcernSeverity, Interruption, Session
from ...vault import Vault, VaultError, scope_of
from ..errors import SessionNotFound, StaleOwner
from .attempts import attempt_facts
from .changes import Changes
from .hand import Hand
from .state import ReadingState

SESSION: Final = "session"
STATE: Final = "sealed_state"
HOUR: Final = dt.timedelta(hours=1)


def vault_of(session: Session) -> Vault:
    """The vault of a session whose key is at hand. Raises ``VaultError``."""
    return Vault.of(scope_of(session), session.key.master_key_id, session.key.wrapped)


def open_state(session: Session, vault: Vault) -> ReadingState:
    """What is sealed on a session's row. Raises ``VaultError``."""
    return vault.open(SESSION, STATE, session.pk, session.sealed_state, ReadingState)


@dataclass(frozen=True)
class SessionRows:
    """What was asked and answered in a session, in order."""

    interruptions: Sequence[Interruption] = ()
    attempts: Sequence[CheckpointAttempt] = ()


def rows_of(session: Session, *, with_words: bool = True) -> SessionRows:
    """Read a session's rows; ``with_words`` of questions also what is sealed. All of them leave
    an entry in the log, so that a session that has but begun is not asked for any."""
    if session.log_length <= 1:
        return SessionRows()
    asked = Interruption.objects.filter(session=session.pk).order_by("number")
    if not with_words:
        asked = asked.only("pk", "status")
    attempts = CheckpointAttempt.objects.filter(session=session.pk)
    return SessionRows(list(asked), list(attempts.order_by("checkpoint_id", "number")))


def take_in_hand(session: Session, rows: SessionRows | None = None) -> Hand:
    """Open a session whose row (with key and student) is at hand, and its ``rows`` where they
    are. Raises ``SessionNotFound`` where it does not open."""
    try:
        vault = vault_of(session)
        hand = Hand(session, vault, open_state(session, vault), book_structure(session.book_id))
        _read_rows(hand, rows_of(session, with_words=False) if rows is None else rows)
    except VaultError:
        raise SessionNotFound from None
    return hand


def hold(session_id: str, *, locked: bool = False) -> Hand:
    """Read a session into a hand, its row locked for the transaction where asked to. Raises
    ``SessionNotFound``."""
    return take_in_hand(_row(session_id, locked=locked))


def read_anew(hand: Hand) -> None:
    """Put everything that is not saved aside and take in how the session stands.

    What the connection itself remembers (what is on the screen, its client, its server) stays.
    Raises ``SessionNotFound``, and ``StaleOwner`` where a newer connection owns the session.
    """
    session = _row(hand.session_id)
    if session.owner != hand.row.owner:
        raise StaleOwner
    anew = take_in_hand(session)
    for name in ("state", "row", "ids", "log", "attempts", "open_question", "questions_asked"):
        setattr(hand, name, getattr(anew, name))
    hand.asked_at, hand.cancelled = anew.asked_at, anew.cancelled
    hand.book, hand.grade = anew.book, anew.grade
    hand.changes = Changes()
    hand.stale = False


def _row(session_id: str, *, locked: bool = False) -> Session:
    rows = Session.objects.select_related("key", "student__user__school")
    if locked:
        rows = rows.select_for_update(of=("self",))
    session = one_or_none(rows.filter(pk=session_id))
    if session is None:
        raise SessionNotFound
    return session


def _read_rows(hand: Hand, rows: SessionRows) -> None:
    for attempt in rows.attempts:
        facts = attempt_facts(attempt, hand.vault)
        hand.attempts.setdefault(attempt.checkpoint_id, []).append(facts)
    for row in rows.interruptions:
        hand.questions_asked += 1
        if row.status == Interruption.Status.PENDING:
            hand.open_question = row.pk
        elif row.status == Interruption.Status.CANCELLED:
            hand.cancelled.add(row.pk)
    lately = Interruption.objects.filter(
        session__student_id=hand.student_id,
        asked_at__gt=hand.now - HOUR,
        concern=ConcernSeverity.NONE,
    )
    hand.asked_at = deque(lately.order_by("asked_at").values_list("asked_at", flat=True))

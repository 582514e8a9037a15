"""Saving what a message changed: one fenced statement, with the new rows in its transaction.

``UPDATE … WHERE id = … AND owner = … AND version = …``: no row is read first. A row that is not
updated was written by somebody else (an answer, the admin, another server); then nothing is saved,
and ``Conflict`` says that the hand is to be read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db import connection, transaction

from readerai import rows

from ...models import Event, Interruption, Presence, Session
from ..errors import Conflict, LeaseLost
from ..row_digests import session_digest
from .changes import Changes
from .hand import Hand
from .loading import SESSION, STATE, hold

T = TypeVar("T")

_UPDATE: Final = f"""
    UPDATE {Session._meta.db_table}
       SET owner = %s, status = %s, last_active_at = %s, completed_at = %s, hand_raised_at = %s,
           version = version + 1, committed_ids = %s, sealed_state = %s, log_length = %s,
           log_head = %s
     WHERE id = %s AND owner = %s AND version = %s
"""  # noqa: S608 - nothing but the table's name is put in


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A hand's unsaved change, sealed: what is written, whatever the hand does meanwhile."""

    session_id: str
    owner: int
    version: int
    values: tuple[Any, ...]
    changes: Changes
    events: list[Event]


def snapshot(hand: Hand, *, owner: int | None = None) -> Snapshot:
    """Take what is not saved out of a hand; with ``owner``, under a new owner number. If saving
    it fails, the hand is stale."""
    row, changes, events = hand.row, hand.changes, hand.log.unsaved
    hand.changes, hand.log.unsaved = Changes(), []
    if changes.is_activity:
        row.last_active_at = hand.now
    columns = (
        row.owner if owner is None else owner,
        row.status,
        row.last_active_at,
        row.completed_at,
        row.hand_raised_at,
        str(hand.ids),
    )
    hand.state.row_digest = session_digest(row.version + 1, *columns)
    values = (
        *columns,
        hand.vault.seal(SESSION, STATE, hand.session_id, hand.state),
        hand.log.length,
        hand.log.head,
    )
    return Snapshot(hand.session_id, row.owner, row.version, values, changes, events)


def stored_digest(session: Session) -> bytes:
    """Of a session's row as it is stored, for its sealed state to hold. A row that was set back,
    or changed in one of these columns, has another."""
    return session_digest(
        session.version,
        session.owner,
        session.status,
        session.last_active_at,
        session.completed_at,
        session.hand_raised_at,
        session.committed_ids,
    )


def commit(taken: Snapshot) -> None:
    """Save a snapshot. Raises ``Conflict``, ``LeaseLost`` where it ends a question that is not this
    server's any more, and what the database raises; then nothing is saved."""
    with transaction.atomic():
        save_in_transaction(taken)


def save_in_transaction(taken: Snapshot) -> None:
    """The same in a transaction that is open already, and falls with it."""
    with connection.cursor() as cursor:
        values = [_adapted(value) for value in taken.values]
        cursor.execute(_UPDATE, [*values, taken.session_id, taken.owner, taken.version])
        if cursor.rowcount != 1:
            raise Conflict
    _save_rows(taken)


def _adapted(value: Any) -> Any:
    """A time as the database at hand stores it."""
    is_time = hasattr(value, "tzinfo")
    return connection.ops.adapt_datetimefield_value(value) if is_time else value


def _save_rows(taken: Snapshot) -> None:
    changes = taken.changes
    if changes.cancelled is not None:
        cancelled = Interruption.objects.pending().filter(pk=changes.cancelled)
        ended = Interruption.Status.CANCELLED
        cancelled.update(status=ended, ended_at=taken.events[-1].at, sealed_partial=None)
    if changes.ended is not None:
        end = changes.ended
        leased = Interruption.objects.pending().filter(pk=end.interruption_id, attempt=end.attempt)
        if not leased.update(**end.columns):
            raise LeaseLost
    if changes.question is not None:
        rows.insert([changes.question])
    if changes.attempt is not None:
        rows.insert([changes.attempt])
    save_logs([taken])
    if changes.ends_presence:
        Presence.objects.filter(session=taken.session_id).delete()


def save_logs(taken: Sequence[Snapshot]) -> None:
    """Insert the log entries and reading spans of snapshots; of many for two statements."""
    rows.insert([event for each in taken for event in each.events])
    rows.insert([span for each in taken for span in each.changes.reading_spans])


def change(session_id: str, what: Callable[[Hand], T], *, server: str = "") -> T:
    """Do ``what`` to a session that is not in hand here, its row locked, and save it.

    Raises ``SessionNotFound``, what ``what`` raises and what the database raises.
    """
    with transaction.atomic():
        hand = hold(session_id, locked=True)
        hand.server = server
        result = what(hand)
        save_in_transaction(snapshot(hand))
    return result

"""Making what was sealed unopenable: keys first, then what they sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Model, QuerySet

from readerai.clock import db_now

from ..models import (
    AudioUse,
    CheckpointAttempt,
    Event,
    Interruption,
    Presence,
    ReadingSpan,
    Session,
    SessionKey,
)

BATCH: Final = 500
#: What is sealed of a session beside its own row and its log.
SEALED_ROWS: Final[Sequence[type[Model]]] = (Interruption, CheckpointAttempt, ReadingSpan)
#: Everything that hangs on a session, the log included.
ALL_ROWS: Final[Sequence[type[Model]]] = (*SEALED_ROWS, Event, AudioUse, Presence)


def destroy_keys(sessions: QuerySet[Session]) -> int:
    """Destroy the keys of ``sessions``; how many there were. From the commit on nothing that they
    sealed opens, in this database, and whoever holds one of them in memory saves nothing more."""
    sessions.update(version=F("version") + 1)
    keys = SessionKey.objects.filter(session__in=sessions, erased_at=None)
    return keys.update(wrapped=None, erased_at=db_now())


def delete_in_batches(rows: QuerySet[Any], *, batch: int = BATCH) -> int:
    """Delete rows in transactions of at most ``batch``; how many (without what cascades)."""
    gone = 0
    while True:
        with transaction.atomic():
            found = list(rows.order_by("pk").values_list("pk", flat=True)[:batch])
            rows.model._base_manager.filter(pk__in=found).delete()
        gone += len(found)
        if len(found) < batch:
            return gone


def delete_rows_of(sessions: QuerySet[Session], kinds: Iterable[type[Model]] = ALL_ROWS) -> int:
    """Delete what hangs on ``sessions``, in bounded transactions."""
    return sum(delete_in_batches(kind._base_manager.filter(session__in=sessions)) for kind in kinds)


def scrub() -> bool:
    """Have the database give up what deleted rows left in its files; False where it cannot now.

    SQLite writes its file anew and empties its journal. PostgreSQL vacuums the tables that held
    sealed values; its write-ahead log and what was archived of it age out by themselves.
    """
    if transaction.get_connection().in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone()
            return not busy
        hanging = [relation.related_model for relation in Session._meta.related_objects]
        models: list[type[Model]] = [Session, SessionKey, *ALL_ROWS, *hanging]
        tables = dict.fromkeys(model._meta.db_table for model in models)
        names = ", ".join(map(connection.ops.quote_name, tables))
        cursor.execute(f"VACUUM {names}")
    return True

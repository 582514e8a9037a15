"""Saving the progress of many sessions at once: one statement for a whole server.

A row that somebody else wrote, or that is locked just then, is left out, so that nobody waits for
anybody; whose row was left out is told apart afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec
from django.db import connection, transaction
from msgspec import Struct

from ...models import Session
from .commit import Snapshot, save_logs

#: What became of a snapshot. ``busy``: the row was locked just then, and may be tried again as it
#: is. ``moved``: somebody else wrote; the hand is to be read anew.
Fate = Literal["saved", "busy", "moved", "taken_over", "gone"]

_TABLE: Final = Session._meta.db_table
_SET: Final = """
    last_active_at = v.last_active_at, version = s.version + 1, committed_ids = v.committed_ids,
    sealed_state = v.sealed_state, log_length = v.log_length, log_head = v.log_head"""

_POSTGRESQL: Final = f"""
    WITH v AS (
        SELECT id, owner, version, last_active_at, committed_ids, log_length,
               decode(sealed_state, 'base64') AS sealed_state,
               decode(log_head, 'base64') AS log_head
          FROM json_to_recordset(%s)
            AS v (id text, owner integer, version bigint, last_active_at timestamptz,
                  committed_ids text, sealed_state text, log_length integer, log_head text)),
    free AS (
        SELECT s.id FROM {_TABLE} AS s JOIN v ON s.id = v.id
         WHERE s.owner = v.owner AND s.version = v.version AND s.status = 'active'
           FOR UPDATE OF s SKIP LOCKED)
    UPDATE {_TABLE} AS s SET {_SET}
      FROM v JOIN free ON free.id = v.id
     WHERE s.id = v.id
    RETURNING s.id
"""  # noqa: S608 - nothing but the table's name is put in

_ONE: Final = f"""
    UPDATE {_TABLE}
       SET last_active_at = %s, version = version + 1, committed_ids = %s, sealed_state = %s,
           log_length = %s, log_head = %s
     WHERE id = %s AND owner = %s AND version = %s AND status = 'active'
"""  # noqa: S608


class _Row(Struct):
    """A session's row in the statement's one parameter: an array for each column costs psycopg
    more than all else that a position does. msgspec writes bytes as base64."""

    id: str
    owner: int
    version: int
    last_active_at: dt.datetime
    committed_ids: str
    sealed_state: bytes
    log_length: int
    log_head: bytes


def save_all(batch: Sequence[Snapshot]) -> dict[str, Fate]:
    """Save progress (nothing else may have changed); what became of each, by session."""
    with transaction.atomic():
        saved = _update_postgresql(batch) if _is_postgresql() else _update_each(batch)
        save_logs([taken for taken in batch if taken.session_id in saved])
    fates: dict[str, Fate] = dict.fromkeys(saved, "saved")
    left = [taken for taken in batch if taken.session_id not in saved]
    return fates | _fates(left) if left else fates


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _progress(taken: Snapshot) -> tuple[Any, ...]:
    """Of a snapshot's values those that progress changes."""
    _, _, last_active_at, _, _, ids, state, length, head = taken.values
    return last_active_at, ids, state, length, head


def _update_postgresql(batch: Sequence[Snapshot]) -> set[str]:
    rows = [_Row(each.session_id, each.owner, each.version, *_progress(each)) for each in batch]
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL, [msgspec.json.encode(rows).decode()])
        return {session_id for (session_id,) in cursor.fetchall()}


def _update_each(batch: Sequence[Snapshot]) -> set[str]:
    saved = set()
    with connection.cursor() as cursor:
        for taken in batch:
            at, *values = _progress(taken)
            stamped = connection.ops.adapt_datetimefield_value(at)
            fence = (taken.session_id, taken.owner, taken.version)
            cursor.execute(_ONE, [stamped, *values, *fence])
            if cursor.rowcount:
                saved.add(taken.session_id)
    return saved


def _fates(left: Sequence[Snapshot]) -> dict[str, Fate]:
    rows = Session.objects.filter(pk__in=[taken.session_id for taken in left])
    now = {
        pk: (owner, version) for pk, owner, version in rows.values_list("pk", "owner", "version")
    }
    return {taken.session_id: _fate(taken, now.get(taken.session_id)) for taken in left}


def _fate(taken: Snapshot, now: tuple[int, int] | None) -> Fate:
    if now is None:
        return "gone"
    owner, version = now
    if owner != taken.owner:
        return "taken_over"
    return "busy" if version == taken.version else "moved"


def versions(session_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Owner and version of sessions as they are saved now."""
    rows = Session.objects.filter(pk__in=session_ids)
    return {
        pk: (owner, version) for pk, owner, version in rows.values_list("pk", "owner", "version")
    }

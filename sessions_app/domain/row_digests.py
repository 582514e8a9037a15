"""Digests of rows, as the entry of the log that tells of a row holds them.

A row is digested as it is stored, ciphertext and all, so that nothing has to be opened to compare;
what makes a digest worth anything is the chain of keyed check sums that it stands in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from ..models import CheckpointAttempt, Interruption, ReadingSpan

Part = str | int | bytes | memoryview | dt.datetime | None
_NOTHING: Final = b"\xff\xff\xff\xff"


def digest(*parts: Part) -> bytes:
    """SHA-256 over length-prefixed parts; a time as microseconds, whatever its zone."""
    whole = hashlib.sha256()
    for part in parts:
        if part is None:
            whole.update(_NOTHING)
            continue
        raw = _raw(part)
        whole.update(len(raw).to_bytes(4, "big") + raw)
    return whole.digest()


def _raw(part: str | int | bytes | memoryview | dt.datetime) -> bytes:
    if isinstance(part, bytes | memoryview):
        return bytes(part)
    if isinstance(part, dt.datetime):
        return str(round(part.timestamp() * 1_000_000)).encode()
    return str(part).encode()


def session_digest(
    version: int,
    owner: int,
    status: str,
    last_active_at: dt.datetime,
    completed_at: dt.datetime | None,
    hand_raised_at: dt.datetime | None,
    committed_ids: str,
) -> bytes:
    """Of the clear columns of a session's row. Made with every position that is saved: one text,
    in which nothing but the last part can hold a space."""
    completed = completed_at and completed_at.timestamp()
    raised = hand_raised_at and hand_raised_at.timestamp()
    active = last_active_at.timestamp()
    text = f"{version} {owner} {status} {active:.6f} {completed} {raised} {committed_ids}"
    return hashlib.sha256(text.encode()).digest()


def question_digest(row: Interruption) -> bytes:
    """Of what is stored when a question is asked."""
    return digest(row.pk, row.number, row.client, row.client_id, row.asked_at, row.sealed_question)


def end_digest(
    pk: str,
    *,
    status: str,
    ended_at: dt.datetime | None,
    concern: str,
    sealed_answer: bytes | memoryview | None = None,
) -> bytes:
    """Of what is stored when a question ends."""
    return digest(pk, status, ended_at, concern, sealed_answer)


def stored_end_digest(row: Interruption) -> bytes:
    return end_digest(
        row.pk,
        status=row.status,
        ended_at=row.ended_at,
        concern=row.concern,
        sealed_answer=row.sealed_answer,
    )


def attempt_digest(row: CheckpointAttempt) -> bytes:
    return digest(
        row.checkpoint_id, row.number, row.client, row.client_id, row.at, row.concern, row.sealed
    )


def spans_digest(before: bytes, span: ReadingSpan) -> bytes:
    """Of all reading spans up to this one: they have no entries, and the sealed state keeps it."""
    return digest(before, span.number, span.ended_at, span.sealed)

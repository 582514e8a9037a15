"""Wrapping every session's data key anew under the newest master key.

What the data keys seal is not touched. Small transactions, in the order of the session ids:
whatever ends the work in the middle, the next run goes on with what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.db.models import Count

from ..models import AccessLogEntry, SessionKey
from ..vault import KeyRing, VaultError, WrappedKey, key_ring, scope_of

BATCH: Final = 200


@dataclass(frozen=True)
class Rotated:
    """How many keys were wrapped anew, and how many did not open (their master key is missing
    or the wrapping was tampered with) and were left as they are."""

    wrapped: int = 0
    failed: int = 0


def rotate(*, batch: int = BATCH) -> Iterator[Rotated]:
    """Yield the counts so far after every committed batch, and at least once."""
    ring, done, after = key_ring(), Rotated(), ""
    while True:
        last, done = _rotate_batch(ring, after, batch, done)
        yield done
        if last is None:
            return
        after = last


def _rotate_batch(
    ring: KeyRing, after: str, batch: int, done: Rotated
) -> tuple[str | None, Rotated]:
    """One transaction. The rows are locked, so that a key that is erased meanwhile stays so."""
    with transaction.atomic():
        rows = list(
            SessionKey.objects.select_for_update(of=("self",))
            .select_related("session")
            .exclude(master_key_id=ring.newest_id)
            .filter(wrapped__isnull=False, pk__gt=after)
            .order_by("pk")[:batch]
        )
        changed = [row for row in rows if _wrap_anew(ring, row)]
        SessionKey.objects.bulk_update(changed, ["master_key_id", "wrapped"])
    done = replace(
        done,
        wrapped=done.wrapped + len(changed),
        failed=done.failed + len(rows) - len(changed),
    )
    return (rows[-1].pk if len(rows) == batch else None), done


def _wrap_anew(ring: KeyRing, row: SessionKey) -> bool:
    if row.wrapped is None:
        return False
    try:
        scope = scope_of(row.session)
        data_key = ring.unwrap(scope, WrappedKey(row.master_key_id, bytes(row.wrapped)))
    except VaultError:
        return False
    wrapped = ring.wrap(scope, data_key)
    row.master_key_id, row.wrapped = wrapped.master_key_id, wrapped.wrapped
    return True


def older_keys_in_use() -> dict[str, int]:
    """Older master keys that the access log still needs to be verified: id to entries."""
    rows = AccessLogEntry.objects.exclude(key_id=key_ring().newest_id).values_list("key_id")
    return dict(rows.annotate(entries=Count("pk")).order_by("key_id"))

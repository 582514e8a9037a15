"""Counting what failed, and making whoever fails often wait: longer each time.

A try is counted in several tallies (``limits.py`` says in which); one that is locked is enough to
refuse it. Times are the database's, so that servers whose clocks disagree lock and unlock alike.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from ..models import Throttle
from ..secrets import keyed_hash

Result = TypeVar("Result")

KEPT_FOR = dt.timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """``failures`` within ``window`` lock for ``lock``. After each lock half as many are allowed,
    and the next lock is twice as long, up to ``longest``, until a day has passed without any.
    ``resets``: a success forgives them."""

    purpose: str
    failures: int
    window: dt.timedelta
    lock: dt.timedelta
    longest: dt.timedelta
    resets: bool = False


@dataclass(frozen=True)
class Tally:
    """What is counted under one limit: the failures of ``name``, which is kept as a keyed hash."""

    limit: Limit
    name: str

    @property
    def key(self) -> str:
        name = unicodedata.normalize("NFKC", self.name).casefold()
        return keyed_hash(self.limit.purpose, name)


class Locked(Exception):
    """Too many wrong tries. ``retry_after`` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"locked for {retry_after} s")
        self.retry_after = retry_after

    @property
    def minutes(self) -> int:
        return math.ceil(self.retry_after / 60)


def throttled(tallies: Iterable[Tally], attempt: Callable[[], Result | None]) -> Result | None:
    """What ``attempt`` returns; None counts as a failure in every tally. Raises ``Locked``.

    The locks are checked again after the attempt: of many guesses sent at once, those that end
    after the last allowed failure are refused whether they were right or wrong, so a burst
    tells no more than the same guesses one after another.
    """
    if not settings.READERAI_RATE_LIMITS:
        return attempt()
    limits = {tally.key: tally.limit for tally in tallies}
    _refuse_while_locked(limits)
    result = attempt()
    with transaction.atomic():
        if result is None:
            _count_failure(limits)
            return None
        _refuse_while_locked(limits)
        forgiven = [key for key, limit in limits.items() if limit.resets]
        Throttle.objects.filter(key__in=forgiven).delete()
    return result


def failures_of(tallies: Iterable[Tally]) -> dict[Tally, Throttle]:
    """What stands in those of the tallies in which something was counted."""
    by_key = {tally.key: tally for tally in tallies}
    return {by_key[row.key]: row for row in Throttle.objects.filter(key__in=by_key)}


def forgive(tallies: Iterable[Tally]) -> None:
    """Forget these failures, and end the locks that they led to."""
    end_locks(Throttle.objects.filter(key__in=[tally.key for tally in tallies]))


def end_locks(throttles: QuerySet[Throttle]) -> None:
    """Forget these counts, and with them the locks that they led to."""
    throttles.delete()


def forget_old_failures() -> None:
    """Delete what no longer counts, so that guessed names do not fill the table."""
    old = Q(window_started_at__lt=Now() - KEPT_FOR)
    Throttle.objects.filter(old).exclude(locked_until__gt=Now()).delete()


def _refuse_while_locked(keys: Iterable[str]) -> None:
    locked = Throttle.objects.filter(key__in=list(keys), locked_until__gt=Now())
    row = locked.annotate(now=Now()).order_by("-locked_until").first()
    if row is not None and row.locked_until is not None:
        raise Locked(_seconds(row.locked_until - row.now))


def _count_failure(limits: dict[str, Limit]) -> None:
    new = [Throttle(key=key, window_started_at=Now()) for key in sorted(limits)]
    Throttle.objects.bulk_create(new, ignore_conflicts=True)
    rows = list(
        Throttle.objects.select_for_update()
        .filter(key__in=limits)
        .annotate(now=Now())
        .order_by("key")
    )
    left = [row.locked_until - row.now for row in rows if row.locked_until is not None]
    if left and max(left) > dt.timedelta():
        raise Locked(_seconds(max(left)))
    for row in rows:
        _add_failure(row, limits[row.key], row.now)
    changed = ["failures", "locks", "window_started_at", "locked_until"]
    Throttle.objects.bulk_update(rows, changed)


def _add_failure(row: Throttle, limit: Limit, now: dt.datetime) -> None:
    if row.locked_until is not None or now - row.window_started_at > limit.window:
        row.failures, row.window_started_at, row.locked_until = 0, now, None
    row.failures += 1
    if row.failures >= max(1, limit.failures >> min(row.locks, 31)):
        row.locked_until = now + min(limit.lock * 2 ** min(row.locks, 16), limit.longest)
        row.locks += 1


def _seconds(left: dt.timedelta) -> int:
    return max(1, math.ceil(left.total_seconds()))

"""Counting what failed: passwords by account, picture passwords by child, class codes by address.

Times are the database's, so that servers whose clocks disagree lock and unlock alike.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Callable
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
    """``failures`` within ``window`` lock for ``lock``. ``resets``: a success forgives them."""

    purpose: str
    failures: int
    window: dt.timedelta
    lock: dt.timedelta
    resets: bool = True


PASSWORDS = Limit("password", 5, dt.timedelta(minutes=15), dt.timedelta(minutes=5))
PICTURES = Limit("pictures", 5, dt.timedelta(minutes=15), dt.timedelta(minutes=5))
# A whole school may come from one address, and a right code must not forgive guessing.
CLASS_CODES = Limit(
    "class code", 30, dt.timedelta(minutes=10), dt.timedelta(minutes=5), resets=False
)
CLASS_CODES_OF_ONE = Limit(
    "class code at a known browser",
    30,
    dt.timedelta(minutes=10),
    dt.timedelta(minutes=5),
    resets=False,
)
# Whoever knows one code could make known browsers as they like, and guess the others with them.
KNOWN_ADDRESSES = Limit(
    "class codes at known browsers",
    300,
    dt.timedelta(minutes=10),
    dt.timedelta(minutes=5),
    resets=False,
)


class Locked(Exception):
    """Too many wrong tries. ``retry_after`` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"locked for {retry_after} s")
        self.retry_after = retry_after

    @property
    def minutes(self) -> int:
        return math.ceil(self.retry_after / 60)


def throttled(limit: Limit, name: str, attempt: Callable[[], Result | None]) -> Result | None:
    """What ``attempt`` returns; None counts as a failure of ``name``. Raises ``Locked``.

    The lock is checked again after the attempt: of many guesses sent at once, those that end
    after the last allowed failure are refused whether they were right or wrong, so a burst
    tells no more than the same guesses one after another.
    """
    if not settings.READERAI_RATE_LIMITS:
        return attempt()
    key = _key(limit, name)
    _refuse_while_locked(key)
    result = attempt()
    with transaction.atomic():
        if result is None:
            _count_failure(key, limit)
            return None
        _refuse_while_locked(key)
        if limit.resets:
            Throttle.objects.filter(key=key).delete()
    return result


def forgive(limit: Limit, name: str) -> None:
    """Forget the failures of ``name`` and end its lock."""
    end_locks(Throttle.objects.filter(key=_key(limit, name)))


def end_locks(throttles: QuerySet[Throttle]) -> None:
    """Forget these counts, and with them the locks that they led to."""
    throttles.delete()


def forget_old_failures() -> None:
    """Delete what no longer counts, so that guessed names do not fill the table."""
    old = Q(window_started_at__lt=Now() - KEPT_FOR)
    Throttle.objects.filter(old).exclude(locked_until__gt=Now()).delete()


def _key(limit: Limit, name: str) -> str:
    return keyed_hash(limit.purpose, unicodedata.normalize("NFKC", name).casefold())


def _refuse_while_locked(key: str) -> None:
    row = Throttle.objects.filter(key=key, locked_until__gt=Now()).annotate(now=Now()).first()
    if row is not None and row.locked_until is not None:
        raise Locked(_seconds(row.locked_until - row.now))


def _count_failure(key: str, limit: Limit) -> None:
    _, is_new = Throttle.objects.get_or_create(key=key, defaults={"window_started_at": Now()})
    if is_new:
        forget_old_failures()
    row = Throttle.objects.select_for_update().annotate(now=Now()).get(key=key)
    if row.locked_until is not None and row.locked_until > row.now:
        raise Locked(_seconds(row.locked_until - row.now))
    if row.locked_until is not None or row.now - row.window_started_at > limit.window:
        row.failures, row.window_started_at, row.locked_until = 0, row.now, None
    row.failures += 1
    if row.failures >= limit.failures:
        row.locked_until = row.now + limit.lock
    row.save(update_fields=["failures", "window_started_at", "locked_until"])


def _seconds(left: dt.timedelta) -> int:
    return max(1, math.ceil(left.total_seconds()))

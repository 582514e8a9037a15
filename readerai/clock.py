"""The database's clock: the one clock that all servers share."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any, Final

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

#: A clock drifts by less than a millisecond in that time, unless somebody sets it.
MEASURE_SECONDS: Final = 30.0
#: More than a clock is slewed by between two measurements.
STEP_SECONDS: Final = 1.0


def db_now() -> dt.datetime:
    """The time by the database's clock. SQLite lies on this machine, so its clock is ours."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    moment: dt.datetime = now
    return moment


def from_now(delta: dt.timedelta) -> Any:
    """The time by the database's clock and so much more, as a statement can store it without
    asking for the time first."""
    if connection.vendor != "postgresql":
        return timezone.now() + delta
    return Now() + delta


class SharedClock:
    """The database's clock without asking it each time: how far ours is from it is measured now
    and then (``measure``), from a thread that may use the database.

    When somebody sets our clock, what was measured says nothing any more.
    """

    def __init__(self) -> None:
        self._ahead = dt.timedelta()
        self._measured_at: float | None = None
        self._offset = 0.0

    def measure(self) -> None:
        """Compare the clocks. An error of the measurement is half of a round trip at most."""
        before = time.time()
        theirs = db_now()
        ours = (before + time.time()) / 2
        self._ahead = theirs - dt.datetime.fromtimestamp(ours, dt.UTC)
        self._measured_at = time.perf_counter()
        self._offset = time.time() - self._measured_at

    def measured_now(self) -> dt.datetime:
        """The time by the database's clock, measured within the last ``MEASURE_SECONDS``; may
        query the database."""
        last = self._measured_at
        if last is None or time.perf_counter() - last > MEASURE_SECONDS or self._was_set():
            self.measure()
        return self.now()

    def now(self) -> dt.datetime:
        """The time by the database's clock, as it was measured last."""
        now = dt.datetime.fromtimestamp(time.time(), dt.UTC)  # what ``measure`` compared
        return now if self._was_set() else now + self._ahead

    def _was_set(self) -> bool:
        """Whether our clock was set since the measurement."""
        return abs(time.time() - time.perf_counter() - self._offset) > STEP_SECONDS


shared_clock = SharedClock()

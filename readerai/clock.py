"""The database's clock: the one clock that all servers share."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone


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
    and then (``measure``), from a thread that may use the database."""

    def __init__(self) -> None:
        self._ahead = dt.timedelta()

    def measure(self) -> None:
        """Compare the clocks. An error of the measurement is half of a round trip at most."""
        before = time.time()
        theirs = db_now()
        ours = (before + time.time()) / 2
        self._ahead = theirs - dt.datetime.fromtimestamp(ours, dt.UTC)

    def now(self) -> dt.datetime:
        """The time by the database's clock, as it was measured last."""
        return timezone.now() + self._ahead


shared_clock = SharedClock()

"""The database off the event loop: an executor of our own, one job at a time per session.

Django's default would run every job of a process in one thread, so that everybody waited
for the slowest query anywhere. Each thread keeps the connection that it took from the pool: to take
one and give it back for every job costs as much as the job.
"""

from __future__ import annotations

import asyncio
import select
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, Final, ParamSpec, TypeVar

from django.conf import settings
from django.db import connections

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 8
#: A connection that was quiet for longer is given back: a firewall may have forgotten it.
QUIET_SECONDS: Final = 60.0

_used: Final = threading.local()


def threads_for(pool_size: int) -> int:
    """How many threads may keep a connection: half of the pool's are for everybody else."""
    return max(1, min(THREADS, pool_size // 2))


@cache
def _executor() -> ThreadPoolExecutor:
    pool: dict[str, Any] = settings.DATABASES["default"].get("OPTIONS", {}).get("pool", {})
    threads = threads_for(pool.get("max_size", 2 * THREADS))
    return ThreadPoolExecutor(threads, thread_name_prefix="readerai-db")


def release_after(job: Callable[[], T]) -> T:
    """Do a job in this thread, and give back the database connections that it used."""
    try:
        return job()
    finally:
        for connection in connections.all(initialized_only=True):
            if connection.vendor == "postgresql":
                connection.close()  # back to the pool
            else:
                connection.close_if_unusable_or_obsolete()


def _keeping(job: Callable[[], T]) -> T:
    """Do a job in this thread, and keep its connections where they are as they were."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not _is_fresh(connection):
            connection.close()
    try:
        return job()
    finally:
        for connection in connections.all(initialized_only=True):
            if connection.vendor != "postgresql":
                connection.close_if_unusable_or_obsolete()
            elif connection.connection is None:
                continue  # it could not be had, and is not asked for again here
            elif connection.errors_occurred or not connection.autocommit:
                connection.close()
            else:
                _used.at = time.monotonic()


def _is_fresh(connection: Any) -> bool:
    """Whether a connection that was kept can be used: it was lately, and nothing came on it. What
    a server says unasked is good-bye."""
    if connection.vendor != "postgresql":
        return True
    if time.monotonic() - getattr(_used, "at", 0.0) > QUIET_SECONDS:
        return False
    raw = connection.connection
    if raw.closed:
        return False
    poll = select.poll()
    poll.register(raw.fileno(), select.POLLIN)
    return not poll.poll(0)


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``function`` in a database thread. Cancelling the wait does not stop the job."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        _executor(), partial(_keeping, partial(function, *args, **kwargs))
    )

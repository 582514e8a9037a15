"""The database off the event loop: an executor of our own, one job at a time per session.

Django's default would run every job of a process in one thread, so that everybody waited
for the slowest query anywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Final, ParamSpec, TypeVar

from django.db import connections

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 8


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="readerai-db")


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


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``function`` in a database thread. Cancelling the wait does not stop the job."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        _executor(), partial(release_after, partial(function, *args, **kwargs))
    )

"""What is done every so often in every server process and in the worker, whether anybody is
connected or not. Apps above this one add theirs when they are loaded (``AppConfig.ready``)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.db import DatabaseError, InterfaceError

from readerai.logs import named

from ..saving.database import release_after

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """Plain code that may use the database and may wait for the network."""

    name: str
    seconds: float
    run: Callable[[], object]


_works: Final[dict[str, Work]] = {}


def every(seconds: float, name: str, run: Callable[[], object]) -> None:
    """Have ``run`` done every so many seconds."""
    _works[name] = Work(name, seconds, run)


def run_all() -> None:
    """Do everything once, here and now."""
    for work in _works.values():
        _run(work)


def begin_rounds() -> list[asyncio.Task[None]]:
    """Go on with everything until the tasks are cancelled. Each has a thread of its own, so that a
    mail server that does not answer keeps no session waiting for a database thread."""
    return [asyncio.create_task(_go_on(work)) for work in _works.values()]


async def _go_on(work: Work) -> None:
    executor = ThreadPoolExecutor(1, thread_name_prefix=f"readerai-{work.name}")
    try:
        while True:
            await asyncio.sleep(work.seconds)
            await asyncio.get_running_loop().run_in_executor(executor, partial(_run, work))
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _run(work: Work) -> None:
    try:
        release_after(work.run)
    except (DatabaseError, InterfaceError) as failure:
        log.warning("%s waits for the database (%s)", work.name, named(failure))
    except Exception:
        log.exception("%s failed", work.name)

"""Write-behind for progress: the newest place of every session, saved a few times a second.

One statement for the whole process instead of one per message. Nothing is acknowledged
before its transaction has committed; while the database is away, progress is kept and
tried again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, InterfaceError

from readerai import metrics

from ..domain.progress import Outcome, Progress, save_batch
from .database import in_database

log = logging.getLogger(__name__)

FLUSH_SECONDS: Final = 0.25
MAX_BATCH: Final = 1000
RETRY_SECONDS: Final = 1.0

Told = Callable[[Progress, Outcome], None]


class ProgressWriter:
    """Holds what is not saved yet, one ``Progress`` per session."""

    def __init__(self) -> None:
        self._pending: dict[str, tuple[Progress, Told]] = {}
        self._lock = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None

    def pending(self, session_id: str, owner: int) -> Progress | None:
        """What is waiting of this owner, to be added to."""
        found = self._pending.get(session_id)
        return found[0] if found is not None and found[0].owner == owner else None

    def put(self, progress: Progress, told: Told) -> None:
        """Have ``progress`` saved soon; ``told`` hears what became of it."""
        waiting = self._pending.get(progress.session_id)
        if waiting is not None and waiting[0].owner > progress.owner:
            return
        self._pending[progress.session_id] = (progress, told)
        if self._timer is None:
            self._timer = asyncio.create_task(self._run())

    async def flush(self, session_id: str) -> None:
        """Save what is waiting of one session now. Raises what the database raises."""
        async with self._lock:
            found = self._pending.pop(session_id, None)
            if found is None:
                return
            await self._save_all({session_id: found}, wait=True)

    async def flush_all(self) -> None:
        """Save everything that is waiting; what could not be saved stays."""
        async with self._lock:
            while self._pending:
                batch = dict(list(self._pending.items())[:MAX_BATCH])
                for session_id in batch:
                    del self._pending[session_id]
                await self._save_all(batch, wait=True)

    async def _run(self) -> None:
        try:
            while self._pending:
                await asyncio.sleep(FLUSH_SECONDS)
                try:
                    async with self._lock:
                        batch = dict(list(self._pending.items())[:MAX_BATCH])
                        for session_id in batch:
                            del self._pending[session_id]
                        await self._save_all(batch)
                except (DatabaseError, InterfaceError) as error:
                    log.warning("progress waits for the database (%s)", type(error).__name__)
                    await asyncio.sleep(RETRY_SECONDS)
                except Exception as error:
                    log.exception("progress could not be saved (%s)", type(error).__name__)
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._timer = None

    async def _save_all(
        self, batch: dict[str, tuple[Progress, Told]], *, wait: bool = False
    ) -> None:
        began = time.monotonic()
        try:
            progress_of_all = [progress for progress, _ in batch.values()]
            outcomes = await in_database(save_batch, progress_of_all, wait=wait)
        except BaseException:
            for session_id, waiting in batch.items():
                self._keep(session_id, waiting)
            raise
        metrics.flushed(len(batch), time.monotonic() - began)
        for session_id, waiting in batch.items():
            outcome = outcomes.get(session_id)
            if outcome is None:
                self._keep(session_id, waiting)
                continue
            progress, told = waiting
            told(progress, outcome)

    def _keep(self, session_id: str, waiting: tuple[Progress, Told]) -> None:
        """Put back what was not saved, under what has come since."""
        progress, _ = waiting
        newer = self._pending.get(session_id)
        if newer is None:
            self._pending[session_id] = waiting
        elif newer[0].owner == progress.owner:
            newer[0].come_before(progress)

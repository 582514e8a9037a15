"""Write-behind for progress: the newest place of every session, saved a few times a second.

One statement for the whole process instead of one per message. Nothing is acknowledged
before its transaction has committed; while the database is away, progress is kept and
tried again. A connection that breaks during COMMIT does not say whether it happened, so such
progress is handed in again just as it was (its ``serial`` lets it count once), and what comes
meanwhile waits behind it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

from django.db import InterfaceError, OperationalError

from readerai import metrics

from ..domain.errors import Unsaveable
from ..domain.progress import Outcome, Progress, save_batch
from .database import in_database

log = logging.getLogger(__name__)

FLUSH_SECONDS: Final = 0.25
MAX_BATCH: Final = 1000
RETRY_SECONDS: Final = 1.0

Told = Callable[[Progress, Outcome], None]
Waiting = tuple[Progress, Told]


class ProgressWriter:
    """Holds what is not saved yet: per session what is still added to, and before it what the
    database was handed without saying what became of it."""

    def __init__(self) -> None:
        self._pending: dict[str, Waiting] = {}
        self._unsure: dict[str, Waiting] = {}
        self._in_flight: dict[str, Waiting] = {}
        self._serial = 0
        self._lock = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None
        self._flushes: set[asyncio.Task[None]] = set()

    def pending(self, session_id: str, owner: int) -> Progress | None:
        """What is waiting of this owner, to be added to."""
        found = self._pending.get(session_id)
        return found[0] if found is not None and found[0].owner == owner else None

    def holds(self, session_id: str, owner: int, message_id: int) -> bool:
        """Whether this message of this owner is on its way already."""
        found = (each.get(session_id) for each in (self._pending, self._unsure, self._in_flight))
        return any(
            waiting is not None and waiting[0].owner == owner and message_id in waiting[0].ids
            for waiting in found
        )

    def put(self, progress: Progress, told: Told) -> None:
        """Have ``progress`` saved soon; ``told`` hears what became of it."""
        waiting = self._pending.get(progress.session_id)
        if waiting is not None and waiting[0].owner > progress.owner:
            return
        self._serial += 1
        progress.serial = self._serial
        self._pending[progress.session_id] = (progress, told)
        self._soon()

    async def flush(self, session_id: str) -> None:
        """Save what is waiting of one session now. Raises what the database raises."""
        if session_id in self._in_flight or self._waits([session_id]):
            await self._to_its_end(self._flush([session_id]))

    async def flush_all(self) -> None:
        """Save everything that is waiting; what could not be saved stays."""
        await self._to_its_end(self._flush([]))

    async def _to_its_end(self, flush: Coroutine[Any, Any, None]) -> None:
        """Wait for ``flush``, which goes on when the waiter is cancelled: its statement would,
        too, and nobody would hear what became of it."""
        task = asyncio.create_task(flush)
        self._flushes.add(task)
        task.add_done_callback(self._flushed)
        await asyncio.shield(task)

    def _flushed(self, task: asyncio.Task[None]) -> None:
        self._flushes.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, also where the waiter has gone

    async def _flush(self, session_ids: list[str]) -> None:
        async with self._lock:
            while self._waits(session_ids):
                await self._save_all(self._take(session_ids), wait=True)

    def _waits(self, session_ids: Iterable[str]) -> bool:
        """Whether anything waits of these sessions (of any, where none is named)."""
        named = list(session_ids)
        if not named:
            return bool(self._pending or self._unsure)
        return any(each in self._pending or each in self._unsure for each in named)

    def _take(self, session_ids: Iterable[str] = ()) -> dict[str, Waiting]:
        """The next batch: one ``Progress`` of each session, the older first."""
        named = list(session_ids) or list(dict.fromkeys([*self._unsure, *self._pending]))
        batch = {}
        for session_id in named[:MAX_BATCH]:
            waiting = self._unsure.pop(session_id, None) or self._pending.pop(session_id, None)
            if waiting is not None:
                batch[session_id] = waiting
        return batch

    def _soon(self) -> None:
        if self._timer is None:
            self._timer = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._waits([]):
                await asyncio.sleep(FLUSH_SECONDS)
                try:
                    async with self._lock:
                        batch = self._take()
                        if batch:
                            await self._save_all(batch)
                except (OperationalError, InterfaceError) as error:
                    log.warning("progress waits for the database (%s)", type(error).__name__)
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._timer = None

    async def _save_all(self, batch: dict[str, Waiting], *, wait: bool = False) -> None:
        began = time.monotonic()
        self._in_flight = batch
        try:
            outcomes = await self._outcomes(batch, wait=wait)
        except BaseException:
            for session_id, waiting in batch.items():
                self._try_again(session_id, waiting)
            raise
        finally:
            self._in_flight = {}
        metrics.flushed(len(batch), time.monotonic() - began)
        for session_id, waiting in batch.items():
            outcome = outcomes.get(session_id)
            if outcome is None:
                self._try_again(session_id, waiting)
            else:
                self._tell(waiting, outcome)

    async def _outcomes(self, batch: dict[str, Waiting], *, wait: bool) -> dict[str, Outcome]:
        """What became of each. A row that cannot be saved must not hold up the others."""
        try:
            progress_of_all = [progress for progress, _ in batch.values()]
            return await in_database(save_batch, progress_of_all, wait=wait)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("progress could not be saved (%s)", type(error).__name__)
            if len(batch) == 1:
                return dict.fromkeys(batch, Unsaveable())
        outcomes: dict[str, Outcome] = {}
        for session_id, waiting in batch.items():
            outcomes |= await self._outcomes({session_id: waiting}, wait=wait)
        return outcomes

    def _tell(self, waiting: Waiting, outcome: Outcome) -> None:
        progress, told = waiting
        try:
            told(progress, outcome)
        except Exception as error:
            log.exception("saved progress was not told (%s)", type(error).__name__)

    def _try_again(self, session_id: str, waiting: Waiting) -> None:
        """Put back what was not saved, or may not have been, as it is: nothing is added to it."""
        newer = self._pending.get(session_id)
        if newer is None or newer[0].owner == waiting[0].owner:
            self._unsure[session_id] = waiting
            self._soon()

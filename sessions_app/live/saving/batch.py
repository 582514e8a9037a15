"""Write-behind for progress: a few times a second one statement saves every session that moved.

Nothing is acknowledged before its transaction has committed; while the database is away, progress
stays in the hands and is tried again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, InterfaceError

from readerai.logs import named
from readerai.monitoring import metrics

from ...domain.errors import SessionNotFound, StaleOwner
from ...domain.hand.changes import Kept
from ...domain.hand.commit import Snapshot
from ...domain.hand.saving import Fate, save_all
from ...domain.progress import next_snapshot, put_back, saved
from ...messages.playhead import progress_saved
from ...protocol import server
from ...protocol.errors import Close
from ..line import Line
from .database import in_database
from .writing import reread

log = logging.getLogger(__name__)

FLUSH_SECONDS: Final = 0.25
MAX_BATCH: Final = 1000
RETRY_SECONDS: Final = 1.0

_CLOSE_FOR: Final[dict[Fate, Close]] = {
    "taken_over": Close.TAKEN_OVER,
    "gone": Close.NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class _InFlight:
    """One session's snapshot on its way to the database, and what is said once it is there."""

    line: Line
    taken: Snapshot
    kept: Kept
    place: server.ProgressSaved


class Batch:
    """The lines of this process whose progress is not saved yet."""

    def __init__(self, changed: Callable[[Line], None]) -> None:
        self._changed = changed
        self._waiting: dict[Line, None] = {}
        self._timer: asyncio.Task[None] | None = None

    def add(self, line: Line) -> None:
        """Have a line's progress saved soon."""
        self._waiting[line] = None
        if self._timer is None:
            self._timer = asyncio.create_task(self._run())

    async def flush(self, line: Line) -> None:
        """Save one line's progress now. Raises what the database raises."""
        async with line.writing:
            self._waiting.pop(line, None)
            if line.hand.stale:
                await reread(line)
            if line.hand.unsaved or line.hand.changes.is_activity:
                await self._save([line])

    async def flush_all(self) -> None:
        """Save everything that waits; what could not be saved stays. Raises what the database
        raises."""
        for _ in range(3):
            await self._flush()

    async def _run(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(FLUSH_SECONDS)
                try:
                    await self._flush()
                except (DatabaseError, InterfaceError) as failure:
                    log.warning("progress waits for the database (%s)", named(failure))
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._timer = None

    async def _flush(self) -> None:
        """Save whoever waits and has no job under way just now."""
        ready = [each for each in self._waiting if not each.writing.locked()][:MAX_BATCH]
        for line in ready:
            await line.writing.acquire()  # free, so that nothing runs in between
            del self._waiting[line]
        try:
            fresh = await self._fresh(ready)
            for start in range(0, len(fresh), MAX_BATCH):
                await self._save(fresh[start : start + MAX_BATCH])
        except BaseException:
            for line in ready:
                if not line.closed:
                    self._waiting[line] = None
            raise
        finally:
            for line in ready:
                line.writing.release()

    async def _fresh(self, lines: list[Line]) -> list[Line]:
        """Those that can be saved: what a failed commit left in doubt is read anew before."""
        fresh = [each for each in lines if not each.hand.stale]
        stale = [each for each in lines if each.hand.stale]
        ends = await asyncio.gather(*map(reread, stale), return_exceptions=True)
        for line, end in zip(stale, ends, strict=True):
            if isinstance(end, StaleOwner):
                line.close_soon(Close.TAKEN_OVER)
            elif isinstance(end, SessionNotFound):
                line.close_soon(Close.NOT_FOUND)
            elif isinstance(end, BaseException):
                raise end
            elif line.hand.unsaved:
                self._waiting.pop(line, None)
                fresh.append(line)
        return fresh

    async def _save(self, lines: list[Line]) -> None:
        if not lines:
            return
        began = time.monotonic()
        flights = []
        for line in lines:
            place, (taken, kept) = progress_saved(line.hand), next_snapshot(line.hand)
            line.hand.stale = True  # until the database has said what became of it
            flights.append(_InFlight(line, taken, kept, place))
        fates = await in_database(save_all, [flight.taken for flight in flights])
        metrics.flushed(len(flights), time.monotonic() - began)
        for flight in flights:
            self._settle(flight, fates[flight.taken.session_id])

    def _settle(self, flight: _InFlight, fate: Fate) -> None:
        line = flight.line
        if fate == "saved":
            line.hand.stale = False
            line.acknowledge(saved(line.hand, flight.kept), flight.place)
            self._changed(line)
        elif fate == "busy":
            line.hand.stale = False
            put_back(line.hand, flight.taken)
            self._waiting[line] = None
        elif fate == "moved":
            self._waiting[line] = None  # stale: read anew with the next batch
        else:
            line.close_soon(_CLOSE_FOR[fate])

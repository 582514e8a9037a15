"""What has to be done for sessions that nobody is connected to any more."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

from readerai.logs import named

from ...domain import answers, lifecycle
from ...domain.presence import absence, presence
from ...records.upkeep import do_what_is_due
from ..saving.database import in_database
from .process import LiveProcess, live_process

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What one round did."""

    paused: int = 0
    answered: int = 0
    released: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.paused or self.answered or self.released)


class Housekeeping:
    def __init__(self) -> None:
        self._process: LiveProcess | None = None

    async def round(self) -> Done:
        """One round. A database that is away is tried again in the next one."""
        try:
            paused = await in_database(lifecycle.pause_all_idle)
            released = await in_database(presence.sweep)
            await in_database(absence.lower_hands_left_up)
            answered = await self._finish_answers()
        except (DatabaseError, InterfaceError) as failure:
            log.warning("housekeeping waits for the database (%s)", named(failure))
            return Done()
        return Done(paused, answered, released)

    async def upkeep(self) -> list[str]:
        """Anchors of the logs and the retention schedule, where they are due; what was done."""
        try:
            return await in_database(do_what_is_due)
        except (DatabaseError, InterfaceError, OSError) as failure:
            log.warning("upkeep waits (%s)", named(failure))
            return []

    async def _finish_answers(self) -> int:
        orphans = await in_database(answers.orphans)
        if not orphans:
            return 0
        process = self._process = live_process()
        for interruption_id in orphans:
            process.answering.begin(interruption_id)
        await process.answering.all_done()
        return len(orphans)

    async def close(self) -> None:
        if self._process is not None:
            await self._process.drain()

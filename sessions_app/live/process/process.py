"""What one server process holds: its lines, its unsaved progress, its answers, and the rounds
it makes. One per event loop, made when the first connection comes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from library.book_structure import BookStructure, book_structure
from library.models import Book
from readerai.clock import shared_clock
from readerai.logs import named
from readerai.monitoring import capacity, metrics

from ...domain import answers, lifecycle
from ...domain.errors import Refused
from ...domain.presence import absence, presence
from ...protocol.errors import Close
from ...tutor.types import Tutor
from ..answers.answering import Answering
from ..answers.tutoring import make_tutor
from ..budget import memory_use
from ..limits import Cooling
from ..line import Line
from ..lines import Lines
from ..notices import Notices
from ..saving.batch import Batch
from ..saving.database import in_database
from ..saving.writing import change_held
from ..streams import HttpTransport
from .rounds import begin_rounds

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 2.0
RENEW_SECONDS: Final = 15.0
ORPHANS_SECONDS: Final = 5.0
SWEEP_SECONDS: Final = 30.0
# Of the time that there is for leaving: for saving, and as much again for saying good-bye.
DRAIN_SHARE: Final = 0.4

_CLOSE_FOR: Final[dict[presence.Loss, Close]] = {
    "taken_over": Close.TAKEN_OVER,
    "signed_out": Close.NOT_SIGNED_IN,
    "idle": Close.IDLE,
    "completed": Close.COMPLETE,
    "erased": Close.NOT_FOUND,
}


class LiveProcess:
    def __init__(self) -> None:
        self.server_id = f"server-{secrets.token_hex(8)}"
        self.capacity = capacity.here
        self.cooling = Cooling()
        self.sockets = 0  # open ones, those that are being refused or closed among them
        self.notices = Notices()
        self.lines = Lines(self.capacity, self.notices)
        self.batch = Batch(self.lines.changed)
        self.tutor: Tutor = make_tutor()
        self.answering = Answering(self.lines, self.notices, self.tutor, self.server_id)
        #: Who else holds sockets here takes leave with the process.
        self.leaving: set[Callable[[], Awaitable[None]]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        metrics.session_memory.measure = self._memory
        self.notices.on("session.moved", self._moved)
        self.notices.on("answer.ended", self._answer_ended)
        self._rounds = [
            asyncio.create_task(self._every(seconds, work))
            for seconds, work in (
                (LOOK_SECONDS, self._look_after_lines),
                (RENEW_SECONDS, self._renew),
                (ORPHANS_SECONDS, self._adopt_orphans),
                (SWEEP_SECONDS, self._sweep_presences),
            )
        ] + begin_rounds()
        self.spawn(self._measure_clock())

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _memory(self) -> dict[str, int]:
        lines = self.lines.all()
        return asdict(memory_use((line.budget, line.hand) for line in lines))

    def _moved(self, notice: dict[str, Any]) -> None:
        """Another server says that a session's connection is there now."""
        line = self.lines.get(notice["session"])
        if line is not None and line.hand.row.owner < notice["owner"]:
            line.close_soon(Close.TAKEN_OVER)

    def _answer_ended(self, notice: dict[str, Any]) -> None:
        self.answering.followers.hear_end(notice["interruption"])

    async def _measure_clock(self) -> None:
        try:
            await in_database(shared_clock.measure)
        except (DatabaseError, InterfaceError) as failure:
            log.warning("the clock waits for the database (%s)", named(failure))

    # -- rounds ----------------------------------------------------------------------------

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except (DatabaseError, InterfaceError) as failure:
                log.warning("a round waits for the database (%s)", named(failure))
            except Exception:
                log.exception("a round failed")

    async def _look_after_lines(self) -> None:
        """Close what was taken over, signed out, left idle, left unread or lost in silence."""
        now = time.monotonic()
        for line in self.lines.all():
            transport = line.transport
            if isinstance(transport, HttpTransport) and transport.is_dead(now):
                transport.end()
                self.spawn(line.gone())
            elif line.stalled(now):
                line.close_soon(Close.TOO_MANY)
            elif now - line.active_at > settings.READERAI_IDLE_SECONDS:
                self.spawn(self._pause_idle(line))
        owners = {line.session_id: line.hand.row.owner for line in self.lines.all()}
        if not owners:
            return
        lost = await in_database(presence.lost, server=self.server_id, owners=owners)
        for session_id, why in lost.items():
            held = self.lines.get(session_id)
            if held is None or held.hand.row.owner != owners[session_id]:
                continue
            if why != "lapsed" or not await self._regain(held):
                held.close_soon(_CLOSE_FOR.get(why, Close.NOT_SIGNED_IN))

    async def _regain(self, line: Line) -> bool:
        """All presences run out while the database is away; whoever may stay gets theirs back."""
        return await in_database(
            presence.regain,
            session_id=line.session_id,
            owner=line.hand.row.owner,
            server=self.server_id,
            sign_in_id=line.sign_in.pk,
        )

    async def _pause_idle(self, line: Line) -> None:
        line.touch()
        try:
            await change_held(line, lifecycle.pause_idle)
        except Refused:
            pass
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a pause waits for the database (%s)", named(failure))
        await line.close(Close.IDLE)

    async def _renew(self) -> None:
        """Keep what runs out by the database's clock, and look again at what is held for long."""
        await self._measure_clock()
        lines = self.lines.all()
        if lines:
            sessions = [line.session_id for line in lines]
            await in_database(presence.renew, server=self.server_id, session_ids=sessions)
            books = await in_database(_books, {line.hand.book.book_id for line in lines})
            for line in lines:
                line.hand.book = books.get(line.hand.book.book_id, line.hand.book)

    async def _adopt_orphans(self) -> None:
        if not self.capacity.closed:
            for interruption_id in await in_database(answers.orphans):
                self.answering.begin(interruption_id)

    async def _sweep_presences(self) -> None:
        await in_database(presence.sweep)
        await in_database(absence.lower_hands_left_up)

    # -- the end ---------------------------------------------------------------------------

    async def drain(self) -> None:
        """Take leave: nothing new, everything saved, everybody told to come back at once."""
        self.capacity.closed = True
        for task in self._rounds:
            task.cancel()
        await self._within(DRAIN_SHARE, self.batch.flush_all(), self.answering.drain())
        await self._within(
            DRAIN_SHARE,
            *(line.close(Close.RESTARTING) for line in self.lines.all()),
            *(leave() for leave in list(self.leaving)),
        )
        await self._within(
            0.1,
            in_database(presence.leave, server=self.server_id),
            in_database(answers.leave, server=self.server_id),
            self._all_heard(),
        )
        await self.notices.close()
        await self.tutor.aclose()

    async def _all_heard(self) -> None:
        """Wait until every client has answered its close frame: daphne, once told to stop, drops
        what it has not written yet."""
        while self.sockets > 0:  # noqa: ASYNC110 - a countdown, looked at for a second at most
            await asyncio.sleep(0.02)

    async def _within(self, share: float, *work: Awaitable[None]) -> None:
        """Do all of ``work`` at once, in this share of the time that there is for leaving: a
        database that hangs, or a client that does not read, must not keep the others waiting."""
        try:
            async with asyncio.timeout(settings.READERAI_DRAIN_SECONDS * share):
                ends = await asyncio.gather(*work, return_exceptions=True)
        except TimeoutError:
            log.warning("not everything could be done before leaving")
            return
        for failure in ends:
            if isinstance(failure, BaseException):
                log.warning("leaving with a failure (%s)", named(failure))


def _books(wanted: set[int]) -> dict[int, BookStructure]:
    """Books as they are now: a checkpoint or a narration may have changed."""
    books = {}
    for book_id in wanted:
        with contextlib.suppress(Book.DoesNotExist):
            books[book_id] = book_structure(book_id)
    return books


_processes: WeakKeyDictionary[asyncio.AbstractEventLoop, LiveProcess] = WeakKeyDictionary()


def live_process() -> LiveProcess:
    """This event loop's process, made on first use."""
    loop = asyncio.get_running_loop()
    process = _processes.get(loop)
    if process is None:
        process = _processes[loop] = LiveProcess()
    return process


def started_process() -> LiveProcess | None:
    """This event loop's process, if there is one."""
    return _processes.get(asyncio.get_running_loop())

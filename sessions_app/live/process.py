"""What one server process holds: its connections, its unsaved progress, its answers, and the
rounds it makes. One per event loop, made when the first connection comes."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from readerai import capacity

from ..domain import answers, lifecycle, presence
from ..domain.errors import Refused
from ..protocol.errors import Close
from ..tutor.types import Tutor
from .answering import Answering
from .database import in_database
from .limits import Cooling
from .notices import Notices
from .ports import Client
from .progress_writer import ProgressWriter
from .tutoring import make_tutor

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 2.0
RENEW_SECONDS: Final = 15.0
ORPHANS_SECONDS: Final = 5.0
SLOTS_SECONDS: Final = 30.0
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
        self.writer = ProgressWriter()
        self.cooling = Cooling()
        self.sockets = 0  # open ones, those that are being refused or closed among them
        self.answering = Answering(self)
        self.notices = Notices(self._moved)
        self.tutor: Tutor = make_tutor()
        #: Who else holds sockets here takes leave with the process.
        self.leaving: set[Callable[[], Awaitable[None]]] = set()
        self._connections: dict[str, Client] = {}
        self.opening = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._rounds = [
            asyncio.create_task(self._every(seconds, work))
            for seconds, work in (
                (LOOK_SECONDS, self._look_after_connections),
                (RENEW_SECONDS, self._renew_slots),
                (ORPHANS_SECONDS, self._adopt_orphans),
                (SLOTS_SECONDS, self._sweep_slots),
            )
        ]

    # -- connections -----------------------------------------------------------------------

    def connection(self, session_id: str) -> Client | None:
        return self._connections.get(session_id)

    def no_room_for(self, session_id: str) -> Close | None:
        """Why no connection can be opened now, or None. One that replaces another needs no room
        of its own."""
        if self.capacity.closed:
            return Close.RESTARTING
        if session_id in self._connections:
            return None
        return None if self.capacity.has_room_beside(self.opening) else Close.FULL

    def register(self, connection: Client) -> bool:
        """Make ``connection`` its session's; False where a newer one is already."""
        before = self._connections.get(connection.session_id)
        if before is not None and before.owner > connection.owner:
            return False
        self._connections[connection.session_id] = connection
        self.capacity.live = len(self._connections)
        if before is not None:
            before.close_soon(Close.TAKEN_OVER)
        self.notices.moved(connection.session_id, connection.owner)
        self.changed(connection.session_id)
        return True

    def unregister(self, connection: Client) -> None:
        if self._connections.get(connection.session_id) is connection:
            del self._connections[connection.session_id]
            self.capacity.live = len(self._connections)

    def changed(self, session_id: str) -> None:
        """Let the teachers' feeds know, soon, that a session is worth another look."""
        self.notices.changed(session_id)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _moved(self, session_id: str, owner: int) -> None:
        """Another server says that a session's connection is there now."""
        connection = self._connections.get(session_id)
        if connection is not None and connection.owner < owner:
            connection.close_soon(Close.TAKEN_OVER)

    # -- rounds ----------------------------------------------------------------------------

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except (DatabaseError, InterfaceError) as failure:
                log.warning("a round waits for the database (%s)", type(failure).__name__)
            except Exception:
                log.exception("a round failed")

    async def _look_after_connections(self) -> None:
        """Close what was taken over, signed out, left idle or left unread."""
        now = time.monotonic()
        for connection in list(self._connections.values()):
            if connection.stalled(now):
                connection.close_soon(Close.TOO_MANY)
            elif now - connection.active_at > settings.READERAI_IDLE_SECONDS:
                self.spawn(self._pause_idle(connection))
        owners = {each.session_id: each.owner for each in self._connections.values()}
        if not owners:
            return
        lost = await in_database(presence.lost, server=self.server_id, owners=owners)
        for session_id, why in lost.items():
            held = self._connections.get(session_id)
            if held is None or held.owner != owners[session_id]:
                continue
            if why != "lapsed" or not await self._regain(held):
                held.close_soon(_CLOSE_FOR.get(why, Close.NOT_SIGNED_IN))

    async def _regain(self, connection: Client) -> bool:
        """All slots run out while the database is away; whoever may stay gets theirs back."""
        return await in_database(
            presence.regain,
            session_id=connection.session_id,
            owner=connection.owner,
            server=self.server_id,
            sign_in_id=connection.sign_in.pk,
        )

    async def _pause_idle(self, connection: Client) -> None:
        connection.active_at = time.monotonic()
        try:
            await self.writer.flush(connection.session_id)
            await in_database(
                lifecycle.pause_idle, session_id=connection.session_id, owner=connection.owner
            )
        except Refused:
            pass
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a pause waits for the database (%s)", type(failure).__name__)
        await connection.close(Close.IDLE)

    async def _renew_slots(self) -> None:
        if self._connections:
            await in_database(
                presence.renew, server=self.server_id, session_ids=list(self._connections)
            )

    async def _adopt_orphans(self) -> None:
        if not self.capacity.closed:
            for interruption_id in await in_database(answers.orphans):
                self.answering.begin(interruption_id)

    async def _sweep_slots(self) -> None:
        await in_database(presence.sweep)

    # -- the end ---------------------------------------------------------------------------

    async def drain(self) -> None:
        """Take leave: nothing new, everything saved, everybody told to come back at once."""
        self.capacity.closed = True
        for task in self._rounds:
            task.cancel()
        await self._within(DRAIN_SHARE, self.writer.flush_all(), self.answering.drain())
        await self._within(
            DRAIN_SHARE,
            *(each.close(Close.RESTARTING) for each in list(self._connections.values())),
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
                log.warning("leaving with a failure (%s)", type(failure).__name__)


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

"""One client's live connection to one session, whatever carries it.

The transport hands frames to ``receive``, which never waits: it limits, queues, and a task
of the connection's own works them off one at a time. So a slow database job of this child
holds up nobody else, and this child has at most one job under way.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Coroutine
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from readerai import metrics
from readerai.accounts.models import SignIn, User

from ..domain import lifecycle, queries
from ..domain.errors import NotActive, OutOfBook, Refused, SessionNotFound, StaleOwner
from ..domain.lifecycle import Opened
from ..domain.message_ids import CommittedIds
from ..domain.pace import Pace
from ..domain.queries import Opening
from ..protocol import client, codec, server
from ..protocol.errors import CLOSE_ERROR, Close, error
from .database import in_database
from .handlers import handle
from .limits import BadFrames, FrameRate, Verdict
from .outbound import Outbound, Transport
from .ports import Host

log = logging.getLogger(__name__)

MAX_QUEUED: Final = 64
MAX_PASSED_OVER: Final = 2000


class Connection:
    """Made for every socket or stream; ``open`` decides whether it lives."""

    def __init__(
        self, process: Host, session_id: str, sign_in: SignIn, transport: Transport
    ) -> None:
        self.process = process
        self.session_id = session_id
        self.sign_in = sign_in
        self.owner = 0
        self.ids = CommittedIds()
        self.missed: list[int] = []
        # Progress that was refused as too fast: the next that is saved stands for it.
        self.passed_over: list[int] = []
        self.opening: Opening
        self.pace: Pace
        self.answered_checkpoints: set[int] = set()
        # Which were put to the child here, and which were said to be near.
        self.told_checkpoints: set[int] = set()
        self.announced_checkpoints: set[int] = set()
        now = time.monotonic()
        self.active_at = now
        self.transport = transport
        self._out = Outbound(transport)
        self._seq = 0
        self._rate = FrameRate(now)
        self._bad = BadFrames()
        self._replies = metrics.ReplyClock()
        self._queue: asyncio.Queue[codec.ClientMessage | codec.BadFrame] = asyncio.Queue(MAX_QUEUED)
        self._worker: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy = False
        self._closing = False
        self.closed = False

    @property
    def user(self) -> User:
        return self.sign_in.user

    # -- opening ---------------------------------------------------------------------------

    async def open(self) -> bool:
        """Claim the session and restore the client. Closes, and says False, where it cannot."""
        await self._cool_down()
        refused = self.process.no_room_for(self.session_id)
        if refused is not None:
            await self.close(refused)
            return False
        self.process.opening += 1
        try:
            return await self._claim()
        finally:
            self.process.opening -= 1

    async def _cool_down(self) -> None:
        now = time.monotonic()
        left = self.process.cooling.seconds_left(self.session_id, self.user.pk, now)
        if left:
            await asyncio.sleep(left)

    async def _claim(self) -> bool:
        try:
            await self.process.writer.flush(self.session_id)
            opened, opening, restored = await in_database(self._open)
        except SessionNotFound:
            await self.close(Close.NOT_FOUND)
            return False
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a connection could not be opened (%s)", type(failure).__name__)
            await self.close(Close.RESTARTING)
            return False
        self.owner = opened.owner
        self.opening = opening
        self.ids = CommittedIds.parse(opening.session.committed_ids)
        self.pace = Pace(opening.state.word_index)
        restored = self.process.answering.with_text_so_far(restored)
        self._note_due(restored)
        if opened.completed:
            self.push(restored)
            await self.close(Close.COMPLETE)
            return False
        if not self.process.register(self):
            await self.close(Close.TAKEN_OVER)
            return False
        self.push(restored)
        self._worker = asyncio.create_task(self._work())
        if isinstance(restored.open_interruption, server.OpenInterruption):
            self.process.answering.watch(self, restored.open_interruption)
        return True

    def _open(self) -> tuple[Opened, Opening, server.SessionRestored]:
        opened = lifecycle.open_connection(
            session_id=self.session_id,
            user=self.user,
            sign_in=self.sign_in,
            server=self.process.server_id,
        )
        opening = queries.read_session(self.session_id, self.user)
        answered = queries.answered_checkpoints(opening)
        self.answered_checkpoints = set(answered)
        return opened, opening, queries.restored(opening, answered)

    def _note_due(self, restored: server.SessionRestored) -> None:
        due = restored.due_checkpoint
        for place in self.opening.book.checkpoints:
            if isinstance(due, server.PauseForCheckpoint) and place.slug == due.checkpoint_id:
                self.told_checkpoints.add(place.pk)

    # -- frames in -------------------------------------------------------------------------

    def receive(self, frame: str | bytes | None) -> None:
        """Take a frame from the client. Never waits and never raises."""
        if self.closed or self._closing or self.process.capacity.closed:
            metrics.frame_in("late")
            return
        now = time.monotonic()
        if settings.READERAI_RATE_LIMITS:
            verdict = self._rate.take(now)
            if verdict is Verdict.FAR_TOO_FAST:
                self.process.cooling.cut(self.session_id, self.user.pk, now)
                self.close_soon(Close.TOO_MANY)
                return
            if verdict is Verdict.TOO_FAST:
                self._too_fast(frame)
                return
        try:
            if not isinstance(frame, str):
                raise codec.BadFrame("bad_json")
            taken = codec.decode(frame, self.session_id)
            metrics.frame_in(taken.type)
            self._replies.came(taken.id)
            message: codec.ClientMessage | codec.BadFrame = taken
        except codec.BadFrame as bad:
            metrics.frame_in("bad")
            message = bad
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self._too_fast(frame)

    def _too_fast(self, frame: str | bytes | None) -> None:
        """Refuse a frame for now; one with an id is to be sent again."""
        refused = None
        if isinstance(frame, str):
            with contextlib.suppress(codec.BadFrame):
                refused = codec.decode(frame, self.session_id)
        reply_to = None if refused is None else refused.id
        if refused is not None and reply_to is not None and reply_to not in self.ids:
            if isinstance(refused.payload, client.ReadingProgress):
                self.passed_over = [*self.passed_over, reply_to][-MAX_PASSED_OVER:]
            # The lowest are the ones that lastId must stay below.
            self.missed = [*self.missed, reply_to][:MAX_QUEUED]
        self.push(error("too_fast"), reply_to)

    async def _work(self) -> None:
        while not (self.closed or self._closing):
            message = await self._queue.get()
            if isinstance(message, codec.BadFrame):
                self.bad_frame(message)
                continue
            self._busy = True
            try:
                await self._work_off(message)
            finally:
                self._busy = False

    async def _work_off(self, message: codec.ClientMessage) -> None:
        try:
            await handle(self, message)
        except StaleOwner:
            self.close_soon(Close.TAKEN_OVER)
        except SessionNotFound:
            self.close_soon(Close.NOT_FOUND)
        except NotActive:
            self.push(error("not_active"), message.id)
        except OutOfBook:
            self.bad_frame(codec.BadFrame("bad_payload", message.id))
        except codec.BadFrame as bad:
            self.bad_frame(bad)
        except (DatabaseError, InterfaceError, Refused) as failure:
            log.warning("%s was not saved (%s)", message.type, type(failure).__name__)
            self._missed(message)
        except Exception:
            log.exception("%s failed", message.type)
            self._missed(message)

    def _missed(self, message: codec.ClientMessage) -> None:
        if message.id is not None:
            self.missed.append(message.id)
        self.push(error("internal"), message.id)

    def bad_frame(self, bad: codec.BadFrame) -> None:
        """Answer a frame that cannot be taken; one too many of them closes the connection."""
        self.push(error(bad.code), bad.reply_to)
        if settings.READERAI_RATE_LIMITS and self._bad.one_more(time.monotonic()):
            self.close_soon(Close.BAD_FRAMES)

    # -- frames out ------------------------------------------------------------------------

    def push(self, payload: server.Payload, reply_to: int | None = None) -> None:
        """Send a frame, in the order of the calls. Never waits."""
        if self.closed:
            return
        self._seq += 1
        metrics.frame_out(payload.type, payload.code if isinstance(payload, server.Error) else "")
        self._replies.answered(reply_to)
        self._out.push(
            codec.encode(payload, session_id=self.session_id, seq=self._seq, reply_to=reply_to)
        )

    def committed(self, message_id: int | None) -> None:
        if message_id is not None:
            self.ids.add(message_id)

    def stalled(self, now: float) -> bool:
        return self._out.stalled(now)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the message at hand; it ends with the connection."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- the end ---------------------------------------------------------------------------

    def close_soon(self, code: Close) -> None:
        """Close from where nobody can wait."""
        if not (self.closed or self._closing):
            self._closing = True
            self.process.spawn(self.close(code))

    async def close(self, code: Close) -> None:
        """Say why, close the transport, and give up the session's slot."""
        if self.closed:
            return
        if code in CLOSE_ERROR:
            self.push(error(CLOSE_ERROR[code]))
        self.closed = True
        stalled = self._out.stalled(time.monotonic())
        if not stalled:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await self._out.flushed()
        self._out.abandon()
        with contextlib.suppress(Exception):
            async with asyncio.timeout(5):
                await self.transport.close(int(code))
        await self._end(release=code is not Close.TAKEN_OVER)

    async def gone(self) -> None:
        """The client went away by itself."""
        if not self.closed:
            self.closed = True
            self._out.abandon()
            await self._end(release=True)

    async def _end(self, *, release: bool) -> None:
        # A message at work is worked off: its job in the database would go on anyway, and what
        # follows it (an answer that begins) must not be left out.
        worker = None if self._busy else self._worker
        for task in [*self._tasks, worker]:
            if task is not None and task is not asyncio.current_task():
                task.cancel()
        if not self.owner:
            return
        self.process.unregister(self)
        try:
            await self.process.writer.flush(self.session_id)
            if release and not self.process.capacity.closed:  # who drains gives up all at once
                await in_database(lifecycle.release, session_id=self.session_id, owner=self.owner)
        except (DatabaseError, InterfaceError) as failure:
            # The slot runs out by itself, and progress stays with the writer.
            log.warning("a connection's end was not saved (%s)", type(failure).__name__)
        self.process.changed(self.session_id)

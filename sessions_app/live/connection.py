"""A client's connection to one session, whatever carries it: opening it, and what comes in on it.

The transport hands frames to ``receive``, which never waits: it limits, queues, and a task
of the connection's own works them off one at a time. So a slow database job of this child
holds up nobody else, and this child has at most one job under way.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from readerai.accounts.models import Enrolment, SignIn
from readerai.logs import named
from readerai.monitoring import metrics

from ..domain import queries
from ..domain.errors import Invalid, NotActive, Refused, SessionNotFound, StaleOwner
from ..domain.presence import absence, connecting
from ..domain.presence.connecting import Connected, OpenElsewhere
from ..messages import MESSAGES
from ..messages.base import Message
from ..protocol import codec, server
from ..protocol.codec import BadFrame, ClientFrame
from ..protocol.errors import Close, error
from .budget import FRAME_BYTES
from .dispatch import take_place, work_off
from .limits import BadFrames, FrameRate, Verdict
from .line import Line
from .outbound import Transport
from .process.process import LiveProcess
from .saving.database import in_database
from .saving.writing import change_held

log = logging.getLogger(__name__)

MAX_QUEUED: Final = 64
MAX_THROTTLED: Final = 2000

decoder: Final = codec.Decoder(MESSAGES)

Inbound = ClientFrame[Message] | BadFrame


class Connection(Line):
    """Made for every socket or stream; ``open`` decides whether it lives."""

    def __init__(
        self,
        process: LiveProcess,
        session_id: str,
        sign_in: SignIn,
        transport: Transport,
        *,
        client: str = "",
        only_if_free: bool = False,
    ) -> None:
        super().__init__(session_id, sign_in, transport, client)
        self.process = process
        self._only_if_free = only_if_free
        self._is_limited = settings.READERAI_RATE_LIMITS
        # Places that were refused as too fast: the next that is saved stands for them.
        self._throttled: list[int] = []
        self._rate = FrameRate(self.active_at)
        self._bad = BadFrames()
        self._queue: asyncio.Queue[tuple[Inbound, int]] = asyncio.Queue(MAX_QUEUED)
        self._worker: asyncio.Task[None] | None = None
        self._busy = False

    # -- opening ---------------------------------------------------------------------------

    async def open(self) -> bool:
        """Claim the session and restore the client. Closes, and says False, where it cannot."""
        lines, cooling = self.process.lines, self.process.cooling
        left = cooling.seconds_left(self.session_id, self.user.pk, time.monotonic())
        if left:
            await asyncio.sleep(left)
        refused = lines.no_room_for(self.session_id)
        if refused is not None:
            await self.close(refused)
            return False
        lines.opening += 1
        try:
            return await self._claim()
        finally:
            lines.opening -= 1

    async def _claim(self) -> bool:
        older = self.process.lines.get(self.session_id)
        try:
            if older is not None:
                with contextlib.suppress(Refused):
                    await self.process.batch.flush(older)
            connected, restored = await in_database(self._connect)
        except SessionNotFound:
            await self.close(Close.NOT_FOUND)
            return False
        except OpenElsewhere:
            await self.close(Close.TAKEN_OVER)
            return False
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a connection could not be opened (%s)", named(failure))
            await self.close(Close.RESTARTING)
            return False
        return await self._begin(connected, restored)

    def _connect(self) -> tuple[Connected, server.SessionRestored]:
        connected = connecting.connect(
            session_id=self.session_id,
            user=self.user,
            sign_in=self.sign_in,
            server=self.process.server_id,
            client=self.client,
            only_if_free=self._only_if_free,
        )
        connected.hand.client = self.client
        classes = Enrolment.objects.filter(student=connected.hand.student_id, ended_on=None)
        self.classes = tuple(classes.values_list("classroom", flat=True))
        return connected, queries.restored(connected.hand, connected.session, connected.rows)

    async def _begin(self, connected: Connected, restored: server.SessionRestored) -> bool:
        hand = self.hand = connected.hand
        hand.student_clock = self.process.lines.student_clock(hand.student_id)
        hand.begin_watching(time.monotonic())
        restored = self.process.answering.with_text_so_far(restored)
        if hand.is_completed:
            self.push(restored)
            await self.close(Close.COMPLETE)
            return False
        if not self.process.lines.register(self):
            await self.close(Close.TAKEN_OVER)
            return False
        due = restored.due_checkpoint
        if isinstance(due, server.PauseForCheckpoint):
            put = hand.book.checkpoint(due.checkpoint_id)
            self.put_checkpoints |= set() if put is None else {put.pk}
        self.push(restored)
        self._worker = asyncio.create_task(self._work())
        if isinstance(restored.open_interruption, server.OpenInterruption):
            self.process.answering.followers.watch(self, restored.open_interruption)
        return True

    # -- frames in -------------------------------------------------------------------------

    def receive(self, frame: str | bytes | None) -> None:
        """Take a frame from the client. Never waits and never raises."""
        if self.is_leaving or self.process.capacity.closed:
            metrics.frame_in("late")
            return
        now = time.monotonic()
        size = FRAME_BYTES + len(frame or "")
        if self._is_limited:
            verdict = self._rate.take(now)
            if verdict is Verdict.FAR_TOO_FAST:
                self.process.cooling.cut(self.session_id, self.user.pk, now)
                self.close_soon(Close.TOO_MANY)
                return
            if verdict is Verdict.TOO_FAST:
                self._too_fast(self._decoded(frame), size)
                return
        taken = self._decoded(frame)
        if isinstance(taken, ClientFrame) and self._take_now(taken):
            return
        if self._queue.full() or not self.budget.has_room(size, self.hand):
            self._too_fast(taken, size)
            return
        self.budget.queued += size
        self._queue.put_nowait((taken, size))

    def _decoded(self, frame: str | bytes | None) -> Inbound:
        try:
            if not isinstance(frame, str):
                raise BadFrame("bad_json")
            taken = decoder.decode(frame, self.session_id)
        except BadFrame as bad:
            metrics.frame_in("bad")
            return bad
        metrics.frame_in(taken.payload.type)
        self._replies.came(taken.id)
        return taken

    def _too_fast(self, refused: Inbound, size: int) -> None:
        """Refuse a frame for now; one with an id is to be sent again. What a child in trouble
        typed is not refused: it waits for its turn."""
        if isinstance(refused, ClientFrame) and refused.payload.is_distress(self.hand):
            self.budget.queued += size
            self.spawn(self._queue.put((refused, size)))
            return
        reply_to = None
        if isinstance(refused, ClientFrame) and refused.id is not None:
            reply_to = refused.id
            if reply_to not in self.hand.ids.of(self.client):
                if refused.payload.is_batched:
                    self._throttled = [*self._throttled, reply_to][-MAX_THROTTLED:]
                self.hand.missed.add((self.client, reply_to))
        self.push(error("too_fast"), reply_to)

    def _throttled_before(self, message_id: int | None) -> tuple[int, ...]:
        """The throttled places that this message stands for: it came after them."""
        if message_id is None or not self._throttled:
            return ()
        before = tuple(each for each in self._throttled if each < message_id)
        self._throttled = [each for each in self._throttled if each > message_id]
        return before

    async def _work(self) -> None:
        while not self.is_leaving:
            taken, size = await self._queue.get()
            self.budget.queued -= size
            if isinstance(taken, BadFrame):
                self._answer_bad(taken)
                continue
            self._busy = True
            try:
                stands_for = self._throttled_before(taken.id) if taken.payload.is_batched else ()
                await work_off(self.process, self, taken, stands_for)
            except Exception as failure:  # noqa: BLE001 - each is answered
                self._answer_failure(taken, failure)
            finally:
                self._busy = False

    def _take_now(self, frame: ClientFrame[Message]) -> bool:
        """Take a place at once where nothing is before it; False where it has to wait its turn."""
        if self._busy or self._worker is None or not frame.payload.is_batched:
            return False
        if self.hand.stale or not self._queue.empty():
            return False
        if not self.budget.has_room(FRAME_BYTES, self.hand):
            return False
        try:
            return take_place(self.process, self, frame, self._throttled_before(frame.id))
        except Exception as failure:  # noqa: BLE001 - each is answered
            self._answer_failure(frame, failure)
            return True

    def _answer_failure(self, frame: ClientFrame[Message], failure: Exception) -> None:
        """Answer a message that was not done."""
        match failure:
            case StaleOwner():
                self.close_soon(Close.TAKEN_OVER)
            case SessionNotFound():
                self.close_soon(Close.NOT_FOUND)
            case NotActive():
                self.push(error("not_active"), frame.id)
            case Invalid():
                self._answer_bad(BadFrame("bad_payload", frame.id, failure.field))
            case DatabaseError() | InterfaceError() | Refused():
                log.warning("%s was not saved (%s)", frame.payload.type, named(failure))
                self._refuse(frame)
            case _:
                log.error("%s failed", frame.payload.type, exc_info=failure)
                self.hand.stale = True
                self._refuse(frame)

    def _refuse(self, frame: ClientFrame[Message]) -> None:
        """Say that a message is to be sent again; ``lastId`` stays below it until then."""
        if frame.id is not None:
            self.hand.missed.add((self.client, frame.id))
        self.push(error("internal"), frame.id)

    def _answer_bad(self, bad: BadFrame) -> None:
        """Answer a frame that cannot be taken; one too many of them closes the connection."""
        self.push(error(bad.code, bad.field), bad.reply_to)
        if self._is_limited and self._bad.one_more(time.monotonic()):
            self.close_soon(Close.BAD_FRAMES)

    # -- the end ---------------------------------------------------------------------------

    async def leave(self, *, release: bool) -> None:
        # A message at work is worked off: its job in the database would go on anyway, and what
        # follows it (an answer that begins) must not be left out.
        if self._worker is not None and not self._busy:
            self._worker.cancel()
        if self._worker is None:
            return
        try:
            with contextlib.suppress(Refused):
                await self.process.batch.flush(self)
                if release and not self.process.capacity.closed:  # who drains gives up all at once
                    await change_held(self, absence.end_connection)
        except (DatabaseError, InterfaceError) as failure:
            # The presence runs out by itself.
            log.warning("a connection's end was not saved (%s)", named(failure))
        finally:
            self.process.lines.unregister(self)
        self.process.lines.changed(self)

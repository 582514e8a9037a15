"""One client's line to the session in its hand: frames out, one writer at a time, and the end.

What comes in on it, and how it was opened, is ``connection``'s; whatever else of the process speaks
to a child speaks to their line.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from readerai.accounts.models import SignIn, User
from readerai.monitoring import metrics

from ..domain import checkpoints, queries
from ..domain.hand.changes import Reported
from ..domain.hand.hand import Hand
from ..protocol import codec, server
from ..protocol.errors import CLOSE_ERROR, Close, error
from .budget import MemoryBudget
from .outbound import Outbound, Transport

Ended = Callable[[bool], Awaitable[None]]


class Line:
    """``client`` is the name of the outbox that speaks. ``hand`` is there once it was opened."""

    hand: Hand

    def __init__(
        self, session_id: str, sign_in: SignIn, transport: Transport, client: str = ""
    ) -> None:
        self.session_id = session_id
        self.sign_in = sign_in
        self.transport = transport
        self.client = client
        self.writing = asyncio.Lock()
        self.classes: tuple[int, ...] = ()
        self.active_at = time.monotonic()
        self.closed = False
        # Which checkpoints were put to the child here, and which were said to be near.
        self.put_checkpoints: set[int] = set()
        self.announced_checkpoints: set[int] = set()
        self._closing = False
        self.budget = MemoryBudget()
        self._out = Outbound(transport, self.budget)
        self._seq = 0
        self._replies = metrics.ReplyClock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def user(self) -> User:
        return self.sign_in.user

    @property
    def is_leaving(self) -> bool:
        return self.closed or self._closing

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

    def acknowledge(self, saved: Iterable[Reported], place: server.ProgressSaved) -> None:
        """Say that places are saved, in one frame, and what waits for the child there."""
        saved = list(saved)
        if not saved:
            return
        mine = [max(each.ids) for each in saved if each.ids and each.client == self.client]
        self.push(place, max(mine, default=None))
        self._look_for_checkpoints(place.word_index)

    def touch(self) -> None:
        """The child did something: the session is not idle."""
        self.active_at = time.monotonic()

    def stalled(self, now: float) -> bool:
        return self._out.stalled(now)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the message at hand; it ends with the line."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _look_for_checkpoints(self, word_index: int) -> None:
        hand = self.hand
        # An answered one may have further tries, but keeps no later one from asking.
        answered = {pk for pk, attempts in hand.attempts.items() if attempts}
        start = hand.state.start_word_index
        due = checkpoints.due(hand.book, word_index, start, answered)
        if due is not None and due.pk not in self.put_checkpoints:
            self.put_checkpoints.add(due.pk)
            hand.watch.rest()
            at = hand.book.word_start(word_index)
            self.push(server.PauseAudio("checkpoint", word_index, at))
            self.push(queries.checkpoint_payload(self.session_id, due))
            return
        near = checkpoints.upcoming(hand.book, word_index, answered)
        if near is not None and near.pk not in self.announced_checkpoints:
            self.announced_checkpoints.add(near.pk)
            self.push(server.CheckpointUpcoming(near.slug, near.at_word))

    # -- the end ---------------------------------------------------------------------------

    def close_soon(self, code: Close) -> None:
        """Close from where nobody can wait."""
        if not self.is_leaving:
            self._closing = True
            task = asyncio.create_task(self.close(code))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self, code: Close) -> None:
        """Say why, close the transport, and give up the session."""
        if self.closed:
            return
        if code in CLOSE_ERROR:
            self.push(error(CLOSE_ERROR[code]))
        self.closed = True
        if not self._out.stalled(time.monotonic()):
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
        for task in list(self._tasks):
            if task is not asyncio.current_task():
                task.cancel()
        await self.leave(release=release)

    async def leave(self, *, release: bool) -> None:
        """Give up what the session holds here; ``release`` its presence, too."""

"""Frames on their way to one client, in order, and never more than a client may leave unread."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any, Final, Protocol

from .budget import MOST_UNSENT, MemoryBudget

MAX_UNREAD: Final = 512
STALLED_SECONDS: Final = 15.0


class Transport(Protocol):
    """What carries frames: a WebSocket or an event stream."""

    async def send(self, text: str) -> None:
        """Hand a frame to the network. May wait while the client does not read."""

    async def close(self, code: int) -> None:
        """Close with one of the wire contract's codes."""


class Outbound:
    """``push`` never waits. What the network takes at once is sent at once; a task sends the rest,
    and lives only while there is something to send. ``budget`` counts what is unsent."""

    __slots__ = ("_budget", "_frames", "_sender", "_sending", "_since", "_transport", "broken")

    def __init__(self, transport: Transport, budget: MemoryBudget) -> None:
        self._transport = transport
        self._budget = budget
        self._frames: deque[str] = deque()
        self._sender: asyncio.Task[None] | None = None
        self._sending = False
        self._since = 0.0
        self.broken = False

    def push(self, text: str) -> None:
        if self.broken:
            return
        if len(self._frames) >= MAX_UNREAD or self._budget.unsent + len(text) > MOST_UNSENT:
            self._break()
            return
        self._frames.append(text)
        self._budget.unsent += len(text)
        if not self._sending:
            self._since = time.monotonic()
            self._begin()

    def stalled(self, now: float) -> bool:
        """Whether the client has not read for too long, or has far too much to read."""
        return self.broken or (
            self._sending and bool(self._frames) and now - self._since > STALLED_SECONDS
        )

    def _begin(self) -> None:
        """Send until something has to be waited for; from there on a task does."""
        self._sending = True
        sending = self._send_all()
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        self._sender = asyncio.create_task(_go_on(sending, waits_for))

    async def _send_all(self) -> None:
        try:
            while self._frames:
                await self._transport.send(self._frames[0])
                self._since = time.monotonic()
                if self._frames:
                    self._budget.unsent -= len(self._frames.popleft())
        except (OSError, RuntimeError, asyncio.InvalidStateError):
            # The client is gone; the transport says so in its own way, too.
            self._break()
        finally:
            self._sender = None
            self._sending = False

    async def flushed(self) -> None:
        """Wait until everything pushed so far is handed to the network, or the sender gives up."""
        sender = self._sender
        if sender is not None:
            await asyncio.wait({sender})

    def abandon(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
        self._break()

    def _break(self) -> None:
        self.broken = True
        self._frames.clear()
        self._budget.unsent = 0


async def _go_on(sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
    """The rest of a coroutine that was begun without a task and came to wait for something."""
    await _Begun(sending, waits_for)


class _Begun:
    """Awaits what a begun coroutine waits for, in its name, then the coroutine itself."""

    def __init__(self, begun: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._begun, self._waits_for = begun, waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self._waits_for
        while True:
            try:
                came = yield waits_for
            except BaseException as failure:  # noqa: BLE001 - a cancellation is its to handle
                step = partial(self._begun.throw, failure)
            else:
                step = partial(self._begun.send, came)
            try:
                waits_for = step()
            except StopIteration:
                return

"""Frames on their way to one client, in order, and never more than a client may leave unread."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Final, Protocol

MAX_UNREAD: Final = 512
STALLED_SECONDS: Final = 15.0


class Transport(Protocol):
    """What carries frames: a WebSocket or an event stream."""

    async def send(self, text: str) -> None:
        """Hand a frame to the network. May wait while the client does not read."""

    async def close(self, code: int) -> None:
        """Close with one of the wire contract's codes."""


class Outbound:
    """``push`` never waits. A task sends, and lives only while there is something to send."""

    __slots__ = ("_frames", "_sender", "_since", "_transport", "broken")

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._frames: deque[str] = deque()
        self._sender: asyncio.Task[None] | None = None
        self._since = 0.0
        self.broken = False

    def push(self, text: str) -> None:
        if self.broken:
            return
        if len(self._frames) >= MAX_UNREAD:
            self.broken = True
            self._frames.clear()
            return
        self._frames.append(text)
        if self._sender is None:
            self._since = time.monotonic()
            self._sender = asyncio.create_task(self._send_all())

    def stalled(self, now: float) -> bool:
        """Whether the client has not read for too long, or has far too much to read."""
        return self.broken or (
            self._sender is not None and bool(self._frames) and now - self._since > STALLED_SECONDS
        )

    async def _send_all(self) -> None:
        try:
            while self._frames:
                await self._transport.send(self._frames[0])
                self._since = time.monotonic()
                if self._frames:
                    self._frames.popleft()
        except (OSError, RuntimeError, asyncio.InvalidStateError):
            # The client is gone; the transport says so in its own way, too.
            self.broken = True
            self._frames.clear()
        finally:
            self._sender = None

    async def flushed(self) -> None:
        """Wait until everything pushed so far is handed to the network, or the sender gives up."""
        sender = self._sender
        if sender is not None:
            await asyncio.wait({sender})

    def abandon(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
        self.broken = True
        self._frames.clear()

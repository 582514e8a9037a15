"""What carries frames where sockets are blocked: an event stream, or one answer for each batch.

Frames come in as posts either way. A network that takes everything and passes nothing on is noticed
by what the client no longer says: nothing that is written tells.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

COMMENT_SECONDS: Final = 15.0
MAX_WAITING: Final = 64
#: A client that promises to post every 15 s is gone after so long without a post.
SILENT_SECONDS: Final = 20.0
#: How long a call for the next batch is held while there is nothing.
HELD_SECONDS: Final = 8.0
#: What comes so soon after a batch's first frame goes with it.
GATHER_SECONDS: Final = 0.1
#: A client that fetches batches is gone when it has not asked for so long.
ABSENT_SECONDS: Final = 12.0
#: How long the end of a connection waits for the client to fetch it.
LAST_CALL_SECONDS: Final = 1.0


def _event(text: str) -> str:
    return f"data: {text}\n\n"


def closing(code: int) -> str:
    """The event that says what a close code would have said."""
    return f'event: close\ndata: {{"code":{code}}}\n\n'


class HttpTransport(ABC):
    """A ``Transport`` over HTTP. ``heard_at`` is when the client was heard last (monotonic)."""

    def __init__(self) -> None:
        self.heard_at = time.monotonic()

    def heard(self) -> None:
        """The client has posted something."""
        self.heard_at = time.monotonic()

    @abstractmethod
    async def send(self, text: str) -> None:
        """See ``Transport``."""

    @abstractmethod
    async def close(self, code: int) -> None:
        """See ``Transport``."""

    @abstractmethod
    def is_dead(self, now: float) -> bool:
        """Whether nobody can be at the other end any more."""

    @abstractmethod
    def end(self) -> None:
        """The client is gone: what still waits to be read by it ends."""


class EventStream(HttpTransport):
    """One answer that goes on for as long as the connection lives."""

    def __init__(self, *, has_heartbeat: bool = False) -> None:
        super().__init__()
        self._has_heartbeat = has_heartbeat
        self._events: asyncio.Queue[str | None] = asyncio.Queue()
        self._room = asyncio.Semaphore(MAX_WAITING)

    async def send(self, text: str) -> None:
        await self._room.acquire()
        self._events.put_nowait(_event(text))

    async def close(self, code: int) -> None:
        """Never waits: a client that does not read finds the end, too, once it reads."""
        self._events.put_nowait(closing(code))
        self.end()

    def end(self) -> None:
        self._events.put_nowait(None)

    def is_dead(self, now: float) -> bool:
        return self._has_heartbeat and now - self.heard_at > SILENT_SECONDS

    async def events(self) -> AsyncIterator[str]:
        """What goes to the client; ends with the connection."""
        while True:
            try:
                async with asyncio.timeout(COMMENT_SECONDS):
                    event = await self._events.get()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event is None:
                return
            self._room.release()
            yield event


class Batches(HttpTransport):
    """Frames that the client fetches, each batch by a call of its own.

    The nth frame sent has the number n, which is its ``seq``. One is kept until the client has said
    that it came, so that an answer that is lost on its way is given again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[tuple[int, str]] = deque()
        self._last = 0
        self._end = ""
        self._room = asyncio.Event()
        self._news = asyncio.Event()
        self._told_end = asyncio.Event()
        self._calls = 0
        self._was_called = False

    async def send(self, text: str) -> None:
        while len(self._events) >= MAX_WAITING:
            self._room.clear()
            await self._room.wait()
        self._last += 1
        self._events.append((self._last, _event(text)))
        self._news.set()

    async def close(self, code: int) -> None:
        self._end = closing(code)
        self._news.set()
        if self._was_called:
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_CALL_SECONDS):
                    await self._told_end.wait()

    def end(self) -> None:
        self._news.set()

    def is_dead(self, now: float) -> bool:
        return not self._calls and now - self.heard_at > ABSENT_SECONDS

    async def batch(self, after: int) -> AsyncIterator[str]:
        """The events that follow on the frame ``after``, as soon as there are any; a comment where
        none came. A call that another follows before it is answered was given up by the client."""
        while self._events and self._events[0][0] <= after:
            self._events.popleft()
        self._room.set()
        self._news.set()
        news = self._news = asyncio.Event()
        self._calls += 1
        self._was_called = True
        try:
            if not self._events and not self._end:
                with suppress(TimeoutError):
                    async with asyncio.timeout(HELD_SECONDS):
                        await news.wait()
                    await asyncio.sleep(GATHER_SECONDS)
            if self._end:
                self._told_end.set()
            yield "".join(event for _, event in self._events) + self._end or ": nothing yet\n\n"
        finally:
            self._calls -= 1
            self.heard()

"""What a socket may send in frames that the application never sees, and in bytes.

Why: both servers answer pings, and put pieces of a message together, for as long as they come; and
go on parsing what a client says after they have closed. Four seconds of pings held a uvicorn
process up for as long, a flood after the close for half a minute.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

#: Pings and pieces of messages: a client pings every few seconds, and cuts nothing up. Whole
#: messages have limits of their own (``sessions_app.live.limits``), and stand for a part of one.
FRAMES_PER_SECOND: Final = 20.0
FRAMES_AT_ONCE: Final = 200.0
MESSAGE: Final = 0.2
#: The longest message is 64 KiB, and nothing that a page says comes near it.
BYTES_PER_SECOND: Final = 65_536.0
BYTES_AT_ONCE: Final = 262_144.0
#: What may still come after the close: a client that keeps to it has nothing more to say.
BYTES_AFTER_CLOSE: Final = 16_384.0
#: So long may a client read why it was cut. What it says meanwhile is not parsed.
LEAVE_SECONDS: Final = 1.0
#: A server hands on what one read brought: in pieces of this size, a flood is noticed within it.
PIECE: Final = 4096


class Budget:
    """Two token buckets of one socket. ``spent`` stays, once too much came."""

    __slots__ = ("_at", "_bytes", "_frames", "spent")

    def __init__(self, now: float) -> None:
        self._frames, self._bytes, self._at = FRAMES_AT_ONCE, BYTES_AT_ONCE, now
        self.spent = False

    def take(self, now: float, *, frames: float = 0, size: int = 0) -> bool:
        """Whether there was enough left; what was taken is gone."""
        passed, self._at = now - self._at, now
        self._frames = min(FRAMES_AT_ONCE, self._frames + passed * FRAMES_PER_SECOND) - frames
        self._bytes = min(BYTES_AT_ONCE, self._bytes + passed * BYTES_PER_SECOND) - size
        self.spent = self.spent or self._frames < 0 or self._bytes < 0
        return not self.spent

    def close(self) -> None:
        self._bytes = min(self._bytes, BYTES_AFTER_CLOSE)


def _counted(budget: Budget, handle: Callable[..., None], frames: float) -> Callable[..., None]:
    """``handle``, for as long as the budget lasts."""

    def handle_counted(*event: Any) -> None:
        if budget.take(time.monotonic(), frames=frames):
            handle(*event)

    return handle_counted


_UVICORN_HANDLERS: Final = (
    ("handle_ping", 1),
    ("handle_pong", 1),
    ("handle_cont", 1),
    ("handle_text", MESSAGE),
    ("handle_bytes", MESSAGE),
)


class UvicornSocket(asyncio.Protocol):
    """Stands before uvicorn's own protocol (``--ws websockets-sansio``), which it hands on to.

    It becomes the transport's protocol, since a transport of uvloop remembers whom it calls.
    """

    def __init__(self, protocol: Any, code: int) -> None:
        self._protocol, self._code = protocol, code
        self._budget = Budget(time.monotonic())
        self._deaf = False
        for name, frames in _UVICORN_HANDLERS:
            handle = getattr(protocol, name)
            setattr(protocol, name, _counted(self._budget, handle, frames))
        protocol.transport.set_protocol(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            if self._deaf or not self._budget.take(time.monotonic(), size=len(piece)):
                break
            self._protocol.data_received(piece)
        if self._budget.spent and not self._deaf:
            self._cut()

    def _cut(self) -> None:
        """Close for what came beyond the budget, unless the application is about to."""
        protocol = self._protocol
        if not protocol.close_sent and protocol.queue.empty():
            protocol.conn.send_close(self._code)
            protocol.transport.write(b"".join(protocol.conn.data_to_send()))
            protocol.close_sent = True
        self.listen_no_more()

    def closed(self) -> None:
        """The application has closed: what floods on from now is soon taken unparsed."""
        self._budget.close()

    def listen_no_more(self) -> None:
        """Take what still comes off the network unparsed, and hang up soon: closed at once, the
        client would see a reset instead of our close frame."""
        if not self._deaf:
            self._deaf = True
            self._protocol.transport.resume_reading()
            asyncio.get_running_loop().call_later(LEAVE_SECONDS, self._protocol.transport.close)


def guard_uvicorn(receive: Any, code: int) -> UvicornSocket | None:
    """Count what comes in on the uvicorn socket behind an ASGI ``receive``; None for another."""
    protocol = getattr(receive, "__self__", None)
    if hasattr(protocol, "handle_ping") and hasattr(protocol, "data_received"):
        return UvicornSocket(protocol, code)
    return None


_CONTINUATION: Final = 0


def guard_daphne(protocol: Any, deafen: Callable[[], None], code: int) -> None:
    """Count what comes in on a daphne socket. ``deafen`` stops it being parsed."""
    budget = Budget(time.monotonic())
    parse = protocol.dataReceived

    def data_received(data: bytes) -> None:
        if budget.take(time.monotonic(), size=len(data)):
            parse(data)
        if budget.spent:
            protocol.sendCloseFrame(code=code, reasonUtf8=None, isReply=False)
            deafen()

    def frame_begun(length: int) -> None:
        if protocol.current_frame.opcode == _CONTINUATION:
            budget.take(time.monotonic(), frames=1)
        begin(length)

    begin = protocol.onMessageFrameBegin
    protocol.onPing = _counted(budget, protocol.onPing, 1)
    protocol.onPong = _counted(budget, protocol.onPong, 1)
    protocol.onMessageFrameBegin = frame_begun
    protocol.dataReceived = data_received

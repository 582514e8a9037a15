"""Sockets under daphne and uvicorn: how much comes in of them.

Why both count frames and bytes is said in ``socket_budget``. Why daphne needs more: uvicorn stops
reading a socket until we have taken what came. daphne does not: its inbound queue takes everything,
so that a flood of frames is parsed and queued to its end, while everybody else waits.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final

from .backpressure import UNSENT, unsent_of
from .daphne_close_codes import with_any_code
from .socket_budget import guard_daphne, guard_uvicorn

MOST_WAITING: Final = 64
#: So much is parsed at a time: about eighty small frames, and a few milliseconds.
READ_BYTES: Final = 8192

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]


class GuardedSockets:
    """ASGI middleware for both servers. ``flooded`` is the code with which a socket is closed that
    sends too much; ``deaf_after`` are those after which nothing that the client says is of
    interest."""

    def __init__(
        self, application: Application, *, flooded: int, deaf_after: Collection[int]
    ) -> None:
        self._application = application
        self._flooded = flooded
        self._deaf_after = deaf_after

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            protocol = _protocol_of(send)
            scope[UNSENT] = unsent_of(protocol)
            send = with_any_code(protocol, send)
            if hasattr(protocol, "application_queue") and hasattr(protocol, "onMessage"):
                inbound = _Inbound(protocol, receive, send, self._deaf_after)
                guard_daphne(protocol, inbound.listen_no_more, self._flooded)
                receive, send = inbound.receive, inbound.send
            else:
                send = self._guarded(receive, send)
        await self._application(scope, receive, send)

    def _guarded(self, receive: Receive, send: Send) -> Send:
        """``send`` of a uvicorn socket, whose close is told to what counts."""
        guard = guard_uvicorn(receive, self._flooded)
        if guard is None:
            return send

        async def send_and_tell(message: Any) -> None:
            await send(message)
            if message["type"] == "websocket.close":
                guard.closed()
                if message.get("code") in self._deaf_after:
                    guard.listen_no_more()

        return send_and_tell


def _protocol_of(send: Any) -> Any:
    """daphne's protocol behind an ASGI ``send``; None under any other server."""
    return next(iter(getattr(send, "args", ())), None)


class _Inbound:
    """What one socket receives: reading pauses while too many messages wait to be taken."""

    def __init__(
        self, protocol: Any, receive: Receive, send: Send, deaf_after: Collection[int]
    ) -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        self._receive, self._send = receive, send
        self._deaf_after = deaf_after
        self._on_message = protocol.onMessage
        self._paused = False
        self._transport.bufferSize = READ_BYTES
        protocol.onMessage = self._arrived

    @property
    def _waiting(self) -> int:
        return int(self._protocol.application_queue.qsize())

    def _arrived(self, payload: bytes, is_binary: bool) -> None:
        self._on_message(payload, is_binary)
        if self._waiting >= MOST_WAITING and not self._paused:
            self._paused = True
            self._transport.pauseProducing()

    async def receive(self) -> Any:
        message = await self._receive()
        if not self._waiting:
            self._read_on()
        return message

    async def send(self, message: Any) -> None:
        await self._send(message)
        if message["type"] == "websocket.close" and message.get("code") in self._deaf_after:
            self.listen_no_more()

    def listen_no_more(self) -> None:
        """What still comes is taken off the network unparsed, or the client would have to see a
        reset instead of our close frame. autobahn hangs up a second later."""
        self._protocol.dataReceived = lambda data: None
        self._read_on()

    def _read_on(self) -> None:
        if self._paused:
            self._paused = False
            self._transport.resumeProducing()

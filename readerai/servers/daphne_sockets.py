"""How far ahead of us a client may send under daphne, whose inbound queue takes everything.

uvicorn stops reading a socket until we have taken what came, and reads on without looking once
we have closed. daphne does neither, so that a flood of frames is parsed and queued to its end,
while everybody else of the process waits. Both is done for it here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from sessions_app.protocol.errors import Close

MOST_WAITING: Final = 64
#: So much is parsed at a time: about eighty small frames, and a few milliseconds.
READ_BYTES: Final = 8192
#: After these, nothing that the client says is of any interest.
_DEAF_AFTER: Final = frozenset({Close.TOO_MANY, Close.BAD_FRAMES})

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Inbound:
    """One socket's way in: reading pauses while too many messages wait to be taken."""

    def __init__(self, protocol: Any, receive: Receive, send: Send) -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        self._receive, self._send = receive, send
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
        if message["type"] == "websocket.close" and message.get("code") in _DEAF_AFTER:
            # What still comes is taken off the network unparsed, or the client would have to see
            # a reset instead of our close frame. autobahn hangs up a second later.
            self._protocol.dataReceived = lambda data: None
            self._read_on()

    def _read_on(self) -> None:
        if self._paused:
            self._paused = False
            self._transport.resumeProducing()


def bounded(protocol: Any, receive: Receive, send: Send) -> tuple[Receive, Send]:
    """A socket's ``receive`` and ``send``, holding a flooding client back where ``protocol`` is
    daphne's."""
    if not hasattr(protocol, "application_queue") or not hasattr(protocol, "onMessage"):
        return receive, send
    inbound = Inbound(protocol, receive, send)
    return inbound.receive, inbound.send

"""The WebSocket of one session: hands frames on, in both directions, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any, Final

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.db import DatabaseError, InterfaceError

from readerai.accounts.models import SignIn
from readerai.logs import named
from readerai.servers.backpressure import MOST_UNSENT, POLL_SECONDS, UNSENT, Unsent

from ..protocol import codec
from ..protocol.errors import CLOSE_ERROR, Close, error
from .connection import Connection
from .handshake import asked_of, selected_subprotocol, who_is_there
from .process.process import live_process
from .saving.database import in_database

log = logging.getLogger(__name__)

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class SocketTransport:
    """Carries a connection's frames over the socket of an ASGI ``send``."""

    def __init__(self, send: Send, unsent: Unsent | None = None) -> None:
        self._send = send
        self._unsent = unsent

    async def send(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})
        # The transport has no event to wait for.
        while self._unsent is not None and self._unsent() > MOST_UNSENT:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)

    async def close(self, code: int) -> None:
        await self._send({"type": "websocket.close", "code": code})


#: So many messages that wait are taken before others have their turn.
AT_A_TIME: Final = 8


class BareConsumer(AsyncConsumer):
    """Channels' consumer without its task for every message and its hop to the process-wide thread
    before it: nothing is sent to a single socket through the channel layer (see ``notices``), so
    that there is one thing to wait for."""

    channel_layer_alias: Any = None

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        self.scope, self.base_send = scope, send
        with contextlib.suppress(StopConsumer):
            for number in count(1):
                await self.dispatch(await receive())
                if not number % AT_A_TIME:
                    await asyncio.sleep(0)

    async def dispatch(self, message: Message) -> None:
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def accept(self) -> None:
        """Accept the socket, with our subprotocol where the client offers it."""
        accept: Message = {"type": "websocket.accept"}
        subprotocol = selected_subprotocol(self.scope)
        if subprotocol is not None:
            accept["subprotocol"] = subprotocol
        await self.base_send(accept)


async def refuse(transport: SocketTransport, code: Close, session_id: str) -> None:
    """Say why on an accepted socket, and close it."""
    payload = error(CLOSE_ERROR[code])
    await transport.send(codec.encode(payload, session_id=session_id, seq=1))
    await transport.close(int(code))


class SessionConsumer(BareConsumer):
    connection: Connection | None = None
    counted = False

    async def websocket_connect(self, message: Message) -> None:
        await self.accept()
        transport = SocketTransport(self.base_send, self.scope.get(UNSENT))
        session_id: str = self.scope["url_route"]["kwargs"]["session_id"]
        process = live_process()
        process.sockets += 1
        self.counted = True
        if process.capacity.closed:
            await refuse(transport, Close.RESTARTING, session_id)
            return
        try:
            sign_in = await in_database(who_is_there, self.scope, self.scope["path"])
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a socket was refused (%s)", named(failure))
            await refuse(transport, Close.RESTARTING, session_id)
            return
        await self._open(transport, session_id, sign_in)

    async def _open(
        self, transport: SocketTransport, session_id: str, sign_in: SignIn | None
    ) -> None:
        if sign_in is None:
            await refuse(transport, Close.NOT_SIGNED_IN, session_id)
            return
        client, only_if_free = asked_of(self.scope.get("query_string", b""))
        connection = Connection(
            live_process(), session_id, sign_in, transport, client=client, only_if_free=only_if_free
        )
        if await connection.open():
            self.connection = connection

    async def websocket_receive(self, message: Message) -> None:
        if self.connection is None:
            return
        text: str | None = message.get("text")
        if _is_too_long(text or message.get("bytes") or b""):
            self.connection.close_soon(Close.TOO_BIG)
            return
        self.connection.receive(text)

    async def websocket_disconnect(self, message: Message) -> None:
        if self.counted:
            live_process().sockets -= 1
        if self.connection is not None:
            await self.connection.gone()
        raise StopConsumer


def _is_too_long(frame: str | bytes) -> bool:
    if len(frame) * 4 <= codec.MAX_FRAME_BYTES:  # a character takes four bytes at most
        return False
    raw = frame.encode("utf-8", "surrogatepass") if isinstance(frame, str) else frame
    return len(raw) > codec.MAX_FRAME_BYTES


class NoSuchSocket(BareConsumer):
    """Any socket address that is none."""

    async def websocket_connect(self, message: Message) -> None:
        await self.base_send({"type": "websocket.accept"})
        await refuse(SocketTransport(self.base_send), Close.NOT_FOUND, "")

    async def websocket_receive(self, message: Message) -> None:
        """Nothing is taken here."""

    async def websocket_disconnect(self, message: Message) -> None:
        raise StopConsumer

"""A client's end of a socket, through the whole application.

    async with open_socket(alice, session) as socket:
        restored = await socket.next()
        await socket.send("HEARTBEAT", id=1)
        assert await socket.next() == socket.frame("HEARTBEAT_ACK", reply_to=1)

Frames are compared whole: `seq` is checked to grow by one with every frame that is read.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from channels.testing import WebsocketCommunicator

from readerai.accounts.models import Student, User
from readerai.asgi import application
from sessions_app.live.saving.database import in_database
from sessions_app.models import Session
from tests.sessions_app.cast import ticket

Frame = dict[str, Any]
PATIENCE = 20.0


class SocketClosed(Exception):
    """The server closed; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Socket:
    def __init__(self, communicator: WebsocketCommunicator, session_id: str) -> None:
        self.session_id = session_id
        self.subprotocol: str | None = None
        self.unheard: set[str] = set()  # types of frames to pass over
        self._wire = communicator
        self._seq = 0
        self._id = 0

    async def send(
        self, kind: str, payload: Frame | None = None, *, id: int | None = None, **more: Any
    ) -> None:
        """Send a client frame; no `id`, no `payload` unless they are given."""
        frame: Frame = {"type": kind, "sessionId": self.session_id}
        if id is not None:
            frame["id"] = id
        if payload is not None:
            frame["payload"] = payload
        await self.send_text(json.dumps(frame | more))

    async def send_text(self, text: str) -> None:
        await self._wire.send_input({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data: bytes) -> None:
        await self._wire.send_input({"type": "websocket.receive", "bytes": data})

    async def next(self) -> Frame:
        """The next frame; `SocketClosed` where the server closes instead."""
        message = await self._wire.receive_output(PATIENCE)
        if message["type"] == "websocket.close":
            raise SocketClosed(message["code"])
        assert message["type"] == "websocket.send"
        frame: Frame = json.loads(message["text"])
        self._seq += 1
        assert (frame["sessionId"], frame["seq"]) == (self.session_id, self._seq), frame
        return await self.next() if frame["type"] in self.unheard else frame

    async def until(self, *kinds: str) -> list[Frame]:
        """All frames up to the first of one of these types, which is the last of them."""
        frames = [await self.next()]
        while frames[-1]["type"] not in kinds:
            frames.append(await self.next())
        return frames

    async def call(
        self, kind: str, payload: Frame | None = None, *, id: int | None = None
    ) -> Frame:
        """Send a frame; the next one is its answer."""
        await self.send(kind, payload, id=id)
        return await self.next()

    async def quiet(self) -> list[Frame]:
        """What the server still had to say before it answers a heartbeat (which is left out)."""
        await self.send("HEARTBEAT")
        return (await self.until("HEARTBEAT_ACK"))[:-1]

    async def closing(self) -> tuple[list[Frame], int]:
        """The frames that are left, and the code of the close after them."""
        frames: list[Frame] = []
        while True:
            try:
                frames.append(await self.next())
            except SocketClosed as closed:
                return frames, closed.code

    def frame(
        self, kind: str, payload: Frame | None = None, *, reply_to: int | None = None
    ) -> Frame:
        """A server frame as it must be, had it been the one that was read last."""
        frame: Frame = {
            "type": kind,
            "sessionId": self.session_id,
            "seq": self._seq,
            "payload": {} if payload is None else payload,
        }
        return frame if reply_to is None else frame | {"replyTo": reply_to}


@contextlib.asynccontextmanager
async def knock(
    path: str,
    *,
    session_id: str = "",
    subprotocols: Sequence[str] = (),
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> AsyncIterator[Socket]:
    """Open a socket at `path` as whoever the subprotocols and headers say."""
    wire = WebsocketCommunicator(
        application, path, headers=[(b"host", b"localhost"), *headers], subprotocols=[*subprotocols]
    )
    connected, subprotocol = await wire.connect(PATIENCE)
    assert connected, "every socket is accepted before it is refused"
    socket = Socket(wire, session_id)
    socket.subprotocol = subprotocol
    try:
        yield socket
    finally:
        await wire.disconnect(timeout=PATIENCE)


@contextlib.asynccontextmanager
async def open_socket(who: Student | User, session: Session) -> AsyncIterator[Socket]:
    """The socket of a session, by a ticket; the first frame is still to be read."""
    user = who.user if isinstance(who, Student) else who
    path = f"/ws/{session.pk}"
    secret = await in_database(ticket, user, path)
    offered = ["readerai.v1", f"ticket.{secret}"]
    async with knock(path, session_id=session.pk, subprotocols=offered) as socket:
        yield socket


@contextlib.asynccontextmanager
async def reading(who: Student, session: Session) -> AsyncIterator[Socket]:
    """The socket of a session, restored; announcements of checkpoints are passed over."""
    async with open_socket(who, session) as socket:
        socket.unheard.add("CHECKPOINT_UPCOMING")
        assert (await socket.next())["type"] == "SESSION_RESTORED"
        yield socket


def error(
    socket: Socket, code: str, *, reply_to: int | None = None, field: str | None = None
) -> Frame:
    """The `ERROR` frame with a code's own sentence, and the field that was wrong."""
    from sessions_app.protocol.errors import error as payload

    told = payload(code)
    body = {"code": told.code, "message": told.message, "retryable": told.retryable}
    if field is not None:
        body["field"] = field
    return socket.frame("ERROR", body, reply_to=reply_to)

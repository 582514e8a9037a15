"""A teacher's end of a class's feed, through the whole application."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from channels.testing import WebsocketCommunicator

from readerai.accounts.models import User
from readerai.asgi import application
from sessions_app.live.saving.database import in_database
from tests.sessions_app.cast import ticket

Frame = dict[str, Any]
PATIENCE = 20.0


class FeedClosed(Exception):
    """The server closed; ``code`` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Feed:
    """Checks of every frame that its version is one more than the last one's."""

    def __init__(self, wire: WebsocketCommunicator) -> None:
        self._wire = wire
        self._version = 0

    async def send(self, text: str) -> None:
        await self._wire.send_input({"type": "websocket.receive", "text": text})

    async def next(self) -> Frame:
        message = await self._wire.receive_output(PATIENCE)
        if message["type"] == "websocket.close":
            raise FeedClosed(message["code"])
        frame: Frame = json.loads(message["text"])
        self._version += 1
        assert set(frame) == {"type", "version", "payload"}
        assert frame["version"] == self._version
        return frame

    async def until(self, kind: str) -> Frame:
        while (frame := await self.next())["type"] != kind:
            pass
        return frame

    async def snapshot(self) -> list[Frame]:
        frame = await self.next()
        assert frame["type"] == "CLASS_SNAPSHOT"
        sessions: list[Frame] = frame["payload"]["sessions"]
        return sessions

    async def closing(self) -> tuple[list[Frame], int]:
        """The frames that are left, and the code of the close after them."""
        frames: list[Frame] = []
        while True:
            try:
                frames.append(await self.next())
            except FeedClosed as closed:
                return frames, closed.code


@contextlib.asynccontextmanager
async def knock(
    path: str,
    *,
    subprotocols: Sequence[str] = (),
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> AsyncIterator[Feed]:
    wire = WebsocketCommunicator(
        application, path, headers=[(b"host", b"localhost"), *headers], subprotocols=[*subprotocols]
    )
    connected, _ = await wire.connect(PATIENCE)
    assert connected, "every socket is accepted before it is refused"
    try:
        yield Feed(wire)
    finally:
        await wire.disconnect(timeout=PATIENCE)


@contextlib.asynccontextmanager
async def watching(
    teacher: User, class_id: str = "room-12", cards: str = ""
) -> AsyncIterator[Feed]:
    """The feed of a class, by a ticket; the first frame is still to be read."""
    path = f"/ws/classes/{class_id}"
    secret = await in_database(ticket, teacher, path)
    offered = ["readerai.v1", f"ticket.{secret}"]
    query = f"?cards={cards}" if cards else ""
    async with knock(path + query, subprotocols=offered) as feed:
        yield feed

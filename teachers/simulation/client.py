"""A reader's end of the public protocol, and nothing else: REST to begin, then one WebSocket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp

#: Seconds that an answer may take.
PATIENCE: Final = 90.0

Json = dict[str, Any]


class SimulationFailed(Exception):
    """Why the class cannot read, in a sentence."""


_NO_ROOM: Final = 503
_NO_ROOM_SECONDS: Final = 2.0
_TRIES_FOR_ROOM: Final = 20


class _NoRoom(SimulationFailed):
    """The server has too much to do at this moment."""


class RestClient:
    """The REST calls of one person. Raises ``SimulationFailed`` for anything but success."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self._url = url
        self._headers: dict[str, str] = {}

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        try:
            async with self.http.request(
                method, f"{self._url}/api{path}", json=body, headers=self._headers
            ) as response:
                answer: Json = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
            raise SimulationFailed(
                f"There is no ReaderAI at {self._url} ({type(failure).__name__})."
            ) from failure
        if response.status == _NO_ROOM:
            raise _NoRoom(f"{method} {path}: {answer['error']['message']}")
        if response.status >= 400:
            raise SimulationFailed(f"{method} {path}: {answer['error']['message']}")
        return answer

    async def sign_in(self, username: str, password: str) -> None:
        names = {"username": username, "password": password}
        try:
            token = (await self._when_there_is_room("/tokens", names))["token"]
        except SimulationFailed as failure:
            raise SimulationFailed(f"{username} cannot sign in. {failure}") from failure
        self._headers["Authorization"] = f"Bearer {token}"

    async def _when_there_is_room(self, path: str, body: Json) -> Json:
        """The same, again after a while where too many come at once: a class signs in together."""
        for _ in range(_TRIES_FOR_ROOM):
            try:
                return await self.call("POST", path, body)
            except _NoRoom:
                await asyncio.sleep(_NO_ROOM_SECONDS)
        return await self.call("POST", path, body)

    async def words_of(self, book: Json) -> list[str]:
        """Every word of a book, by its position."""
        words: list[str] = []
        for entry in book["chapters"]:
            path = f"/books/{book['bookId']}/chapters/{entry['index']}"
            for paragraph in (await self.call("GET", path))["paragraphs"]:
                for sentence in paragraph["sentences"]:
                    words += sentence["words"]
        return words


class ReadingSocket:
    """One session's socket. ``due_checkpoint`` is the question in the book that waits for its
    answer; ``frames`` and ``answers`` count what was sent and what tutors said."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session_id: str) -> None:
        self._socket = socket
        self._session_id = session_id
        self._answered = asyncio.Event()
        self.due_checkpoint: Json | None = None
        self.frames = 0
        self.answers = 0
        self._listening = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Hear no more."""
        self._listening.cancel()
        await asyncio.wait({self._listening})

    @property
    def closed(self) -> bool:
        return self._socket.closed

    @property
    def close_code(self) -> int | None:
        return self._socket.close_code

    async def send(self, kind: str, payload: Json) -> None:
        self.frames += 1
        frame = {
            "type": kind,
            "sessionId": self._session_id,
            "id": self.frames,
            "payload": payload,
        }
        await self._socket.send_str(json.dumps(frame))

    async def ask(self, text: str, context: Json) -> None:
        """Ask, and wait for the answer or the end."""
        self._answered.clear()
        await self.send("STUDENT_INTERRUPTION", {"questionText": text, "context": context})
        async with asyncio.timeout(PATIENCE):
            await self._answered.wait()

    async def answer_checkpoint(self, text: str) -> None:
        """Answer the question in the book that waits."""
        if self.due_checkpoint is not None:
            checkpoint_id = self.due_checkpoint["checkpointId"]
            self.due_checkpoint = None
            payload = {"checkpointId": checkpoint_id, "answer": text}
            await self.send("CHECKPOINT_ANSWER", payload)

    async def wait_closed(self, seconds: float) -> None:
        """Wait until the server closes, at most for ``seconds``."""
        await asyncio.wait({self._listening}, timeout=seconds)

    async def _listen(self) -> None:
        """Take in what the server says, until it closes."""
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(json.loads(message.data))
        finally:
            self._answered.set()

    def _take(self, frame: Json) -> None:
        if frame["type"] == "PAUSE_FOR_CHECKPOINT":
            self.due_checkpoint = frame["payload"]
        elif frame["type"] in {"INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR"}:
            self.answers += frame["type"] == "INTERRUPTION_RESPONSE"
            self._answered.set()


@asynccontextmanager
async def reading_socket(
    http: aiohttp.ClientSession, started: Json
) -> AsyncIterator[ReadingSocket]:
    """The socket of a session that was ``started`` (see ``start_session``)."""
    offered = ("readerai.v1", f"ticket.{started['websocketTicket']}")
    async with http.ws_connect(started["websocketUrl"], protocols=offered) as wire:
        socket = ReadingSocket(wire, started["sessionId"])
        try:
            yield socket
        finally:
            await socket.stop()

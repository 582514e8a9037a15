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


class RestClient:
    """The REST calls of one person who is signed in."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self.http = http
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}

    @classmethod
    async def signed_in(
        cls, http: aiohttp.ClientSession, url: str, username: str, password: str
    ) -> RestClient:
        """Raises ``SimulationFailed`` where nobody answers there or that person cannot sign in."""
        body = {"username": username, "password": password}
        try:
            async with http.post(f"{url}/api/tokens", json=body) as response:
                answer = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
            raise SimulationFailed(
                f"There is no ReaderAI at {url} ({type(failure).__name__})."
            ) from failure
        if response.status != 201:
            raise SimulationFailed(f"{username} cannot sign in: {answer['error']['message']}")
        return cls(http, url, answer["token"])

    async def get(self, path: str) -> Any:
        """Raises ``SimulationFailed`` for anything but success."""
        async with self.http.get(f"{self._url}/api{path}", headers=self._headers) as response:
            if response.status != 200:
                raise SimulationFailed(f"{self._url}/api{path} answered {response.status}.")
            return await response.json()

    async def start_session(self, student_id: str, book_id: str, word: int) -> Json:
        """Raises ``SimulationFailed`` where it is refused."""
        body = {"studentId": student_id, "bookId": book_id, "startPosition": word}
        url = f"{self._url}/api/sessions"
        async with self.http.post(url, json=body, headers=self._headers) as response:
            if response.status != 201:
                raise SimulationFailed(f"a session was refused with {response.status}")
            started: Json = await response.json()
            return started

    async def words_of(self, book: Json) -> list[str]:
        """Every word of a book, by its position."""
        words: list[str] = []
        for entry in book["chapters"]:
            chapter = await self.get(f"/books/{book['bookId']}/chapters/{entry['index']}")
            for paragraph in chapter["paragraphs"]:
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

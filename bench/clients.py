"""Clients of either server: they speak just enough of the wire contract to be measured."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

BOOK = "the-long-walk"
WINDOW = 20


@dataclass
class AccessLogStudent:
    """What one client measured: seconds from frame to answer, and how many frames were answered."""

    waits: list[float] = field(default_factory=list)
    answered: int = 0
    first_words: list[float] = field(default_factory=list)
    whole_answers: list[float] = field(default_factory=list)


class Client:
    """One student's socket. Progress counts as answered by the highest id that was."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session_id: str) -> None:
        self.seen = AccessLogStudent()
        self._socket = socket
        self._session_id = session_id
        self._sent: dict[int, float] = {}
        self._next_id = 0
        self._room = asyncio.Semaphore(WINDOW)
        self._asked_at = 0.0
        self._heard_words = False
        self._ended = asyncio.Event()
        self._listener = asyncio.create_task(self._listen())

    async def progress(self) -> None:
        """Report the next word."""
        self._next_id += 1
        self._sent[self._next_id] = time.perf_counter()
        await self._send("READING_PROGRESS", {"wordIndex": self._next_id % 3000})

    async def pace(self, seconds: float, every: float) -> None:
        """Report a word `every` so often, for `seconds`."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            began = time.perf_counter()
            await self.progress()
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - began)))
        await asyncio.sleep(0.5)

    async def rush(self, seconds: float) -> None:
        """Report as fast as answers come, with at most `WINDOW` unanswered."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            try:
                async with asyncio.timeout(end - time.perf_counter()):
                    await self._room.acquire()
            except TimeoutError:
                return
            await self.progress()

    async def ask(self) -> None:
        """Ask, and wait for the whole answer."""
        self._asked_at = time.perf_counter()
        self._heard_words = False
        self._ended.clear()
        self._next_id += 1
        context = {"book": BOOK, "currentWordIndex": 5, "currentSentence": "We walk on."}
        question = {"questionText": "How far is the hill?", "context": context}
        await self._send("STUDENT_INTERRUPTION", question)
        async with asyncio.timeout(60):
            await self._ended.wait()

    async def close(self) -> None:
        self._listener.cancel()
        await self._socket.close()

    async def _send(self, kind: str, payload: Mapping[str, object]) -> None:
        frame = {
            "type": kind,
            "sessionId": self._session_id,
            "id": self._next_id,
            "payload": payload,
        }
        await self._socket.send_str(json.dumps(frame))

    async def _listen(self) -> None:
        async for message in self._socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            frame = json.loads(message.data)
            now = time.perf_counter()
            if frame["type"] == "PROGRESS_SAVED":
                self._saved(frame["replyTo"], now)
            elif frame["type"] == "INTERRUPTION_DELTA" and not self._heard_words:
                self._heard_words = True
                self.seen.first_words.append(now - self._asked_at)
            elif frame["type"] == "INTERRUPTION_RESPONSE":
                self.seen.whole_answers.append(now - self._asked_at)
                self._ended.set()

    def _saved(self, highest: int, now: float) -> None:
        for message_id in [each for each in self._sent if each <= highest]:
            self.seen.waits.append(now - self._sent.pop(message_id))
            self.seen.answered += 1
            self._room.release()

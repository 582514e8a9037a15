"""A whole class at once against a real server: everybody sees their own, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from tests.services.fixtures import StartServer
from tests.services.server import Kind

pytestmark = pytest.mark.once

BOOK = "two-too-many"
PASSWORD = "read-with-me"
PLACES = 12
LIFTED = {"READERAI_RATE_LIMITS": "off"}

Body = dict[str, Any]


@dataclass
class Reader:
    """One student at their own machine."""

    url: str
    name: str
    http: aiohttp.ClientSession
    session_id: str = ""
    frames: list[Body] = field(default_factory=list)
    _id: int = 0

    async def call(self, method: str, path: str, body: Body | None = None) -> Body:
        async with self.http.request(method, f"{self.url}/api{path}", json=body) as answer:
            assert answer.status < 300, (self.name, path, answer.status, await answer.text())
            found: Body = await answer.json()
            return found

    async def sign_in(self) -> None:
        names = {"username": self.name, "password": PASSWORD}
        token = (await self.call("POST", "/tokens", names))["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"

    async def read(self, together: asyncio.Barrier) -> None:
        await self.sign_in()
        started = await self.call("POST", "/sessions", {"studentId": self.name, "bookId": BOOK})
        self.session_id = started["sessionId"]
        checkpoint = started["book"]["checkpoints"][0]
        offered = ["readerai.v1", f"ticket.{started['websocketTicket']}"]
        await together.wait()
        async with self.http.ws_connect(started["websocketUrl"], protocols=offered) as socket:
            await self._until(socket, "SESSION_RESTORED")
            for word in range(1, PLACES + 1):
                await self._send(socket, "READING_PROGRESS", wordIndex=word)
            await self._ask(socket)
            await self._send(socket, "RAISE_HAND")
            await self._until(socket, "HAND")
            await self._send(socket, "READING_PROGRESS", wordIndex=checkpoint["atWord"])
            await self._until(socket, "PAUSE_FOR_CHECKPOINT")
            await self._send(
                socket,
                "CHECKPOINT_ANSWER",
                checkpointId=checkpoint["checkpointId"],
                answer=f"{self.name} thinks so",
            )
            await self._until(socket, "CHECKPOINT_RESULT")
            await self._send(socket, "COMPLETE_SESSION")
            await self._until(socket, "SESSION_STATUS")

    async def _ask(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        context = {"book": BOOK, "currentWordIndex": PLACES, "currentSentence": ""}
        await self._send(
            socket,
            "STUDENT_INTERRUPTION",
            questionText=f"What does lift mean to {self.name}?",
            context=context,
        )
        await self._until(socket, "INTERRUPTION_RESPONSE")

    async def _send(
        self, socket: aiohttp.ClientWebSocketResponse, kind: str, **payload: Any
    ) -> None:
        self._id += 1
        frame = {"type": kind, "sessionId": self.session_id, "id": self._id, "payload": payload}
        await socket.send_json(frame)

    async def _until(self, socket: aiohttp.ClientWebSocketResponse, kind: str) -> None:
        async with asyncio.timeout(120):
            while not self.frames or self.frames[-1]["type"] != kind:
                message = await socket.receive()
                assert message.type is aiohttp.WSMsgType.TEXT, (self.name, kind, message)
                self.frames.append(json.loads(message.data))


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
async def test_thirty_students_never_notice_one_another(
    start_server: StartServer, kind: Kind
) -> None:
    url = start_server(kind, LIFTED).url
    async with aiohttp.ClientSession() as http:
        teacher = Reader(url, "ms-rivera", http)
        await teacher.sign_in()
        room = await teacher.call("GET", "/classes/room-12")
        names = [student["studentId"] for student in room["students"]]
        assert len(names) == 30
        readers = [Reader(url, name, aiohttp.ClientSession()) for name in names]
        try:
            together = asyncio.Barrier(len(readers))
            await asyncio.gather(*(reader.read(together) for reader in readers))
            for reader in readers:
                await look_at(reader, names)
                await look_at_the_log(teacher, reader)
        finally:
            for reader in readers:
                await reader.http.close()


async def look_at(reader: Reader, names: list[str]) -> None:
    """What a reader was sent and can see is theirs alone, whole, and counted once."""
    assert {frame["sessionId"] for frame in reader.frames} == {reader.session_id}
    assert [frame["seq"] for frame in reader.frames] == list(range(1, len(reader.frames) + 1))
    assert not [frame for frame in reader.frames if frame["type"] == "ERROR"]
    others = [name for name in names if name != reader.name]
    everything = json.dumps(reader.frames)
    assert not [name for name in others if name in everything]

    (summary,) = (await reader.call("GET", "/sessions"))["items"]
    assert summary["sessionId"] == reader.session_id
    assert (summary["questionsAsked"], summary["status"]) == (1, "completed")
    state = await reader.call("GET", f"/sessions/{reader.session_id}")
    (question,) = state["interruptions"]
    assert question["question"] == f"What does lift mean to {reader.name}?"
    assert question["status"] == "answered"
    (score,) = state["comprehensionScores"]
    assert score["attempts"] == 1


async def look_at_the_log(teacher: Reader, reader: Reader) -> None:
    log = await teacher.call("GET", f"/sessions/{reader.session_id}/events")
    kinds = Counter(entry["kind"] for entry in log["items"])
    kinds.pop("chapter_reached", None)
    kinds.pop("flagged", None)
    assert kinds == {
        "started": 1,
        "asked": 1,
        "answered": 1,
        "hand_raised": 1,
        "checkpoint": 1,
        "completed": 1,
    }
    assert [entry["seq"] for entry in log["items"]] == list(range(1, len(log["items"]) + 1))

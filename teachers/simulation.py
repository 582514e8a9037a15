"""Children who read, for demonstrations: a class over the public protocol, and nothing else.

Each signs in, starts a session over REST and reads over its socket: at a pace of their own, now
and then asking, answering what the book asks, raising a hand, or getting stuck.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

PASSES: Final = 90.0
BEAT_SECONDS: Final = 1.0
QUESTIONS: Final = (
    "What does “{word}” mean?",
    "Who is that?",
    "Why did that happen?",
    "What does “{word}” mean here?",
)


class SimulationFailed(Exception):
    """Why the class cannot read, in a sentence."""


@dataclass
class Tally:
    """What happened."""

    sessions: int = 0
    frames: int = 0
    questions: int = 0
    answers: int = 0
    checkpoints: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Whose class reads for how long. ``password`` is everybody's, as in the demo."""

    url: str
    teacher: str
    class_id: str
    password: str
    children: int
    seconds: float
    seed: int


async def simulate(plan: Plan) -> Tally:
    """Let the class read; ends when the time is over. Raises ``SimulationFailed``."""
    tally = Tally()
    limit = aiohttp.ClientTimeout(total=PASSES)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=limit, connector=connector) as http:
        names = await _class_of(http, plan)
        ends = asyncio.get_running_loop().time() + plan.seconds
        children = [
            Child(http, plan, name, random.Random(plan.seed * 1000 + number), ends, tally)
            for number, name in enumerate(names[: plan.children])
        ]
        done = await asyncio.gather(*(child.read() for child in children), return_exceptions=True)
    for name, outcome in zip(names, done, strict=False):
        if isinstance(outcome, BaseException):
            tally.failures.append(f"{name}: {type(outcome).__name__} {outcome}".strip())
    return tally


async def _token(http: aiohttp.ClientSession, plan: Plan, username: str) -> str:
    body = {"username": username, "password": plan.password}
    try:
        async with http.post(f"{plan.url}/api/tokens", json=body) as answer:
            told = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
        raise SimulationFailed(
            f"There is no ReaderAI at {plan.url} ({type(failure).__name__})."
        ) from failure
    if answer.status != 201:
        raise SimulationFailed(f"{username} cannot sign in: {told['error']['message']}")
    return str(told["token"])


async def _get(http: aiohttp.ClientSession, url: str, token: str) -> Any:
    async with http.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
        if answer.status != 200:
            raise SimulationFailed(f"{url} answered {answer.status}.")
        return await answer.json()


async def _class_of(http: aiohttp.ClientSession, plan: Plan) -> list[str]:
    token = await _token(http, plan, plan.teacher)
    found = await _get(http, f"{plan.url}/api/classes/{plan.class_id}", token)
    names = [student["studentId"] for student in found["students"]]
    if not names:
        raise SimulationFailed(f"Nobody is in {plan.class_id}.")
    return names


class Child:
    """One child with a temper of their own; the same seed reads the same way."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        plan: Plan,
        name: str,
        chance: random.Random,
        ends: float,
        tally: Tally,
    ) -> None:
        self._http, self._plan, self._name = http, plan, name
        self._chance, self._ends, self._tally = chance, ends, tally
        self._pace = chance.uniform(0.9, 2.6)  # words a second
        self._curious = chance.choice((0.0, 0.004, 0.01, 0.03))
        self._knows = chance.choice((0.35, 0.7, 0.9, 0.95))
        self._stuck_at = chance.choice((None, None, None, None, chance.uniform(0.05, 0.5)))
        self._word = 0.0
        self._id = 0
        self._session = ""
        self._words: list[str] = []
        self._waiting: asyncio.Event = asyncio.Event()
        self._due: dict[str, Any] | None = None
        self._hand = False
        self._finished = False

    async def read(self) -> None:
        """Sign in, open a book, and read until the time is over."""
        token = await _token(self._http, self._plan, self._name)
        started = await self._start(token)
        self._tally.sessions += 1
        offered = ("readerai.v1", f"ticket.{started['websocketTicket']}")
        async with self._http.ws_connect(started["websocketUrl"], protocols=offered) as socket:
            hearing = asyncio.create_task(self._hear(socket))
            try:
                await self._go_on(socket)
                if self._finished:  # the server says so, and closes
                    await asyncio.wait({hearing}, timeout=PASSES)
                elif socket.closed:
                    raise SimulationFailed(f"the server closed the socket ({socket.close_code})")
            finally:
                hearing.cancel()
                await asyncio.wait({hearing})

    async def _start(self, token: str) -> Any:
        books = (await _get(self._http, f"{self._plan.url}/api/books?limit=100", token))["items"]
        book = self._chance.choice([each for each in books if each["wordCount"] < 20_000] or books)
        place = int(book["wordCount"] * self._chance.choice((0, 0, 0.1, 0.3, 0.6)))
        body = {"studentId": self._name, "bookId": book["bookId"], "startPosition": place}
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self._plan.url}/api/sessions"
        async with self._http.post(url, json=body, headers=headers) as answer:
            if answer.status != 201:
                raise SimulationFailed(f"a session was refused with {answer.status}")
            started = await answer.json()
        self._session, self._word = started["sessionId"], float(place)
        self._book, self._count = book["bookId"], book["wordCount"]
        await self._open_text(started["book"]["chapters"], token)
        return started

    async def _open_text(self, chapters: list[dict[str, Any]], token: str) -> None:
        for chapter in chapters:
            url = f"{self._plan.url}/api/books/{self._book}/chapters/{chapter['index']}"
            text = await _get(self._http, url, token)
            for paragraph in text["paragraphs"]:
                for sentence in paragraph["sentences"]:
                    self._words += sentence["words"]

    async def _send(
        self, socket: aiohttp.ClientWebSocketResponse, kind: str, payload: dict[str, Any]
    ) -> None:
        self._id += 1
        frame = {"type": kind, "sessionId": self._session, "id": self._id, "payload": payload}
        await socket.send_str(json.dumps(frame))
        self._tally.frames += 1

    async def _hear(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(json.loads(message.data))
        finally:
            self._waiting.set()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "PAUSE_FOR_CHECKPOINT":
            self._due = frame["payload"]
        elif frame["type"] in {"INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR"}:
            self._tally.answers += frame["type"] == "INTERRUPTION_RESPONSE"
            self._waiting.set()

    async def _go_on(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while (now := loop.time()) < self._ends and not (socket.closed or self._finished):
            done = (now - began) / max(1.0, self._plan.seconds)
            await self._one_moment(socket, done)
            await asyncio.sleep(BEAT_SECONDS * self._chance.uniform(0.8, 1.2))

    async def _one_moment(self, socket: aiohttp.ClientWebSocketResponse, done: float) -> None:
        if self._due is not None:
            await self._answer(socket, self._due)
        elif self._stuck_at is not None and done > self._stuck_at:
            await self._be_stuck(socket)
        elif self._chance.random() < self._curious:
            await self._ask(socket)
        else:
            self._word = min(self._count - 1.0, self._word + self._pace * BEAT_SECONDS)
            playing = self._pace < 2
            await self._send(
                socket, "READING_PROGRESS", {"wordIndex": int(self._word), "isPlaying": playing}
            )
            if self._word >= self._count - 1:
                self._finished = True
                await self._send(socket, "COMPLETE_SESSION", {})

    async def _be_stuck(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        if not self._hand and self._chance.random() < 0.1:
            self._hand = True
            await self._send(socket, "RAISE_HAND", {})
        else:
            await self._send(socket, "HEARTBEAT", {})

    async def _ask(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        at = int(self._word)
        near = self._words[max(0, at - 6) : at + 1]
        word = max(near, key=len, default="").strip("“”\"'.,;:!?")
        text = self._chance.choice(QUESTIONS).format(word=word)
        context = {
            "book": self._book,
            "currentWordIndex": at,
            "currentSentence": " ".join(self._words[max(0, at - 8) : at + 8]),
        }
        self._waiting.clear()
        await self._send(socket, "STUDENT_INTERRUPTION", {"questionText": text, "context": context})
        self._tally.questions += 1
        async with asyncio.timeout(PASSES):
            await self._waiting.wait()
        if socket.closed:
            return
        await asyncio.sleep(self._chance.uniform(1, 4))
        await self._send(socket, "RESUME_READING", {"understood": self._chance.random() < 0.8})

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, due: dict[str, Any]) -> None:
        await asyncio.sleep(self._chance.uniform(1, 4))
        choices = due.get("choices")
        knows = self._chance.random() < self._knows
        text = self._chance.choice(choices) if choices else self._free_answer(knows=knows)
        payload = {"checkpointId": due["checkpointId"], "answer": text}
        self._due = None
        await self._send(socket, "CHECKPOINT_ANSWER", payload)
        self._tally.checkpoints += 1
        await self._send(socket, "RESUME_READING", {})

    def _free_answer(self, *, knows: bool) -> str:
        """Who followed says again what was just read; who did not, says so."""
        at = int(self._word)
        return " ".join(self._words[max(0, at - 60) : at]) if knows else "I am not sure."

"""A client as the wire contract wants it: an outbox that resends, and an honest journal."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

import aiohttp

from tests.faults.harness.journal import Journal
from tests.faults.harness.seed import BOOK, CHECKPOINTS_EVERY, WORDS
from tests.faults.harness.site import Address
from tests.faults.harness.streaming import StreamSocket

Way = Literal["socket", "stream"]
Socket = aiohttp.ClientWebSocketResponse | StreamSocket
Frame = dict[str, Any]
AWAY = (aiohttp.ClientError, TimeoutError, ConnectionError)


class Reader:
    """One student in one session; `servers` are tried in turn, beginning with the first."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        token: str,
        servers: Sequence[Address],
        *,
        pace: float,
        way: Way = "socket",
    ) -> None:
        self.journal = Journal("")
        self.pace = pace
        self.socket: Socket | None = None
        self._way = way
        self.server = servers[0]
        #: Seconds from sending to the first answer, per acknowledged frame, when it came.
        self.waits: list[tuple[float, float]] = []
        self.deltas: asyncio.Queue[str] = asyncio.Queue()
        self._http = http
        self.headers = {"Authorization": f"Bearer {token}"}
        self._servers = list(servers)
        self._outbox: dict[int, Frame] = {}
        self._sent_at: dict[int, float] = {}
        self._open_answers: set[str] = set()
        self._next_id = 0
        self._word = 0
        self._began = 0.0
        self._stop = asyncio.Event()
        self._ready = asyncio.Event()
        self.restored: Frame = {}

    # -- the way in ------------------------------------------------------------------------

    async def begin(self, student: str) -> str:
        """Start a session over REST; its id."""
        body = {"studentId": student, "bookId": BOOK}
        started = await self.post("/api/sessions", body)
        self.journal.session_id = started["sessionId"]
        self.journal.student = student
        return self.journal.session_id

    async def connect(self, server: Address | None = None) -> aiohttp.ClientWebSocketResponse:
        """A socket with a fresh ticket; raises one of `AWAY`."""
        self.server = server or self.server
        return await self.connect_elsewhere(self.server)

    async def _open(self) -> Socket:
        if self._way == "socket":
            return await self.connect()
        stream = StreamSocket(self._http, self.server.url, self.headers, self.journal.session_id)
        return await stream.open()

    async def connect_elsewhere(self, server: Address) -> aiohttp.ClientWebSocketResponse:
        """A socket on `server` with a ticket of the server that the reader is at."""
        ticket = await self.post("/api/tickets", {"sessionId": self.journal.session_id})
        return await self._http.ws_connect(
            f"{server.websocket_url}/ws/{self.journal.session_id}",
            protocols=["readerai.v1", f"ticket.{ticket['websocketTicket']}"],
            timeout=aiohttp.ClientWSTimeout(ws_close=2),
            max_msg_size=0,
        )

    async def post(self, path: str, body: Frame) -> Frame:
        """Call the server over REST; raises one of `AWAY` for any refusal."""
        async with self._http.post(
            self.server.url + path, json=body, headers=self.headers
        ) as answer:
            if answer.status >= 300:
                raise aiohttp.ClientError(f"{answer.status} {await answer.text()}")
            found: Frame = await answer.json()
            return found

    # -- reading ---------------------------------------------------------------------------

    async def read(self, *, ask_every: int = 40, answer_every: int = 25) -> None:
        """Read on, reconnecting for ever, until `finish` and all that was sent is answered."""
        self._began = time.monotonic()
        while not self._done():
            try:
                async with asyncio.timeout(15):
                    socket = await self._open()
            except AWAY:
                await self._elsewhere()
                continue
            async with socket:
                await self._over(socket, ask_every, answer_every)
            self.socket = None
            self.journal.wall_seconds = time.monotonic() - self._began
            if not self._done():
                await self._elsewhere()

    async def finish(self) -> None:
        """Say nothing new; `read` ends when everything is answered."""
        self._stop.set()

    @property
    def unanswered(self) -> list[str]:
        """What this reader still waits for, and where."""
        waiting = [str(frame) for frame in self._outbox.values()] + sorted(self._open_answers)
        return [f"{self.journal.session_id} at {self.server.url}", *waiting] if waiting else []

    def _done(self) -> bool:
        return self._stop.is_set() and not self._outbox and not self._open_answers

    async def _elsewhere(self) -> None:
        await asyncio.sleep(random.uniform(0.05, 0.3))
        at = self._servers.index(self.server)
        self.server = self._servers[(at + 1) % len(self._servers)]

    async def _over(self, socket: Socket, ask_every: int, answer_every: int) -> None:
        self.socket = socket
        self._ready.clear()
        talking = asyncio.create_task(self._talk(socket, ask_every, answer_every))
        try:
            while not self._done():
                message = await socket.receive()
                if message.type is aiohttp.WSMsgType.CLOSE:
                    self.journal.closes.append(message.data)
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                await self._hear(socket, json.loads(message.data))
        finally:
            talking.cancel()
            with contextlib.suppress(asyncio.CancelledError, *AWAY):
                await talking

    async def _talk(self, socket: Socket, ask_every: int, answer_every: int) -> None:
        await self._ready.wait()
        while not self._stop.is_set():
            await asyncio.sleep(self.pace)
            step = self._next_id + 1
            if ask_every and step % ask_every == 0 and not self._open_answers:
                await self.ask(socket)
            elif answer_every and step % answer_every == 0 and self._word > CHECKPOINTS_EVERY:
                await self.try_checkpoint(socket)
            else:
                await self.progress(socket)
        heartbeat = json.dumps({"type": "HEARTBEAT", "sessionId": self.journal.session_id})
        while True:  # what is left unanswered is said again, as long as it is
            for frame in list(self._outbox.values()):
                await socket.send_str(json.dumps(frame))
            await socket.send_str(heartbeat)
            await asyncio.sleep(1)

    async def progress(self, socket: Socket) -> int:
        """One word further."""
        self._word = min(self._word + 1, WORDS - 20)
        return await self.say(socket, "READING_PROGRESS", {"wordIndex": self._word})

    async def ask(self, socket: Socket) -> int:
        """A question about the place."""
        context = {"book": BOOK, "currentWordIndex": self._word, "currentSentence": "We walk on."}
        self.journal.asked.append(self._next_id + 1)
        payload = {"questionText": "Tell me about the hill.", "context": context}
        return await self.say(socket, "STUDENT_INTERRUPTION", payload)

    async def try_checkpoint(self, socket: Socket) -> int:
        """A (wrong) answer to a checkpoint that was reached."""
        at = self._word // CHECKPOINTS_EVERY * CHECKPOINTS_EVERY
        self.journal.tried.append(self._next_id + 1)
        payload = {"checkpointId": f"at-{at}", "answer": "no"}
        return await self.say(socket, "CHECKPOINT_ANSWER", payload)

    async def say(self, socket: Socket, kind: str, payload: Frame) -> int:
        """Send a frame with a new id; it stays in the outbox until it is answered."""
        self._next_id += 1
        frame = {
            "type": kind,
            "sessionId": self.journal.session_id,
            "id": self._next_id,
            "payload": payload,
        }
        self._outbox[self._next_id] = frame
        self._sent_at[self._next_id] = time.monotonic()
        self.journal.sent.append(self._next_id)
        with contextlib.suppress(*AWAY):
            await socket.send_str(json.dumps(frame))
        return self._next_id

    # -- hearing ---------------------------------------------------------------------------

    async def _hear(self, socket: Socket, frame: Frame) -> None:
        handler: Callable[[Frame], None] | None = getattr(
            self, f"_on_{frame['type'].lower()}", None
        )
        if handler is not None:
            handler(frame)
        if frame["type"] == "SESSION_RESTORED":
            with contextlib.suppress(*AWAY):  # what is not sent now is sent over the next socket
                for unanswered in list(self._outbox.values()):
                    await socket.send_str(json.dumps(unanswered))
            self._ready.set()

    def _on_session_restored(self, frame: Frame) -> None:
        self.restored = frame["payload"]
        for done in [each for each in self._outbox if each <= self.restored["lastId"]]:
            # Committed, as the server says; a question's or a try's own answer is asked for again.
            if self._outbox[done]["type"] == "READING_PROGRESS":
                self._answered(done)
        records = self.restored["state"]["interruptions"]
        for record in records:
            if record["status"] != "pending":
                self._open_answers.discard(record["interruptionId"])
            if record["status"] == "answered":
                self.journal.answers[record["interruptionId"]] = record["response"]

    def _on_progress_saved(self, frame: Frame) -> None:
        reply_to = frame.get("replyTo", 0)
        for done in [each for each in self._outbox if each <= reply_to]:
            if self._outbox[done]["type"] == "READING_PROGRESS":
                self._answered(done)
        self.journal.furthest = max(self.journal.furthest, frame["payload"]["furthestWordIndex"])

    def _on_interruption_acknowledged(self, frame: Frame) -> None:
        interruption_id = frame["payload"]["interruptionId"]
        if frame["replyTo"] not in self.journal.questions:
            self.journal.questions[frame["replyTo"]] = interruption_id
            self._open_answers.add(interruption_id)
        self._answered(frame["replyTo"])

    def _on_interruption_delta(self, frame: Frame) -> None:
        self.deltas.put_nowait(frame["payload"]["text"])

    def _on_interruption_response(self, frame: Frame) -> None:
        payload = frame["payload"]
        self.journal.answers[payload["interruptionId"]] = payload["responseText"]
        self._open_answers.discard(payload["interruptionId"])

    def _on_interruption_error(self, frame: Frame) -> None:
        self.journal.errors.append(frame["payload"]["errorCode"])
        self._open_answers.discard(frame["payload"].get("interruptionId", ""))
        if "interruptionId" not in frame["payload"]:
            self._outbox.pop(frame.get("replyTo", 0), None)

    def _on_checkpoint_result(self, frame: Frame) -> None:
        if frame["replyTo"] not in self.journal.results:
            self.journal.results.append(frame["replyTo"])
        self._answered(frame["replyTo"])

    def _on_error(self, frame: Frame) -> None:
        self.journal.errors.append(frame["payload"]["code"])
        if not frame["payload"]["retryable"]:
            self._outbox.pop(frame.get("replyTo", 0), None)

    def _answered(self, message_id: int) -> None:
        frame = self._outbox.pop(message_id, None)
        if frame is None:
            return
        now = time.monotonic()
        self.journal.acknowledged.append(message_id)
        self.waits.append((now, now - self._sent_at[message_id]))

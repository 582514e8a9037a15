"""One child's socket, as cheap for the client's core as it can be: no task, no library, frames
built from bytes. The masking key is zero, which is as good as any other, so that nothing here has
to be masked; the server still unmasks."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final, cast

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from bench.site import BOOK

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_MASK: Final = b"\0\0\0\0"
_UPGRADE: Final = (
    "GET /ws/{session} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\nX-Forwarded-Proto: https\r\n"
    "Sec-WebSocket-Protocol: readerai.v1, ticket.{ticket}\r\n\r\n"
)


class ServerFrame(Struct, rename="camel"):
    """What is looked at of a server's frame."""

    type: str
    reply_to: int | None = None


_DECODER: Final = Decoder(ServerFrame)


@dataclass
class LoadWindow:
    """What a stretch of load saw; `waits` are seconds from a position's frame to its answer."""

    sent: int = 0
    waits: list[float] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    failed: int = 0
    errors: int = 0


def frame(text: bytes, opcode: int = TEXT) -> bytes:
    """A client's frame."""
    size = len(text)
    if size < 126:
        return bytes((0x80 | opcode, 0x80 | size)) + _MASK + text
    return bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2) + _MASK + text


def split(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames (opcode and payload) that `data` begins with, and what is left over."""
    frames = []
    at, have = 0, len(data)
    while have - at >= 2:
        opcode, size, start = data[at] & 15, data[at + 1], at + 2
        if size > 125:
            start += 2 if size == 126 else 8
            if have < start:
                break
            size = int.from_bytes(data[at + 2 : start])
        if have < start + size:
            break
        frames.append((opcode, data[start : start + size]))
        at = start + size
    return frames, data[at:]


class ReadingChild(asyncio.Protocol):
    """Reads on and asks when told to; `restored` is done with the first frame of the session."""

    def __init__(self, port: int, session: str, ticket: str, word: int) -> None:
        self.restored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.window = LoadWindow()
        self.closed = False
        self._upgrade = _UPGRADE.format(session=session, port=port, ticket=ticket).encode()
        self._session = session
        self._progress = (
            b'{"type":"READING_PROGRESS","sessionId":"%s","id":%%d,"payload":'
            b'{"wordIndex":%%d,"isPlaying":false,"seen":[%%d,%%d]}}' % session.encode()
        )
        self._word = word
        self._id = 0
        self._waiting: deque[tuple[int, float, LoadWindow]] = deque()
        self._question: LoadWindow | None = None
        self._upgraded = False
        self._rest = b""

    # -- what the child does ---------------------------------------------------------------

    def read_on(self, window: LoadWindow) -> None:
        """Report a place two words further on: 120 words a minute."""
        self._id += 1
        self._word += 2
        window.sent += 1
        self._waiting.append((self._id, time.perf_counter(), window))
        screen = self._word // 120 * 120
        self._send(self._progress % (self._id, self._word, screen, screen + 119))

    def ask(self, window: LoadWindow) -> None:
        """Ask about the place, unless an answer is still coming."""
        if self._question is not None:
            return
        self._id += 1
        window.asked += 1
        self._question = window
        context = {
            "book": BOOK,
            "currentWordIndex": self._word,
            "currentSentence": "They went on to the end of the road.",
        }
        text = f"Why did they do that just then, after the {self._id} steps before?"
        payload = {"questionText": text, "context": context, "interruptionType": "text"}
        asked = {"type": "STUDENT_INTERRUPTION", "sessionId": self._session, "id": self._id}
        self._send(json.dumps(asked | {"payload": payload}).encode())

    def leave(self) -> None:
        """Hang up."""
        self.closed = True
        self._transport.close()

    @property
    def waits(self) -> bool:
        """Whether a position is unanswered."""
        return bool(self._waiting)

    # -- what comes ------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        self._transport.write(self._upgrade)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.restored.done():
            self.restored.set_exception(ConnectionError("hung up before the session was there"))

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        if not self._upgraded:
            head, blank, rest = data.partition(b"\r\n\r\n")
            if not blank:
                self._rest = data
                return
            if b" 101 " not in head[:16]:
                self._transport.close()
                return
            self._upgraded, data = True, rest
        frames, self._rest = split(data)
        for opcode, payload in frames:
            if opcode == TEXT:
                self._text(payload)
            elif opcode == PING:
                self._transport.write(frame(payload, PONG))
            elif opcode == CLOSE:
                self._transport.close()

    def _send(self, text: bytes) -> None:
        self._transport.write(frame(text))

    def _text(self, text: bytes) -> None:
        try:
            told = _DECODER.decode(text)
        except DecodeError:
            self.window.errors += 1
            return
        if told.type == "PROGRESS_SAVED":
            self._saved(told.reply_to or 0)
        elif told.type == "SESSION_RESTORED" and not self.restored.done():
            self.restored.set_result(None)
        elif told.type in ("INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR") and self._question:
            self._question.answered += told.type == "INTERRUPTION_RESPONSE"
            self._question.failed += told.type == "INTERRUPTION_ERROR"
            self._question = None
        elif told.type == "ERROR":
            self.window.errors += 1

    def _saved(self, highest: int) -> None:
        now = time.perf_counter()
        while self._waiting and self._waiting[0][0] <= highest:
            _, sent, window = self._waiting.popleft()
            window.waits.append(now - sent)

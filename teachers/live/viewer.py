"""One teacher's socket on a class's feed: what it was told, and what waits to be sent."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from readerai.accounts.models import SignIn
from sessions_app.live.limits import FrameRate, Verdict
from sessions_app.live.outbound import Transport
from sessions_app.protocol.errors import CLOSE_ERROR, Close, error

from .cards import View

log = logging.getLogger(__name__)

STALLED_SECONDS: Final = 15.0
MAX_ANSWERS: Final = 40


@dataclass(frozen=True)
class Scene:
    """A session as a feed shows it. ``revision`` grows with every change of what is shown;
    ``html`` is None where the child's card shows another session."""

    revision: int
    summary: msgspec.Raw
    html: dict[View, str] | None

    def looks_like(self, summary: msgspec.Raw, html: dict[View, str] | None) -> bool:
        """Whether nobody who saw this would see a difference. A view that was not asked for
        before is none."""
        if bytes(self.summary) != bytes(summary) or (self.html is None and html is not None):
            return False
        mine, theirs = self.html or {}, html or {}
        return all(mine[view] == theirs[view] for view in mine.keys() & theirs.keys())


class _Frame(msgspec.Struct):
    type: str
    version: int
    payload: Any


def encode(type_: str, version: int, payload: Any) -> str:
    """A feed's frame as JSON text."""
    return msgspec.json.encode(_Frame(type_, version, payload)).decode()


async def refuse(transport: Transport, code: Close) -> None:
    """Say why on an accepted socket, and close it."""
    await transport.send(encode("ERROR", 1, error(CLOSE_ERROR[code])))
    await transport.close(int(code))


class Viewer:
    """``show`` and ``show_all`` never wait; of what is not sent yet only the newest is kept."""

    def __init__(self, transport: Transport, sign_in: SignIn, view: View | None) -> None:
        self.sign_in_id: int = sign_in.pk
        self.user_id: int = sign_in.user_id
        self.view = view
        self._transport = transport
        self._version = 0
        self._told: dict[str, int] | None = None
        self._all: dict[str, Scene] | None = None
        self._changed: dict[str, Scene] = {}
        self._answers: deque[tuple[str, Any]] = deque(maxlen=MAX_ANSWERS)
        self._rate = FrameRate(time.monotonic())
        self._sender: asyncio.Task[None] | None = None
        self._closing: Close | None = None

    def show_all(self, scenes: dict[str, Scene]) -> None:
        """Send a snapshot; what was to be sent before it is in it."""
        self._all = dict(scenes)
        self._changed.clear()
        self._told = {session: scene.revision for session, scene in scenes.items()}
        self._send_soon()

    def show(self, session_id: str, scene: Scene) -> None:
        """Send a change, unless this viewer knows it or has not seen the whole yet."""
        if self._told is None or self._told.get(session_id) == scene.revision:
            return
        self._told[session_id] = scene.revision
        self._changed[session_id] = scene
        self._send_soon()

    def receive(self, text: str | None) -> None:
        """Answer a frame. A heartbeat is one; everything else changes nothing."""
        if self._rate.take(time.monotonic()) is not Verdict.FINE:
            return
        if _type_of(text) == "HEARTBEAT":
            self._answers.append(("HEARTBEAT_ACK", {}))
        else:
            self._answers.append(("ERROR", error("read_only")))
        self._send_soon()

    def _send_soon(self) -> None:
        if self._sender is None and self._closing is None:
            self._sender = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        try:
            while (frame := self._next()) is not None:
                async with asyncio.timeout(STALLED_SECONDS):
                    await self._transport.send(frame)
        except TimeoutError:
            self._sender = None
            await self.close(Close.RESTARTING)
        except (OSError, RuntimeError, asyncio.InvalidStateError):
            self._closing = Close.COMPLETE  # gone; the server says so in its own way, too
        finally:
            self._sender = None

    def _next(self) -> str | None:
        if self._all is not None:
            scenes, self._all = self._all, None
            return self._frame(
                "CLASS_SNAPSHOT", {"sessions": [scene.summary for scene in scenes.values()]}
            )
        if self._answers:
            return self._frame(*self._answers.popleft())
        if self._changed:
            scene = self._changed.pop(next(iter(self._changed)))
            payload: dict[str, Any] = {"summary": scene.summary}
            if self.view is not None and scene.html is not None and self.view in scene.html:
                payload["html"] = scene.html[self.view]
            return self._frame("SESSION_CHANGED", payload)
        return None

    def _frame(self, type_: str, payload: Any) -> str:
        self._version += 1
        return encode(type_, self._version, payload)

    async def close(self, code: Close) -> None:
        """Say why, and close. Once; nothing is sent after it."""
        if self._closing is not None:
            return
        self._closing = code
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.wait({self._sender})
        try:
            async with asyncio.timeout(STALLED_SECONDS):
                await self._transport.send(self._frame("ERROR", error(CLOSE_ERROR[code])))
                await self._transport.close(int(code))
        except (OSError, RuntimeError, TimeoutError, asyncio.InvalidStateError):
            log.info("a teacher's socket was gone before it was closed")

    def gone(self) -> None:
        """The client left."""
        self._closing = self._closing or Close.COMPLETE
        if self._sender is not None:
            self._sender.cancel()


def _type_of(text: str | None) -> object:
    try:
        frame = msgspec.json.decode(text or "")
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return frame.get("type") if isinstance(frame, dict) else None

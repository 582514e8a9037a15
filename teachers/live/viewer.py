"""One teacher's socket on a class's feed: what it was shown, and what waits to be sent."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from readerai.accounts.models import SignIn
from sessions_app.live.limits import FrameRate, Verdict
from sessions_app.live.outbound import Transport
from sessions_app.protocol.errors import CLOSE_ERROR, Close, error

from .cards import CardView
from .revisions import SessionRevision

log = logging.getLogger(__name__)

STALLED_SECONDS: Final = 15.0
MAX_ANSWERS: Final = 40


class FeedFrame(msgspec.Struct):
    type: str
    version: int
    payload: Any


def feed_frame(type_: str, version: int, payload: Any) -> str:
    """A feed's frame as JSON text."""
    return msgspec.json.encode(FeedFrame(type_, version, payload)).decode()


async def refuse_viewer(transport: Transport, code: Close) -> None:
    """Say why on an accepted socket, and close it."""
    await transport.send(feed_frame("ERROR", 1, error(CLOSE_ERROR[code])))
    await transport.close(int(code))


class Viewer:
    """``show`` and ``show_all`` never wait; of what is not sent yet only the newest is kept."""

    def __init__(self, transport: Transport, sign_in: SignIn, view: CardView | None) -> None:
        self.sign_in_id: int = sign_in.pk
        self.user_id: int = sign_in.user_id
        self.view = view
        self._transport = transport
        self._version = 0
        #: The number of the last revision of each session that is sent or waits to be.
        self._shown: dict[str, int] | None = None
        self._snapshot: dict[str, SessionRevision] | None = None
        self._seats = 0
        self._changed: dict[str, SessionRevision] = {}
        self._answers: deque[tuple[str, Any]] = deque(maxlen=MAX_ANSWERS)
        self._rate = FrameRate(time.monotonic())
        self._sender: asyncio.Task[None] | None = None
        self._closing: Close | None = None

    def show_all(self, revisions: Mapping[str, SessionRevision], *, seats: int) -> None:
        """Send a snapshot of a class of ``seats``; what was to be sent before it is in it."""
        self._snapshot = dict(revisions)
        self._seats = seats
        self._changed.clear()
        self._shown = {session: revision.number for session, revision in revisions.items()}
        self._send_soon()

    def show(self, session_id: str, revision: SessionRevision) -> None:
        """Send a change, unless this viewer knows it or has no snapshot yet."""
        if self._shown is None or self._shown.get(session_id) == revision.number:
            return
        self._shown[session_id] = revision.number
        self._changed[session_id] = revision
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
        if self._snapshot is not None:
            revisions, self._snapshot = self._snapshot, None
            return self._frame("CLASS_SNAPSHOT", self._payload_of_all(list(revisions.values())))
        if self._answers:
            return self._frame(*self._answers.popleft())
        if self._changed:
            revision = self._changed.pop(next(iter(self._changed)))
            payload: dict[str, Any] = {"summary": revision.summary}
            html = revision.html or {}
            if self.view in html:
                payload["html"] = html[self.view]
            return self._frame("SESSION_CHANGED", payload)
        return None

    def _payload_of_all(self, revisions: Sequence[SessionRevision]) -> dict[str, Any]:
        """Who asked for cards gets those that are about a session, so that a page that was just
        fetched need not be fetched again; and how many there are in all."""
        payload: dict[str, Any] = {"sessions": [revision.summary for revision in revisions]}
        if self.view is not None:
            shown = [revision.html for revision in revisions if revision.html is not None]
            payload["cards"] = [html[self.view] for html in shown if self.view in html]
            payload["seats"] = self._seats
        return payload

    def _frame(self, type_: str, payload: Any) -> str:
        self._version += 1
        return feed_frame(type_, self._version, payload)

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

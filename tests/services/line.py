"""The line between a browser and the server, which a test lets die in the ways that lines die."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

#: open: all passes. silent: nothing passes and nothing is closed. deaf: what the browser sends
#: passes, what the server says does not. portal: posts of frames are answered with somebody else's
#: page, the rest passes. holding: an event stream is held back until it ends, as by what looks
#: through whatever passes. cut: what is open is closed, and nothing opens.
State = Literal["open", "silent", "deaf", "portal", "holding", "cut"]

_PAGE: Final = b"<html><title>Sign in to the network</title></html>"
_PORTAL: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
    len(_PAGE),
    _PAGE,
)
_REFUSED: Final = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"


class Line:
    """A proxy on a port of its own before the server at ``port``, with or without sockets."""

    def __init__(self, port: int, *, sockets: bool = True) -> None:
        self._target = port
        self._has_sockets = sockets
        #: Of each connection, by the browser's end: whether an event stream was asked for last.
        self._streams: set[asyncio.StreamWriter] = set()
        self._state: State = "open"
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stopped = asyncio.Event()
        self.port = 0

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def become(self, state: State) -> None:
        """From now on the line is like this."""
        asyncio.run_coroutine_threadsafe(self._become(state), self._loop).result()

    def run(self) -> None:
        """Serve until the loop is stopped."""
        self._loop.run_until_complete(self._run())
        self._loop.close()

    def stop(self) -> None:
        """Close what is open and end."""
        self._loop.call_soon_threadsafe(self._stopped.set)

    def wait(self) -> None:
        """Wait until it listens."""
        self._ready.wait()

    async def _become(self, state: State) -> None:
        self._state = state
        if state == "cut":
            for writer in self._writers:
                writer.transport.abort()

    async def _run(self) -> None:
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            await self._stopped.wait()
        await self._become("cut")
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._state == "cut":
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        ends = {writer, back}
        self._writers |= ends
        try:
            up = self._pump(reader, back, answers=writer)
            await asyncio.gather(up, self._pump(there, writer), return_exceptions=True)
        finally:
            self._writers -= ends
            self._streams -= ends
            for end in ends:
                end.transport.abort()

    async def _pump(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        answers: asyncio.StreamWriter | None = None,
    ) -> None:
        """Pass on what comes from ``source``; ``answers`` is the browser's end on the way up."""
        held = b""
        while data := await source.read(65_536):
            if answers is not None and not self._takes(data, answers):
                continue
            if self._passes(is_up=answers is not None):
                held += data
                if not self._holds(held, target):
                    target.write(held)
                    held = b""
                await target.drain()
        if self._state != "silent":
            target.close()

    def _takes(self, data: bytes, answers: asyncio.StreamWriter) -> bool:
        """Whether what the browser says may go on; else it is answered here."""
        request = data.split(b"\r\n", 1)[0]
        if request.startswith((b"GET ", b"POST ")):
            self._streams.discard(answers)
            if re.search(rb"/stream[? ]", request):
                self._streams.add(answers)
        if not self._has_sockets and request.startswith(b"GET /ws/"):
            answers.write(_REFUSED)
            return False
        if self._state == "portal" and request.startswith(b"POST ") and b"/frames" in request:
            answers.write(_PORTAL)
            return False
        return True

    def _holds(self, said: bytes, target: asyncio.StreamWriter) -> bool:
        """Whether what the server has said of an event stream is not passed on yet."""
        is_held = self._state == "holding" and target in self._streams
        return is_held and not said.endswith(b"\r\n0\r\n\r\n")

    def _passes(self, *, is_up: bool) -> bool:
        return self._state in {"open", "portal", "holding"} or (self._state == "deaf" and is_up)


@contextmanager
def line_to(port: int, *, sockets: bool = True) -> Iterator[Line]:
    """A line to the server at ``port``, open at first; without ``sockets`` it lets none through."""
    line = Line(port, sockets=sockets)
    thread = threading.Thread(target=line.run, daemon=True)
    thread.start()
    line.wait()
    try:
        yield line
    finally:
        line.stop()
        thread.join()

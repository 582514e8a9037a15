"""One client that sends 10,000 frames a second, in a process of its own so that it slows nobody
but the server: `python -m tests.faults.harness.flooder` with a `Flood` as JSON on its input.

It opens a socket again as soon as it is cut. When its input ends it prints `{"sent": …,
"closes": […]}`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.faults.harness.reader import AWAY, Reader
from tests.services.server import ROOT

PER_TURN = 100
TURN_SECONDS = 0.01


@dataclass
class Flooded:
    """What a flood came to."""

    sent: int = 0
    closes: list[int] = field(default_factory=list)


@contextlib.asynccontextmanager
async def flooding(reader: Reader) -> AsyncIterator[Flooded]:
    """`reader`'s session is flooded meanwhile; the result is filled in at the end."""
    flood = {
        "url": reader.server.url,
        "websocket_url": reader.server.websocket_url,
        "session_id": reader.journal.session_id,
        "headers": reader.headers,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.harness.flooder"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(flood).encode() + b"\n")
    await process.stdout.readline()  # it has begun
    flooded = Flooded()
    try:
        yield flooded
    finally:
        process.stdin.close()
        said = await process.stdout.read()
        await process.wait()
        vars(flooded).update(json.loads(said))


def masked(frame: str) -> bytes:
    """A text frame as clients send them; the mask is of zeros."""
    data = frame.encode()
    assert len(data) < 126
    return bytes([0x81, 0x80 | len(data), 0, 0, 0, 0]) + data


class _Flooder:
    def __init__(self, http: aiohttp.ClientSession, flood: dict[str, Any]) -> None:
        self.flooded = Flooded()
        self._http = http
        self._flood = flood
        heartbeat = {"type": "HEARTBEAT", "sessionId": flood["session_id"]}
        self._bytes = masked(json.dumps(heartbeat)) * PER_TURN

    async def run(self) -> None:
        while True:
            with contextlib.suppress(*AWAY, asyncio.IncompleteReadError):
                self.flooded.closes.append(await self._once())
            await asyncio.sleep(TURN_SECONDS)

    async def _once(self) -> int:
        session_id = self._flood["session_id"]
        async with self._http.post(
            f"{self._flood['url']}/api/tickets",
            json={"sessionId": session_id},
            headers=self._flood["headers"],
        ) as answer:
            ticket = (await answer.json())["websocketTicket"]
        port = urlsplit(self._flood["url"]).port
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        handshake = (
            f"GET /ws/{session_id} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: readerai.v1, ticket.{ticket}\r\n\r\n"
        )
        writer.write(handshake.encode())
        await reader.readuntil(b"\r\n\r\n")
        sending = asyncio.create_task(self._send(writer))
        try:
            return await _close_code(reader)
        finally:
            sending.cancel()
            writer.close()

    async def _send(self, writer: asyncio.StreamWriter) -> None:
        while True:
            began = time.monotonic()
            writer.write(self._bytes)
            await writer.drain()
            self.flooded.sent += PER_TURN
            await asyncio.sleep(max(0.0, TURN_SECONDS - (time.monotonic() - began)))


async def _close_code(reader: asyncio.StreamReader) -> int:
    """Read frames until the one that closes; its code. 0 where the connection just ends."""
    try:
        while True:
            first, length = await reader.readexactly(2)
            if length == 126:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
            data = await reader.readexactly(length)
            if first & 0x0F == 8:
                return int.from_bytes(data[:2], "big")
    except (OSError, asyncio.IncompleteReadError):
        return 0


async def main() -> None:
    """Flood until the input ends."""
    lines = _lines()
    flood = json.loads(next(lines))
    async with aiohttp.ClientSession() as http:
        flooder = _Flooder(http, flood)
        run = asyncio.create_task(flooder.run())
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        await asyncio.to_thread(next, lines, None)
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
    sys.stdout.write(json.dumps(vars(flooder.flooded)))


def _lines() -> Iterator[str]:
    yield from sys.stdin


if __name__ == "__main__":
    asyncio.run(main())

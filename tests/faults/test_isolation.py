"""What one client does at its limits leaves the others alone."""

from __future__ import annotations

import asyncio
import json
import socket as sockets
import statistics
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.faults.conftest import LONG, Measured
from tests.faults.crowd import Crowd, until
from tests.faults.reader import AWAY, Reader
from tests.faults.site import Site
from tests.services.process import wait_until
from tests.services.server import Kind, Server

OTHERS = 10


def p99(reader_list: list[Reader], since: float, to: float) -> float:
    """The 99th percentile of waits for an acknowledgement, in ms."""
    waits = [wait for reader in reader_list for at, wait in reader.waits if since < at < to]
    return statistics.quantiles(waits, n=100)[-1] * 1000 if len(waits) > 1 else float("nan")


def heartbeat(reader: Reader) -> str:
    return json.dumps({"type": "HEARTBEAT", "sessionId": reader.journal.session_id})


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
async def test_a_flood_of_frames_is_cut_and_the_others_do_not_notice(
    site: Site, crowd: Crowd, measured: Measured, kind: Kind
) -> None:
    server = site.server(kind, READERAI_RATE_LIMITS="on")
    flooder = await crowd.reader(site, [server])
    async with crowd.reading(site, [server], OTHERS, pace=0.2, ask_every=0) as others:
        await asyncio.sleep(3)
        calm_since, calm_to = time.monotonic() - 2, time.monotonic()
        closes = []
        end = calm_to + 3
        while time.monotonic() < end:
            try:
                closes.append(await _flood(flooder, until_=end))
            except AWAY:
                closes.append(0)
        flood_p99 = p99(others, calm_to, end)
        measured(
            f"{kind}: p99 of the others {p99(others, calm_since, calm_to):.0f} ms before and "
            f"{flood_p99:.0f} ms during a flood of 10,000 frames a second"
        )
    assert 4429 in closes, closes
    assert not any(other.journal.errors for other in others)
    assert site.audit([other.journal for other in others]).clean


async def _flood(reader: Reader, *, until_: float) -> int:
    """Send 1,000 frames every 100 ms until the server closes; its code (0: it never did)."""
    socket = await reader.connect()
    frame = heartbeat(reader)
    async with socket:
        while time.monotonic() < until_ and not socket.closed:
            began = time.monotonic()
            for _ in range(1000):
                await socket.send_str(frame)
            try:
                while True:
                    message = await socket.receive(timeout=0.01)
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        return int(message.data or 0)
            except TimeoutError:
                await asyncio.sleep(max(0.0, 0.1 - (time.monotonic() - began)))
    return socket.close_code or 0


def resident_mib(server: Server) -> float:
    """How much memory a server holds."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
async def test_a_client_that_never_reads_is_cut_and_costs_little_memory(
    site: Site, crowd: Crowd, measured: Measured, kind: Kind
) -> None:
    server = site.server(kind)  # rate limits are off: nothing else stops it
    deaf = await crowd.reader(site, [server])
    async with crowd.reading(site, [server], 4, pace=0.2, ask_every=0) as others:
        await asyncio.sleep(1)
        before = resident_mib(server)
        await asyncio.to_thread(_shout, server, deaf, await _ticket(deaf))
        grown = resident_mib(server) - before
        slot = f"SELECT 1 FROM sessions_app_slot WHERE session_id = '{deaf.journal.session_id}'"
        await asyncio.to_thread(wait_until, lambda: not site.sql(slot), "the cut", 40)
        measured(f"{kind}: a client that never reads cost {grown:.0f} MiB before it was cut")
    assert grown < 64
    assert not any(other.journal.errors for other in others)
    assert site.audit([other.journal for other in others]).clean


async def _ticket(reader: Reader) -> str:
    ticket = await reader.post("/api/tickets", {"sessionId": reader.journal.session_id})
    return str(ticket["websocketTicket"])


def _shout(server: Server, reader: Reader, ticket: str) -> None:
    """Send heartbeats over a raw socket and read none of the answers, until it is cut."""
    path = f"/ws/{reader.journal.session_id}"
    handshake = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: readerai.v1, ticket.{ticket}\r\n\r\n"
    )
    frame = heartbeat(reader).encode()
    masked = bytes([0x81, 0x80 | len(frame), 0, 0, 0, 0]) + frame
    assert len(frame) < 126
    raw = sockets.socket()
    with raw:
        raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        raw.connect(("127.0.0.1", server.port))
        raw.sendall(handshake.encode())
        raw.settimeout(20)
        try:
            for _ in range(600):
                raw.sendall(masked * 50)
                time.sleep(0.005)
        except OSError:
            return


async def test_over_the_limit_one_is_told_so_and_the_others_read_on(
    site: Site, crowd: Crowd, measured: Measured
) -> None:
    limit, beyond = (100, 500) if LONG else (20, 60)
    server = site.server("daphne", READERAI_MAX_SESSIONS=str(limit))
    readers = [await crowd.reader(site, [server]) for _ in range(limit + beyond)]
    opened = await asyncio.gather(*(_try(reader) for reader in readers))
    held = [socket for socket, frame in opened if frame["type"] == "SESSION_RESTORED"]
    refused = [(socket, frame) for socket, frame in opened if frame["type"] == "ERROR"]
    assert (len(held), len(refused)) == (limit, beyond)
    for socket, frame in refused:
        assert frame["payload"]["code"] == "full"
        assert (await socket.receive())[:2] == (aiohttp.WSMsgType.CLOSE, 4503)
    body = {"studentId": crowd.journals[0].student, "bookId": "the-long-walk"}
    async with crowd.http.post(
        f"{server.url}/api/sessions", json=body, headers=readers[0].headers
    ) as answer:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert (await answer.json())["error"]["code"] == "full"
    for at, reader in enumerate(readers):
        socket, frame = opened[at]
        if frame["type"] == "SESSION_RESTORED":
            await reader.progress(socket)
            assert (await socket.receive_json(timeout=20))["type"] == "PROGRESS_SAVED"
    await asyncio.gather(*(socket.close() for socket, _ in opened))
    measured(f"limit {limit}, {limit + beyond} at once: {limit} read, {beyond} got 4503")


async def _try(reader: Reader) -> tuple[aiohttp.ClientWebSocketResponse, dict[str, Any]]:
    socket = await reader.connect()
    frame: dict[str, Any] = await socket.receive_json(timeout=60)
    return socket, frame


async def test_a_hundred_students_on_sqlite_never_meet_a_lock(
    tmp_path: Path, crowd: Crowd, measured: Measured
) -> None:
    site = Site(tmp_path / "site", students=100)
    try:
        server = site.server("daphne")
        async with crowd.reading(site, [server], 100, pace=1.0, ask_every=7) as readers:
            await asyncio.sleep(8)
            await until(lambda: all(reader.journal.acknowledged for reader in readers))
        found = site.audit(crowd.journals)
        assert found.clean, found
        assert "locked" not in server.said()
        assert not any(journal.errors for journal in crowd.journals)
        measured(f"SQLite, 100 students at once: {found.frames} acknowledged, none locked")
    finally:
        site.close()

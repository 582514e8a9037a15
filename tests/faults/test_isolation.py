"""What one client does at its limits leaves the others alone."""

from __future__ import annotations

import asyncio
import json
import re
import socket as sockets
import statistics
import time
import urllib.request
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.faults.conftest import LONG, Measured
from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.flooder import Flooded, flooding, masked
from tests.faults.harness.reader import Reader
from tests.faults.harness.site import Site
from tests.services.process import wait_until
from tests.services.server import Kind, Server

OTHERS = 10
FLOOD_SECONDS = 3.0
#: Frames of about 90 bytes that a server may still look at after a cut: what it reads at once.
MOST_LATE: dict[Kind, int] = {"daphne": 300, "uvicorn": 262_144 // 90}


def waited(readers: list[Reader], since: float, to: float) -> list[float]:
    """How long acknowledgements that came in this time were waited for."""
    return [wait for reader in readers for at, wait in reader.waits if since < at < to]


def p99(waits: list[float]) -> float:
    """The 99th percentile, in ms."""
    return statistics.quantiles(waits, n=100)[-1] * 1000 if len(waits) > 1 else float("nan")


def frames_late(server: Server) -> float:
    """How many frames a server looked at after it had closed their socket."""
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        text = answer.read().decode()
    found = re.search(
        r'^readerai_frames_total{direction="in",type="late"} (\S+)', text, re.MULTILINE
    )
    return float(found.group(1)) if found else 0.0


def heartbeat(reader: Reader) -> str:
    return json.dumps({"type": "HEARTBEAT", "sessionId": reader.journal.session_id})


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
async def test_a_flood_of_frames_is_cut_and_the_others_do_not_notice(
    site: Site, crowd: Crowd, measured: Measured, kind: Kind
) -> None:
    """Side by side: the others' own server is flooded, and another one on the same machine."""
    server, control = (site.server(kind, READERAI_RATE_LIMITS="on") for _ in range(2))
    here, elsewhere = [await crowd.reader(site, [each]) for each in (server, control)]
    waits: dict[Reader, list[float]] = {here: [], elsewhere: []}
    floods: dict[Reader, list[Flooded]] = {here: [], elsewhere: []}
    async with crowd.reading(site, [server], OTHERS, pace=0.2, ask_every=0) as others:
        await until(lambda: all(other.journal.acknowledged for other in others))
        for flooder in (elsewhere, here) * (4 if LONG else 1):
            async with flooding(flooder) as flooded:
                since = time.monotonic()
                await asyncio.sleep(FLOOD_SECONDS)
            waits[flooder] += waited(others, since, since + FLOOD_SECONDS)
            floods[flooder].append(flooded)
        late = frames_late(server)
    ours, theirs = p99(waits[here]), p99(waits[elsewhere])
    measured(
        f"{kind}, 10,000 frames a second from one client",
        f"cut by 4429; p99 of the others {ours:.0f} ms, and {theirs:.0f} ms while the flood is on "
        f"another server: {ours / theirs:.1f} x",
    )
    cuts = [code for flooded in floods[here] for code in flooded.closes]
    assert set(cuts) == {4429}, cuts
    # What is held against it is work, not time: hardly a frame is looked at after the cut.
    assert late < MOST_LATE[kind] * len(cuts), (late, len(cuts))
    assert not any(other.journal.errors for other in others)
    assert site.audit([other.journal for other in others]).clean


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
        await until(lambda: all(other.journal.acknowledged for other in others))
        before = resident_mib(server)
        await asyncio.to_thread(_shout, server, deaf, await _ticket(deaf))
        grown = resident_mib(server) - before
        slot = f"SELECT 1 FROM sessions_app_presence WHERE session_id = '{deaf.journal.session_id}'"
        await asyncio.to_thread(wait_until, lambda: not site.sql(slot), "the cut", 40)
        measured(f"{kind}, a client that never reads", f"{grown:.0f} MiB before it was cut")
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
    frames = masked(heartbeat(reader)) * 50
    raw = sockets.socket()
    with raw:
        raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        raw.connect(("127.0.0.1", server.port))
        raw.sendall(handshake.encode())
        raw.settimeout(20)
        try:
            for _ in range(600):
                raw.sendall(frames)
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
    measured(f"limit {limit}, {limit + beyond} at once", f"{limit} read, {beyond} got 4503")


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
            await until(lambda: all(len(reader.journal.acknowledged) > 3 for reader in readers))
        found = site.audit(crowd.journals)
        assert found.clean, found
        assert "locked" not in server.said()
        assert not any(journal.errors for journal in crowd.journals)
        measured("SQLite, 100 students at once", f"{found.frames} acknowledged, none locked")
    finally:
        site.close()

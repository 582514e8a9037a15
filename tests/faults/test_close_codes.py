"""What servers refuse by themselves, before any code of ours, ends with a code, too."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp
import pytest

from tests.faults.harness.crowd import Crowd
from tests.faults.harness.site import Site
from tests.services.server import Kind

MOST = 65_536
TOO_BIG, NO_TEXT, CUT, FAR_TOO_MANY = 1009, 1007, 1006, 4429


def padded(session_id: str, size: int) -> str:
    bare = '{"type":"HEARTBEAT","sessionId":"%s","pad":"%s"}'
    return bare % (session_id, "x" * (size - len(bare % (session_id, ""))))


async def close_code(socket: aiohttp.ClientWebSocketResponse) -> int | None:
    async with asyncio.timeout(20):
        while (await socket.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
    return socket.close_code


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
async def test_a_frame_too_big_or_without_text_is_told_by_the_code(
    site: Site, crowd: Crowd, kind: Kind
) -> None:
    reader = await crowd.reader(site, [site.server(kind)])
    session_id = reader.journal.session_id
    async with await reader.connect() as socket:
        await socket.send_str(padded(session_id, MOST))
        kinds = [(await socket.receive_json(timeout=20))["type"] for _ in range(2)]
        assert kinds == ["SESSION_RESTORED", "HEARTBEAT_ACK"]
        await socket.send_str(padded(session_id, MOST + 1))
        assert await close_code(socket) == TOO_BIG
    async with await reader.connect() as socket:
        with contextlib.suppress(ConnectionError):
            await socket.send_bytes(b"x" * 40 * MOST)
        # uvicorn hangs up on what it has not read, and the network's word for that may come first.
        told = {TOO_BIG} if kind == "daphne" else {TOO_BIG, CUT}
        assert await close_code(socket) in told
    async with await reader.connect() as socket:
        await socket._writer.send_frame(b"\xff\xff", aiohttp.WSMsgType.TEXT)
        assert await close_code(socket) == NO_TEXT


def frame(opcode: int, payload: bytes, *, last: bool = True) -> bytes:
    return bytes([opcode | 0x80 * last, 0x80 | len(payload)]) + b"\0\0\0\0" + payload


FLOODS = {
    "pings": frame(9, b"p" * 100),
    "pongs": frame(10, b""),
    "pieces": frame(1, b"", last=False) + frame(0, b"", last=False) * 1000 + frame(0, b""),
    "bytes": frame(1, b"x" * 100, last=False)
    + frame(0, b"x" * 120, last=False) * 100
    + frame(0, b"x"),
}


@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
async def test_flood_of_what_no_code_of_ours_sees_is_cut_and_holds_nobody_up(
    site: Site, crowd: Crowd, kind: Kind
) -> None:
    reader = await crowd.reader(site, [site.server(kind)])
    for flood in FLOODS.values():
        async with await reader.connect() as socket:
            transport = socket._writer.transport
            with contextlib.suppress(ConnectionError):
                for _ in range(400):
                    transport.write(flood * 10)
                    await asyncio.sleep(0)
            assert await close_code(socket) in {FAR_TOO_MANY, CUT}
    async with await reader.connect() as socket:
        assert (await socket.receive_json(timeout=20))["type"] == "SESSION_RESTORED"

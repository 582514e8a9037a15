"""Two tabs, two servers: of many sockets of one session, opened at once, exactly one writes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import aiohttp

from tests.faults.conftest import LONG, Measured
from tests.faults.harness.crowd import Crowd
from tests.faults.harness.reader import Reader
from tests.faults.harness.site import Address, Site

#: Sockets in a race, and how many such races; the long form has a thousand of two tabs.
RACES = ((2, 1000), (80, 5)) if LONG else ((2, 20), (80, 1))
SIDE_BY_SIDE = 10
WROTE, NOTHING = "wrote", "heard nothing"
PATIENCE = 20.0

Outcomes = Counter[int | str]


async def _race(reader: Reader, servers: Sequence[Address], at_once: int) -> Outcomes:
    """Open sockets at once, on one server and the other; then all that are still open write.

    By then every opening is committed, so that all but the newest are stale, whether or not
    they have heard of it: what becomes of their writing is the database's doing alone.
    """
    sockets = await asyncio.gather(
        *(reader.connect_elsewhere(servers[at % len(servers)]) for at in range(at_once))
    )
    restored = await asyncio.gather(*map(_restored, sockets))
    outcomes = await asyncio.gather(
        *(
            _write(reader, socket) if code is None else _same(code)
            for socket, code in zip(sockets, restored, strict=True)
        )
    )
    await asyncio.gather(*(socket.close() for socket in sockets))
    return Counter(outcomes)


async def _same(code: int) -> int:
    return code


async def _restored(socket: aiohttp.ClientWebSocketResponse) -> int | None:
    """None when the socket is open and restored, else the code that it was closed with."""
    found = await _until(socket, "SESSION_RESTORED")
    return found if isinstance(found, int) else None


async def _write(reader: Reader, socket: aiohttp.ClientWebSocketResponse) -> int | str:
    """Say where the child is: `WROTE`, or the code that the socket was closed with instead."""
    place = {"wordIndex": 1}
    frame = {"type": "READING_PROGRESS", "sessionId": reader.journal.session_id, "payload": place}
    with contextlib.suppress(aiohttp.ClientError):  # it is being closed: its code is read below
        await socket.send_str(json.dumps(frame))
    try:
        found = await _until(socket, "PROGRESS_SAVED")
    except TimeoutError:
        return NOTHING
    return found if isinstance(found, int) else WROTE


async def _until(socket: aiohttp.ClientWebSocketResponse, kind: str) -> int | dict[str, Any]:
    """The first frame of a kind, or the close code that came before it."""
    while True:
        message = await socket.receive(timeout=PATIENCE)
        if message.type is aiohttp.WSMsgType.CLOSE:
            return int(message.data)
        if message.type is not aiohttp.WSMsgType.TEXT:
            return socket.close_code or 0
        frame: dict[str, Any] = json.loads(message.data)
        if frame["type"] == kind:
            return frame


async def test_of_many_sockets_on_two_servers_one_writes(
    site: Site, crowd: Crowd, measured: Measured
) -> None:
    servers: list[Address] = [site.fork(), site.fork()]
    for at_once, races in RACES:
        readers = [await crowd.reader(site, servers) for _ in range(min(SIDE_BY_SIDE, races))]
        left = iter(range(races))

        async def one_after_the_other(
            reader: Reader, left: Any = left, at_once: int = at_once
        ) -> None:
            for _ in left:
                outcomes = await _race(reader, servers, at_once)
                assert outcomes == {WROTE: 1, 4409: at_once - 1}

        await asyncio.gather(*map(one_after_the_other, readers))
        measured(
            f"{races} races of {at_once} sockets on two servers",
            f"1 writer each, {races * (at_once - 1)} got 4409",
        )


async def test_servers_without_fencing_are_found_out(site: Site, crowd: Crowd) -> None:
    servers = [site.fork("unfenced"), site.fork("unfenced")]
    reader = await crowd.reader(site, servers)
    # A socket that heard of the other in time gives way by itself: one race may tell nothing.
    outcomes = [await _race(reader, servers, 2) for _ in range(5)]
    assert any(outcome[WROTE] == 2 for outcome in outcomes), outcomes

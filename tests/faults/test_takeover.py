"""Answers outlive sockets and servers, and servers' clocks need not agree."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from tests.faults.conftest import Measured
from tests.faults.crowd import Crowd, until
from tests.faults.reader import Reader
from tests.faults.site import Site


async def _asked(reader: Reader) -> asyncio.Task[None]:
    """Have `reader` read, ask at once, and see the answer begin; the task that reads."""
    task = asyncio.create_task(reader.read(ask_every=2, answer_every=0))
    async with asyncio.timeout(30):
        await reader.deltas.get()
    return task


async def _ended(reader: Reader, task: asyncio.Task[None]) -> None:
    await reader.finish()
    async with asyncio.timeout(60):
        await task


async def test_an_answer_goes_on_when_its_socket_is_cut(site: Site, crowd: Crowd) -> None:
    server = site.fork()
    reader = await crowd.reader(site, [server], pace=0.1)
    task = await _asked(reader)
    assert isinstance(reader.socket, aiohttp.ClientWebSocketResponse)
    transport = reader.socket.get_extra_info("transport")
    assert transport is None or transport.abort() is None
    await _ended(reader, task)
    assert "word19" in next(iter(reader.journal.answers.values()))
    assert site.audit(crowd.journals).clean


@pytest.mark.parametrize("client", ["away", "back"])
async def test_another_server_answers_when_one_dies(
    site: Site, crowd: Crowd, measured: Measured, client: str
) -> None:
    """Nobody need be connected anywhere for it, and no worker runs."""
    first, second = site.fork(), site.fork()
    reader = await crowd.reader(site, [first, second], pace=0.1)
    task = await _asked(reader)
    began = time.monotonic()
    await asyncio.to_thread(first.kill)
    if client == "away":
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.to_thread(_until_answered, site, reader.journal.session_id)
    else:
        await _ended(reader, task)
        assert "word19" in next(iter(reader.journal.answers.values()))
    took = time.monotonic() - began
    measured(f"a server dies in mid-answer, the child {client}: answered after {took:.0f} s")
    assert site.audit(crowd.journals).clean


async def test_the_worker_answers_when_no_server_is_left(site: Site, crowd: Crowd) -> None:
    only = site.fork()
    reader = await crowd.reader(site, [only], pace=0.1)
    task = await _asked(reader)
    await asyncio.to_thread(only.kill)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with site.worker():
        await asyncio.to_thread(_until_answered, site, reader.journal.session_id)


def _until_answered(site: Site, session_id: str) -> None:
    query = (
        "SELECT status FROM sessions_app_interruption "
        f"WHERE session_id = '{session_id}' AND status = 'answered'"
    )
    deadline = time.monotonic() + 60
    while not site.sql(query):
        assert time.monotonic() < deadline, "nobody answered within 60 s"
        time.sleep(0.5)


async def test_clocks_ten_minutes_apart_confuse_nobody(site: Site, crowd: Crowd) -> None:
    ahead, behind = site.fork("clock:300"), site.fork("clock:-300")
    async with crowd.reading(site, [ahead, behind], 4, pace=0.05) as readers:
        for _ in range(3):
            await asyncio.sleep(1.5)
            for reader in readers:
                if reader.socket is not None:
                    await reader.socket.close()
        # A ticket of either server opens a socket on the other.
        for here, there in ((ahead, behind), (behind, ahead)):
            guest = await crowd.reader(site, [here])
            async with await guest.connect_elsewhere(there) as socket:
                frame = await socket.receive_json()
                assert frame["type"] == "SESSION_RESTORED", frame
        await until(lambda: all(reader.journal.answers for reader in readers))
    found = site.audit(crowd.journals)
    assert found.clean, found
    assert not {"not_signed_in", "idle"} & {
        error for journal in crowd.journals for error in journal.errors
    }

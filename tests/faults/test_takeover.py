"""Answers outlive sockets and servers, and servers' clocks need not agree."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import aiohttp

from tests.faults.conftest import Measured
from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.reader import Reader
from tests.faults.harness.site import Address, Site


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


async def test_another_server_answers_when_one_dies(
    site: Site, crowd: Crowd, measured: Measured
) -> None:
    """Nobody need be connected anywhere for it, and no worker runs."""
    first, second = site.fork(), site.fork()
    away, back = [await crowd.reader(site, [first, second], pace=0.1) for _ in range(2)]
    gone, reading = await asyncio.gather(_asked(away), _asked(back))
    began = time.monotonic()
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await asyncio.to_thread(first.kill)
    unwatched = asyncio.to_thread(_until_answered, site, away.journal.session_id)
    await asyncio.gather(_ended(back, reading), unwatched)
    assert "word19" in next(iter(back.journal.answers.values()))
    took = time.monotonic() - began  # the database waits for 20 s before it ends a transaction
    measured("a server dies in mid-answer", f"answered elsewhere within {took:.0f} s")
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


async def test_a_server_that_freezes_in_a_transaction_stops_nobody(
    site: Site, crowd: Crowd, measured: Measured
) -> None:
    frozen, other = site.fork("freeze:asked"), site.fork()
    reader = await crowd.reader(site, [frozen, other], pace=0.05)
    task = asyncio.create_task(reader.read(ask_every=20, answer_every=0))
    await until(lambda: frozen.died)
    began, reader.restored = time.monotonic(), {}
    assert reader.socket is not None
    await reader.socket.close()  # and begins anew, there and then elsewhere
    await until(lambda: bool(reader.restored))
    took = time.monotonic() - began  # the database waits for 20 s before it ends a transaction
    measured(
        "a server freezes in a transaction", f"the child reads on elsewhere after {took:.0f} s"
    )
    await until(lambda: bool(reader.journal.answers))
    frozen.thaw()
    said = len(reader.journal.acknowledged)
    await until(lambda: len(reader.journal.acknowledged) > said + 20)
    await _ended(reader, task)
    assert site.audit(crowd.journals).clean


async def test_clocks_ten_minutes_apart_confuse_nobody(site: Site, crowd: Crowd) -> None:
    ahead, behind = site.fork("clock:300"), site.fork("clock:-300")
    async with crowd.reading(site, [ahead, behind], 4, pace=0.05) as readers:
        for _ in range(3):
            heard = [len(reader.journal.acknowledged) for reader in readers]
            await until(partial(_further, readers, heard))
            for reader in readers:
                if reader.socket is not None:
                    await reader.socket.close()
        # A ticket of either server opens a socket on the other.
        for here, there in ((ahead, behind), (behind, ahead)):
            assert await _guest(site, crowd, here, there) == "SESSION_RESTORED"
        await until(lambda: all(reader.journal.answers for reader in readers))
    found = site.audit(crowd.journals)
    assert found.clean, found
    assert not {"not_signed_in", "idle"} & {
        error for journal in crowd.journals for error in journal.errors
    }


async def test_servers_that_go_by_clocks_of_their_own_are_found_out(
    site: Site, crowd: Crowd
) -> None:
    """The control: a ticket has run out before it is given."""
    assert await _guest(site, crowd, site.fork("own clock:-300"), site.fork()) == "ERROR"


def _further(readers: list[Reader], heard: list[int]) -> bool:
    """Whether each reader has heard ten acknowledgements more than there were."""
    now = [len(reader.journal.acknowledged) for reader in readers]
    return all(after >= before + 10 for after, before in zip(now, heard, strict=True))


async def _guest(site: Site, crowd: Crowd, here: Address, there: Address) -> str:
    """Open a socket with a ticket of another server; the type of what is said first."""
    guest = await crowd.reader(site, [here])
    async with await guest.connect_elsewhere(there) as socket:
        return str((await socket.receive_json())["type"])

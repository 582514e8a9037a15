"""`kill -9`: at random moments, and at twenty chosen ones. 0 lost, 0 counted twice."""

from __future__ import annotations

import asyncio
import random

from tests.faults.conftest import ROUNDS, Measured
from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.points import POINTS
from tests.faults.harness.site import Fork, Site

READERS = 10
AT_ONCE = 7


async def test_servers_killed_at_random_moments_lose_nothing(
    site: Site, crowd: Crowd, measured: Measured
) -> None:
    servers = [site.fork(), site.fork()]
    async with crowd.reading(site, servers, READERS, pace=0.05):
        for _ in range(ROUNDS):
            await asyncio.sleep(random.uniform(0.2, 1.5))
            victim = random.choice(servers)
            await asyncio.to_thread(victim.kill)
            await asyncio.to_thread(victim.start)
    found = site.audit(crowd.journals)
    assert found.clean, found
    measured(f"{ROUNDS} kills at random", f"{found.frames} acknowledged, 0 lost, 0 counted twice")


async def test_servers_killed_at_every_named_point_lose_nothing(
    site: Site, crowd: Crowd, measured: Measured
) -> None:
    assert len(POINTS) == 20
    healthy = site.fork()
    room = asyncio.Semaphore(AT_ONCE)

    async def die_at(fault: str) -> Fork:
        async with room:
            doomed = await asyncio.to_thread(site.fork, fault)
            try:
                await _until_dead(site, crowd, doomed, healthy)
            except TimeoutError:
                raise AssertionError(f"nothing died at {fault}, or no answer came") from None
        return doomed

    doomed = await asyncio.gather(*map(die_at, POINTS.values()))
    alive = [name for name, each in zip(POINTS, doomed, strict=True) if not each.died]
    assert not alive, "these points were never reached"
    found = site.audit(crowd.journals)
    assert found.clean, found
    assert all(journal.answers for journal in crowd.journals), "an answer never came"
    measured(
        f"killed at {len(POINTS)} points",
        f"{found.frames} acknowledged, 0 lost, 0 counted twice",
    )


async def _until_dead(site: Site, crowd: Crowd, doomed: Fork, healthy: Fork) -> None:
    """Read at one server until it is dead, then on at the other; ask soon, and try."""
    reader = await crowd.reader(site, [healthy, doomed], pace=0.05)
    reader.server = doomed
    reading = asyncio.create_task(reader.read(ask_every=70, answer_every=60))
    try:
        await until(lambda: doomed.died and bool(reader.journal.answers))
        await reader.finish()
        async with asyncio.timeout(60):
            await reading
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

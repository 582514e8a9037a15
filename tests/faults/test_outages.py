"""PostgreSQL and Redis go away under load and come back; nobody loses anything."""

from __future__ import annotations

import asyncio
import time
from functools import partial

from tests.faults.conftest import LONG, Measured
from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.reader import Reader
from tests.faults.harness.site import Site
from tests.services.postgres import Postgres
from tests.services.process import wait_until
from tests.services.redis import Redis

#: Seconds after which everybody is served again. In the short form the machine may be anything.
RECOVERY = 15.0 if LONG else 60.0


async def test_redis_stopped_and_started_under_load_is_hardly_felt(
    own_site: Site, own_redis: Redis, crowd: Crowd, measured: Measured
) -> None:
    servers = [own_site.server("daphne"), own_site.server("uvicorn")]
    async with crowd.reading(own_site, servers, 8) as readers:
        await until(partial(_all_heard_since, readers, 0.0))
        await asyncio.to_thread(own_redis.stop)
        # All read on without it: what was sent before is answered, and what is sent after that.
        for _ in range(2):
            await until(partial(_all_heard_since, readers, time.monotonic()))
        await asyncio.to_thread(own_redis.start)
        await until(partial(_all_heard_since, readers, time.monotonic()))
    found = own_site.audit(crowd.journals)
    assert found.clean, found
    assert all(journal.closes == [] for journal in crowd.journals), "a socket was dropped"
    measured("Redis away", f"{found.frames} acknowledged, 0 lost, no socket dropped")


async def test_postgresql_stopped_at_once_and_started_under_load_loses_nothing(
    own_site: Site, own_postgres: Postgres, crowd: Crowd, measured: Measured
) -> None:
    servers = [own_site.server("daphne"), own_site.server("uvicorn")]
    async with crowd.reading(own_site, servers, 8) as readers:
        for away in (1, 8) if LONG else (1,):
            await until(partial(_all_heard_since, readers, time.monotonic()))
            await asyncio.to_thread(own_postgres.stop_immediate)
            await asyncio.sleep(away)
            await asyncio.to_thread(own_postgres.start)
            back = time.monotonic()
            recovery = await until(partial(_all_heard_since, readers, back), RECOVERY)
            measured(f"PostgreSQL away for {away} s", f"all served again after {recovery:.1f} s")
    found = own_site.audit(crowd.journals)
    assert found.clean, found
    measured("PostgreSQL away", f"{found.frames} acknowledged, 0 lost, 0 counted twice")


async def test_slots_that_ran_out_while_the_database_was_away_send_nobody_out(
    site: Site, crowd: Crowd
) -> None:
    server = site.fork()
    async with crowd.reading(site, [server], 3) as readers:
        await until(partial(_all_heard_since, readers, 0.0))
        ids = ", ".join(f"'{reader.journal.session_id}'" for reader in readers)
        site.sql(f"DELETE FROM sessions_app_presence WHERE session_id IN ({ids})")
        query = f"SELECT session_id FROM sessions_app_presence WHERE session_id IN ({ids})"
        await asyncio.to_thread(
            wait_until, lambda: len(site.sql(query)) == len(readers), "every slot back"
        )
    assert not any(journal.errors for journal in crowd.journals)


def _all_heard_since(readers: list[Reader], since: float) -> bool:
    return all(_heard_since(reader.waits, since) for reader in readers)


def _heard_since(waits: list[tuple[float, float]], since: float) -> bool:
    return bool(waits) and waits[-1][0] > since

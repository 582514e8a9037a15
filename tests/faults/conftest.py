"""Sites for the faults: one that tests may share, and what makes one of one's own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.faults.harness.crowd import Crowd
from tests.faults.harness.site import Site
from tests.services.anthropic_replies import Reply, says
from tests.services.anthropic_server import AnthropicServer, Request
from tests.services.postgres import Postgres
from tests.services.redis import Redis

#: How many times servers are killed: `make faults` asks for 200, `make test` for nothing.
SHORT = 6
ROUNDS = int(os.environ.get("FAULT_ROUNDS") or SHORT)
LONG = ROUNDS > SHORT


Measured = Callable[[str, str], None]


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Measured:
    """Keep a row for the table at the end of the run: what was done, and what was counted."""
    return lambda what, counted: record_property("measured", f"{what} | {counted}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, as the table of `docs/explanation/nothing-is-lost.md`."""
    lines = [
        f"| {line} |"
        for report in terminalreporter.getreports("passed")
        for name, line in report.user_properties
        if name == "measured"
    ]
    if lines:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(["| what | counted |", "| --- | --- |", *lines]))


def slowly(request: Request) -> Reply:
    """An answer of two seconds, word by word."""
    words = [f"word{at}. " for at in range(20)]
    return says(*words, drip=0.1)


@pytest.fixture(scope="session")
def slow_tutor() -> Iterator[AnthropicServer]:
    """A tutor's API that answers everything, slowly."""
    with AnthropicServer() as server:
        server.answer(slowly)
        yield server


def tutored_by(server: AnthropicServer) -> dict[str, str]:
    """The environment of servers whose questions go to `server`."""
    return {"ANTHROPIC_API_KEY": "test", "ANTHROPIC_BASE_URL": server.url}


@pytest.fixture(scope="session")
def shared_site(
    tmp_path_factory: pytest.TempPathFactory, slow_tutor: AnthropicServer
) -> Iterator[Site]:
    """PostgreSQL and Redis, seeded; nobody stops them."""
    postgres, redis = Postgres(), Redis()
    try:
        postgres.start()
        redis.start()
        services = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        found = Site(tmp_path_factory.mktemp("site"), services | tutored_by(slow_tutor))
        yield found
        found.close()
    finally:
        redis.close()
        postgres.close()


@pytest.fixture
def site(shared_site: Site) -> Iterator[Site]:
    """The shared site, without servers left over."""
    yield shared_site
    shared_site.close_servers()


@pytest.fixture
def own_site(
    tmp_path: Path, own_postgres: Postgres, own_redis: Redis, slow_tutor: AnthropicServer
) -> Iterator[Site]:
    """A site whose PostgreSQL (`own_postgres`) and Redis (`own_redis`) the test may stop."""
    services = {"DATABASE_URL": own_postgres.url, "REDIS_URL": own_redis.url}
    found = Site(tmp_path / "site", services | tutored_by(slow_tutor))
    yield found
    found.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """One HTTP client for all readers of a test."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        connector=connector, timeout=aiohttp.ClientTimeout(total=20)
    ) as session:
        yield session
    # What was closed is gone only after some rounds of the loop.
    await asyncio.sleep(0.1)


@pytest.fixture
def crowd(http: aiohttp.ClientSession) -> Crowd:
    """Makes readers."""
    return Crowd(http)

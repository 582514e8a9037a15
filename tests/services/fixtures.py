"""Fixtures over the services, for every test."""

import fcntl
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.services.anthropic_server import AnthropicServer
from tests.services.chrome import running_browser, without_the_browsers_loop
from tests.services.postgres import Postgres
from tests.services.redis import Redis
from tests.services.server import Kind, Server, copy_of, demo_data


class StartServer(Protocol):
    """What the fixture `start_server` gives."""

    def __call__(self, kind: Kind = ..., environment: Mapping[str, str] | None = ...) -> Server: ...


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A running PostgreSQL for this test alone, which it may stop, crash and restart."""
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """A running Redis for this test alone, which it may stop and restart."""
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def anthropic_server() -> Iterator[AnthropicServer]:
    """A local tutor's API: plan its replies, read its requests (see `anthropic_replies`)."""
    with AnthropicServer() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; open pages with `browser.new_context()`, and close the context.

    For plain test functions that use neither `await` nor the ORM; all others may run before and
    after them in the same process.
    """
    with sync_playwright() as playwright, running_browser(playwright) as running:
        yield running


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the demo in SQLite, made once for all workers; copy it (`copy_of`)."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return demo_data(shared / "demo")


@pytest.fixture
def start_server(tmp_path: Path, demo_folder: Path) -> Iterator[StartServer]:
    """Start servers on one fresh copy of the demo: `start_server(kind=…, environment=…)`.

    On PostgreSQL, fill the database first: `load_demo(environment_of(data, environment))`.
    """
    data = copy_of(demo_folder, tmp_path / "data")
    servers: list[Server] = []

    def start(kind: Kind = "daphne", environment: Mapping[str, str] | None = None) -> Server:
        server = Server(data, kind=kind, environment=environment)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def live_site(start_server: StartServer) -> Server:
    """The demo, served under daphne from a SQLite copy for this test alone."""
    return start_server()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Hide the open browser's event loop from tests that do not use the browser."""
    if "browser" in getattr(item, "fixturenames", ()):
        return (yield)
    with without_the_browsers_loop():
        return (yield)

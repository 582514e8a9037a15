"""Fixtures over the services, for every test."""

from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.services.anthropic_server import AnthropicServer
from tests.services.chrome import running_browser, without_the_browsers_loop
from tests.services.postgres import Postgres
from tests.services.redis import Redis


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Hide the open browser's event loop from tests that do not use the browser."""
    if "browser" in getattr(item, "fixturenames", ()):
        return (yield)
    with without_the_browsers_loop():
        return (yield)

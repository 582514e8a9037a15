"""The cast, clients signed in as its people, and no server process left over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from library.book_structure import forget_books
from readerai.monitoring import capacity
from sessions_app.live.process.process import started_process
from tests.sessions_app.cast import Cast, make_cast

from .readings import Open, whole_reading


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()


@pytest.fixture
def rivera(cast: Cast) -> Client:
    """Ms Rivera's browser."""
    client = Client()
    client.force_login(cast.rivera)
    return client


@pytest.fixture
def reading(cast: Cast) -> Open:
    """A session of Alice's in which everything happened once."""
    return whole_reading(cast, cast.alice)


@pytest.fixture(autouse=True)
async def _own_process() -> AsyncIterator[None]:
    yield
    process = started_process()
    if process is not None:
        await process.drain()
    capacity.here.closed = False
    capacity.here.live = 0

"""The cast, committed, and one server process for each test, drained at its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from library.book_structure import forget_books
from readerai.monitoring import capacity
from sessions_app.live.process.process import started_process
from sessions_app.models import Session
from tests.sessions_app.cast import Cast, make_cast, start


@pytest.fixture
def cast(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()


@pytest.fixture
def session(cast: Cast) -> Session:
    """Alice reads the lamp from its beginning."""
    return start(cast.alice, cast.lamp)


@pytest.fixture(autouse=True)
async def _own_process(transactional_db: None) -> AsyncIterator[None]:
    yield
    process = started_process()
    if process is not None:
        await process.drain()
    capacity.here.closed = False
    capacity.here.live = 0

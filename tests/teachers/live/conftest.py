"""A cast that a feed's own connections to the database see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from library.book_structure import forget_books
from tests.sessions_app.cast import Cast, make_cast


@pytest.fixture
def shared_cast(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()

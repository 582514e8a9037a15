from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from library.book_structure import forget_books

from .cast import Cast, make_cast


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    """Everybody (see ``cast.py``), and no book remembered from another test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()

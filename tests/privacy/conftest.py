from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from sessions_app.models import Session
from sessions_app.vault import key_ring
from tests.sessions_app.cast import Cast
from tests.sessions_app.conftest import cast

from .readings import read_a_little

__all__ = ["Configure", "cast", "master_keys", "session"]

Configure = Callable[..., None]


@pytest.fixture
def session(cast: Cast) -> Session:
    """Alice's reading: a question answered, a checkpoint tried, a hand raised, a pause."""
    return read_a_little(cast.alice, cast.lamp)


@pytest.fixture
def master_keys(settings: Settings) -> Iterator[Configure]:
    """Configure master keys by name, newest first; the same name is the same key."""
    known: dict[str, bytes] = dict(settings.READERAI_KEYS)

    def configure(*names: str) -> None:
        settings.READERAI_KEYS = {
            name: known.setdefault(name, secrets.token_bytes(32)) for name in names
        }
        key_ring.cache_clear()

    yield configure
    key_ring.cache_clear()

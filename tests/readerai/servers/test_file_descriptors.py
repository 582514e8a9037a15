"""A server that could not open what it is to hold does not start."""

from __future__ import annotations

import resource
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from readerai.servers.file_descriptors import OTHERS, check_file_descriptors


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Limits of a process, the last of which holds."""
    held = [(1024, 4096)]
    monkeypatch.setattr(resource, "getrlimit", lambda kind: held[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda kind, to: held.append(to))
    return held


@pytest.mark.parametrize(("sessions", "then"), [(500, 1024), (2000, 2000 + OTHERS), (3596, 4096)])
def test_limit_is_raised_as_far_as_is_needed(
    limits: list[tuple[int, int]], settings: Any, sessions: int, then: int
) -> None:
    settings.READERAI_MAX_SESSIONS = sessions
    check_file_descriptors()
    assert limits[-1] == (then, 4096)


def test_more_sessions_than_may_be_opened_stop_the_start(
    limits: list[tuple[int, int]], settings: Any
) -> None:
    settings.READERAI_MAX_SESSIONS, settings.DEBUG = 4097, False
    with pytest.raises(ImproperlyConfigured, match="may open 4096: raise its limit"):
        check_file_descriptors()

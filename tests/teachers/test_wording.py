"""What a teacher's pages say: times and amounts."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions_app.domain.presence.attention import Reason
from sessions_app.models import Interruption, Session
from teachers.wording import (
    OUTCOMES,
    REASONS,
    RULES,
    answered_by,
    clock,
    counted,
    duration,
    listed,
    percent,
    session_status,
)

NOW = dt.datetime(2026, 3, 4, 1, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("hours_ago", "said"),
    [
        (0, "01:00"),
        (2, "23:00"),
        (9, "yesterday"),
        (30, "2 Mar"),
        (24 * 400, "28 Jan 2025"),
    ],
)
def test_time_is_as_short_as_it_can_be(hours_ago: float, said: str) -> None:
    assert clock(NOW - dt.timedelta(hours=hours_ago), dt.UTC, NOW) == said


def test_yesterday_is_that_of_the_school() -> None:
    noon_before = NOW - dt.timedelta(hours=13)
    assert clock(noon_before, dt.UTC, NOW) == "yesterday"
    assert clock(noon_before, dt.timezone(-dt.timedelta(hours=3)), NOW) == "09:00"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 min"),
        (1, "under a minute"),
        (29, "under a minute"),
        (90, "2 min"),
        (3900, "1 h 5 min"),
    ],
)
def test_duration_is_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(("part", "said"), [(0, 0), (0.5, 50), (0.999, 99), (1, 100), (1.2, 100)])
def test_what_is_not_finished_never_reads_as_a_hundred_percent(part: float, said: int) -> None:
    assert percent(part) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_parts_are_listed(parts: list[str], said: str) -> None:
    assert listed(parts) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_things_are_counted(count: int, said: str) -> None:
    assert counted(count, "day") == said


def test_every_reason_and_outcome_has_its_words() -> None:
    assert set(REASONS) == set(RULES) == set(Reason)
    assert set(OUTCOMES) == set(Interruption.Status.values)


@pytest.mark.parametrize(
    ("status", "finished", "said"),
    [
        ("active", False, "reading"),
        ("paused", False, "stopped"),
        ("completed", False, "closed at 17%"),
        ("completed", True, "finished"),
    ],
)
def test_session_is_finished_or_only_closed(status: str, finished: bool, said: str) -> None:
    assert session_status(Session(status=status), finished=finished, progress=0.17) == said


def test_model_is_named_and_the_built_in_helper_is_described() -> None:
    assert answered_by("offline") == "book and dictionary"
    assert answered_by("claude-x") == "claude-x"

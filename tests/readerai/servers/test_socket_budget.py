"""A socket has what a client needs, and floods end whatever they are made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readerai.servers.socket_budget import (
    BYTES_AFTER_CLOSE,
    BYTES_AT_ONCE,
    BYTES_PER_SECOND,
    FRAMES_AT_ONCE,
    FRAMES_PER_SECOND,
    MESSAGE,
    Budget,
)

seconds = st.floats(0.001, 60)


@given(st.lists(st.tuples(seconds, st.integers(0, 3), st.integers(0, 70_000)), max_size=300))
def test_what_came_is_never_more_than_the_budget_had(said: list[tuple[float, int, int]]) -> None:
    budget, now, frames, size = Budget(0.0), 0.0, 0.0, 0.0
    for passed, more_frames, more_bytes in said:
        now += passed
        if not budget.take(now, frames=more_frames, size=more_bytes):
            break
        frames, size = frames + more_frames, size + more_bytes
    assert frames <= FRAMES_AT_ONCE + now * FRAMES_PER_SECOND + 1e-6
    assert size <= BYTES_AT_ONCE + now * BYTES_PER_SECOND + 1e-6


def test_reading_child_is_never_cut() -> None:
    budget = Budget(0.0)
    for second in range(1, 3600):
        assert budget.take(float(second), frames=4 * MESSAGE + 1, size=4 * 400 + 100)
    assert budget.take(3600.0, frames=MESSAGE, size=65_536)


def test_spent_budget_stays_spent() -> None:
    budget = Budget(0.0)
    assert not budget.take(0.0, frames=FRAMES_AT_ONCE + 1)
    assert not budget.take(3600.0)


def test_after_the_close_little_is_listened_to() -> None:
    budget = Budget(0.0)
    budget.close()
    assert budget.take(0.0, size=int(BYTES_AFTER_CLOSE))
    assert not budget.take(0.0, size=1)

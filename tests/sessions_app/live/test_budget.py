"""What sessions hold is counted, each for itself."""

from __future__ import annotations

from sessions_app.domain.hand.loading import hold
from sessions_app.live.budget import MOST_BYTES, MemoryBudget, held_bytes, memory_use
from tests.sessions_app.cast import Cast, start


def test_frame_has_room_up_to_the_bound(cast: Cast) -> None:
    hand = hold(start(cast.alice, cast.lamp).pk)
    budget = MemoryBudget()
    left = MOST_BYTES - held_bytes(hand)
    assert budget.has_room(left, hand)
    assert not budget.has_room(left + 1, hand)
    budget.queued, budget.unsent = left // 2, left - left // 2
    assert not budget.has_room(1, hand)


def test_what_is_missed_is_counted(cast: Cast) -> None:
    hand = hold(start(cast.alice, cast.lamp).pk)
    before = held_bytes(hand)
    hand.missed |= {("", number) for number in range(100)}
    assert held_bytes(hand) > before


def test_sessions_are_added_up_and_the_largest_told(cast: Cast) -> None:
    alice = hold(start(cast.alice, cast.lamp).pk)
    bob = hold(start(cast.bob, cast.lamp).pk)
    used = memory_use([(MemoryBudget(100, 10), alice), (MemoryBudget(0, 5000), bob)])
    assert (used.queued, used.unsent) == (100, 5010)
    assert used.held == held_bytes(alice) + held_bytes(bob)
    assert used.most == held_bytes(bob) + 5000

"""Committed message ids, against a plain set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.domain.hand.client_ids import MAX_RANGES, CommittedIds

_IDS = st.integers(1, 60) | st.integers(2**53 - 5, 2**53 - 1)
_STEPS = st.lists(st.tuples(st.sampled_from(["add", "miss"]), _IDS), max_size=80)


def last_id(committed: set[int], missed: set[int]) -> int:
    """The contract's sentence: the highest id such that it and every arrived one is committed."""
    fine = [at for at in committed if not any(gone < at for gone in missed)]
    return max(fine, default=0)


@given(_STEPS)
def test_ids_are_what_a_set_says(steps: list[tuple[str, int]]) -> None:
    ids, committed, missed = CommittedIds(), set[int](), set[int]()
    for what, message_id in steps:
        if what == "add":
            ids.add(message_id)
            committed.add(message_id)
            missed.discard(message_id)
        else:
            ids.miss(message_id)
            if message_id not in committed:
                missed.add(message_id)
        assert ids.last_id == last_id(committed, missed)
    for message_id in range(62):
        assert (message_id in ids) == (message_id in committed)


@given(_STEPS)
def test_ids_survive_being_stored(steps: list[tuple[str, int]]) -> None:
    ids = CommittedIds()
    for what, message_id in steps:
        getattr(ids, what)(message_id)
    again = CommittedIds.parse(str(ids))
    assert str(again) == str(ids)
    assert again.last_id == ids.last_id


def test_an_unbroken_count_is_stored_in_a_few_bytes() -> None:
    ids = CommittedIds()
    for message_id in range(1, 5001):
        ids.add(message_id)
    assert str(ids) == "1-5000"


def test_gaps_everywhere_close_from_the_oldest() -> None:
    ids = CommittedIds()
    for message_id in range(1, 4 * MAX_RANGES, 2):
        ids.add(message_id)
    assert str(ids).count(",") == MAX_RANGES - 1
    assert 2 in ids
    newest = 4 * MAX_RANGES - 1
    assert ids.last_id == newest
    assert newest - 1 not in ids


def test_a_gap_in_which_something_was_missed_stays_open() -> None:
    ids = CommittedIds()
    ids.miss(4)
    for message_id in range(1, 4 * MAX_RANGES, 2):
        ids.add(message_id)
    assert 4 not in ids
    assert ids.last_id == 3
    assert 2 in ids
    assert 6 in ids
    ids.add(4)
    assert ids.last_id == 4 * MAX_RANGES - 1


def test_a_flood_of_missed_ids_stays_small_and_keeps_the_oldest() -> None:
    ids = CommittedIds()
    for message_id in range(10, 10 + 4 * MAX_RANGES):
        ids.miss(message_id)
    ids.add(5000)
    assert len(str(ids)) < 10 * MAX_RANGES
    assert ids.last_id == 0
    ids.add(9)
    assert ids.last_id == 9


def test_a_missed_id_that_comes_again_is_committed_like_any_other() -> None:
    ids = CommittedIds.parse("1-4,6;5")
    assert ids.last_id == 4
    ids.add(5)
    assert (str(ids), ids.last_id) == ("1-6", 6)

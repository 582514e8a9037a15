"""Sets of words kept as ranges do what sets of words do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.domain.evidence import word_ranges
from sessions_app.domain.evidence.word_ranges import (
    MOST_RANGES,
    WordRanges,
    add,
    count,
    missing,
    overlap,
)

RANGE = st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda pair: (min(pair), max(pair)))
RANGES = st.lists(RANGE, max_size=30)


def words(ranges: WordRanges) -> set[int]:
    return {word for first, last in ranges for word in range(first, last + 1)}


def build(pieces: WordRanges) -> WordRanges:
    ranges: WordRanges = []
    for first, last in pieces:
        add(ranges, first, last)
    return ranges


@given(RANGES, RANGE)
def test_adding_words_is_what_a_set_says(pieces: WordRanges, piece: tuple[int, int]) -> None:
    ranges = build(pieces)
    before = words(ranges)
    assert before == words(pieces)
    assert add(ranges, *piece) == len(words([piece]) - before)
    assert words(ranges) == before | words([piece])
    assert count(ranges) == len(words(ranges))
    # Sorted, and apart: what touches has grown together.
    assert all(one[1] + 1 < next_one[0] for one, next_one in pairwise(ranges))


@given(RANGES, RANGES, RANGE)
def test_what_is_missing_and_what_is_common_are_what_sets_say(
    pieces: WordRanges, others: WordRanges, piece: tuple[int, int]
) -> None:
    ranges = build(pieces)
    assert words(missing(ranges, *piece)) == words([piece]) - words(ranges)
    assert overlap(ranges, build(others)) == len(words(ranges) & words(others))


def test_no_words_add_nothing() -> None:
    ranges: WordRanges = [(3, 5)]
    assert add(ranges, 9, 8) == 0
    assert ranges == [(3, 5)]
    assert missing(ranges, 9, 8) == []


def test_beyond_the_bound_the_shortest_range_is_forgotten_but_not_the_newest() -> None:
    ranges = build([(10 * place, 10 * place + 2 + (place != 7)) for place in range(MOST_RANGES)])
    add(ranges, 100_000, 100_000)
    assert len(ranges) == MOST_RANGES
    assert ranges[-1] == (100_000, 100_000)
    assert (70, 72) not in ranges
    assert count(ranges) == (MOST_RANGES - 1) * 4 + 1


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 3)), max_size=200))
def test_a_full_set_never_holds_what_was_not_put_in(pieces: list[tuple[int, int]]) -> None:
    bound, word_ranges.MOST_RANGES = word_ranges.MOST_RANGES, 4  # type: ignore[misc]
    try:
        put = [(first, first + more) for first, more in pieces]
        ranges = build(put)
    finally:
        word_ranges.MOST_RANGES = bound  # type: ignore[misc]
    assert len(ranges) <= 4
    assert words(ranges) <= words(put)

"""The sealed state of a session, and the ranges that were read."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.domain.state import OpenSpan, ReadingState, SpanFacts, cover

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
_RANGE = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(_RANGE, max_size=30))
def test_covered_ranges_are_what_a_set_says(ranges: list[tuple[int, int]]) -> None:
    covered: list[tuple[int, int]] = []
    words: set[int] = set()
    for first, last in ranges:
        covered = cover(covered, first, last)
        words |= set(range(first, last + 1))
    assert {word for first, last in covered for word in range(first, last + 1)} == words
    # Sorted, and apart: what touches has grown together.
    assert all(a[1] + 1 < b[0] for a, b in pairwise(covered))


def at(word: int) -> ReadingState:
    return ReadingState(word_index=word, furthest_word_index=word, start_word_index=0)


def test_going_back_keeps_the_furthest_word() -> None:
    state = at(50)
    state.move(20, None, NOW)
    assert (state.word_index, state.furthest_word_index) == (20, 50)


def test_a_place_without_audio_time_forgets_the_old_time_but_not_at_the_same_word() -> None:
    state = at(5)
    state.move(5, 2.5, NOW)
    state.move(5, None, NOW)
    assert state.audio_timestamp == 2.5
    state.move(6, None, NOW)
    assert state.audio_timestamp is None


def test_only_a_move_counts_as_moving() -> None:
    state = at(5)
    state.move(5, 1.0, NOW)
    assert state.moved_at == 0
    state.move(6, 1.0, NOW)
    assert state.moved_at == NOW.timestamp()


def test_a_speed_is_told_only_when_it_means_something() -> None:
    state = at(0)
    state.active_seconds, state.words_read = 60.0, 29
    assert state.reading_speed is None
    state.active_seconds, state.words_read = 29.0, 90
    assert state.reading_speed is None
    state.active_seconds, state.words_read = 40.0, 90
    assert state.reading_speed == 135.0


def test_a_stretch_is_closed_once_and_only_if_something_was_read() -> None:
    state = at(0)
    state.reading_span = OpenSpan(0, 0)
    assert state.close_span() is None
    state.reading_span = OpenSpan(3, 9, seconds=12.34, words=6)
    assert state.close_span() == SpanFacts(12.3, 6, 3, 9)
    assert state.close_span() is None
    assert state.reading_spans == 1

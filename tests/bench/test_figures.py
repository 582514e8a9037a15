"""The bench's arithmetic."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figures import LimitSearch, Spread, cost_of_extra, percentile, spread_of


@pytest.mark.parametrize(
    ("values", "which", "expected"),
    [
        ([5.0], 50, 5.0),
        ([4.0, 1.0, 3.0, 2.0], 50, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 99, 4.0),
        ([float(n) for n in range(1, 101)], 99, 99.0),
        ([float(n) for n in range(1, 101)], 0, 1.0),
    ],
)
def test_percentile_is_the_nearest_rank(values: list[float], which: float, expected: float) -> None:
    assert percentile(values, which) == expected


def test_percentile_of_nothing_is_no_number() -> None:
    assert math.isnan(percentile([], 50))


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1),
    st.floats(min_value=0.1, max_value=100),
)
def test_percentile_is_not_exceeded_by_that_share(values: list[float], which: float) -> None:
    found = percentile(values, which)
    assert found in values
    assert sum(value <= found for value in values) >= len(values) * which / 100 - 1e-9


def test_spread_leaves_out_rounds_without_a_value() -> None:
    assert spread_of([3.0, math.nan, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert spread_of([math.nan]) is None


def test_cost_of_extra_is_the_difference_over_the_count() -> None:
    assert cost_of_extra(5.0, 3.0, 4) == 0.5
    assert math.isnan(cost_of_extra(5.0, 3.0, 0))


@given(
    limit=st.integers(min_value=0, max_value=6000),
    start=st.integers(min_value=1, max_value=5000),
    ceiling=st.integers(min_value=100, max_value=4500),
)
def test_limit_search_ends_near_the_limit(limit: int, start: int, ceiling: int) -> None:
    search = LimitSearch(start, ceiling)
    tries = 0
    while search.size is not None:
        assert 0 < search.size <= ceiling
        search.note(held=search.size <= limit)
        tries += 1
        assert tries < 60
    assert search.held <= limit
    if limit >= ceiling:
        assert search.held == ceiling
    elif search.held:
        assert search.failed is not None
        assert search.failed > limit
        assert (search.failed - search.held) * 10 <= search.held or (
            search.failed - search.held == 1
        )


def test_limit_search_that_is_over_takes_no_more() -> None:
    search = LimitSearch(100, 100)
    search.note(held=True)
    assert search.size is None
    with pytest.raises(ValueError, match="over"):
        search.note(held=True)

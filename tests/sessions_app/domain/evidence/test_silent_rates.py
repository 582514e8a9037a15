"""The table of silent reading rates, and the bounds that follow from it."""

from __future__ import annotations

import pytest

from sessions_app.domain.evidence.silent_rates import ceiling_wpm, median_wpm


@pytest.mark.parametrize(
    ("grade", "median", "ceiling"),
    [
        (-1, 60, 150),
        (0, 60, 150),
        (1, 60, 150),
        (2, 106, 265),
        (5, 149, 372.5),
        (8, 158, 395),
        (12, 158, 395),
    ],
)
def test_a_grade_has_a_median_and_a_ceiling(grade: int, median: int, ceiling: float) -> None:
    assert median_wpm(grade) == median
    assert ceiling_wpm(grade) == ceiling

"""The size and the scale of plots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachers.reports.plots.frame import LEFT, TOP, PlotFrame, Scale, highest_of


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1.0), (0.3, 0.3), (7, 8), (10, 10), (99, 100), (101, 150), (1, 1)]
)
def test_scale_ends_at_a_round_number(highest: float, top: float) -> None:
    assert Scale.up_to(highest).top == pytest.approx(top)


@given(st.floats(0.001, 1e6))
def test_scale_holds_everything_in_a_few_even_steps(highest: float) -> None:
    scale = Scale.up_to(highest)
    assert scale.top >= highest * (1 - 1e-6)
    assert 2 <= len(scale.ticks) <= 6
    assert [part for part, _ in scale.ticks][-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (10, ["0", "2.5", "5", "7.5", "10"]),
        (4000, ["0", "1,000", "2,000", "3,000", "4,000"]),
        (0, ["0", "1"]),
    ],
)
def test_ticks_are_labelled_with_their_values(highest: float, labels: list[str]) -> None:
    assert [label for _, label in Scale.up_to(highest).ticks] == labels


def test_frame_has_nought_below_on_the_left_and_the_whole_at_the_other_ends() -> None:
    frame = PlotFrame(420, 180)
    assert (frame.x(0), frame.y(1)) == (LEFT, TOP)
    assert frame.x(1) - frame.x(0) == frame.inner_width
    assert frame.y(0) - frame.y(1) == frame.inner_height


@pytest.mark.parametrize(("values", "highest"), [([], 0), ([None], 0), ([1, None, 3.5], 3.5)])
def test_what_is_unknown_is_not_the_highest(values: list[float | None], highest: float) -> None:
    assert highest_of(values) == highest

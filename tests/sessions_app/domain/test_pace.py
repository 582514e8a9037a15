"""Reading time is earned by reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.domain.pace import LONGEST_GAP, Pace, Step


def test_the_first_report_earns_nothing() -> None:
    assert Pace(0).note(50, 3.0, 100.0) == Step()


def test_moving_on_earns_the_time_and_the_words_between() -> None:
    pace = Pace(10)
    pace.note(10, None, 100.0)
    assert pace.note(14, None, 102.0) == Step(2.0, 4, (10, 13))


def test_standing_still_earns_nothing() -> None:
    pace = Pace(10)
    pace.note(10, 5.0, 100.0)
    assert pace.note(10, 5.0, 101.0) == Step()
    assert pace.note(10, None, 102.0) == Step()


def test_audio_that_plays_on_earns_time_without_words() -> None:
    pace = Pace(10)
    pace.note(10, 5.0, 100.0)
    assert pace.note(10, 6.0, 101.0) == Step(1.0)


def test_audio_that_runs_back_earns_nothing() -> None:
    pace = Pace(10)
    pace.note(10, 5.0, 100.0)
    assert pace.note(10, 4.0, 101.0) == Step()


def test_a_gap_over_half_a_minute_counts_as_none() -> None:
    pace = Pace(0)
    pace.note(0, None, 0.0)
    assert pace.note(5, None, LONGEST_GAP) == Step(30.0, 5, (0, 4))
    assert pace.note(9, None, 2 * LONGEST_GAP + 0.1) == Step()
    assert pace.note(12, None, 2 * LONGEST_GAP + 1.1).words == 3


def test_going_back_is_reading_but_no_words_are_counted_twice() -> None:
    pace = Pace(40)
    pace.note(40, None, 0.0)
    assert pace.note(20, None, 1.0) == Step(1.0)


def test_words_that_were_leapt_over_are_not_read() -> None:
    pace = Pace(0)
    pace.note(0, None, 0.0)
    assert pace.note(5000, None, 1.0) == Step(1.0)


def test_a_screenful_at_a_page_turn_counts() -> None:
    pace = Pace(0)
    pace.note(0, None, 0.0)
    assert pace.note(120, None, 1.0).words == 120


def test_after_a_rest_the_break_does_not_count() -> None:
    pace = Pace(0)
    pace.note(0, None, 0.0)
    pace.rest()
    assert pace.note(4, None, 5.0) == Step()
    assert pace.note(6, None, 6.0) == Step(1.0, 2, (4, 5))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3000),
            st.none() | st.floats(0, 1e4, allow_nan=False),
            st.floats(0, 100, allow_nan=False),
        ),
        max_size=50,
    )
)
def test_nobody_earns_more_time_than_passed(
    reports: list[tuple[int, float | None, float]],
) -> None:
    pace, now, earned = Pace(0), 0.0, 0.0
    for word, audio, gap in reports:
        now += gap
        step = pace.note(word, audio, now)
        assert 0 <= step.seconds <= LONGEST_GAP
        assert step.words >= 0
        assert (step.covered is not None) == (step.words > 0)
        earned += step.seconds
    assert earned <= now + 1e-6

"""How much one connection may say, with the clock in hand."""

from __future__ import annotations

from sessions_app.live.limits import BadFrames, FrameRate, Verdict


def taken(rate: FrameRate, count: int, now: float) -> list[Verdict]:
    return [rate.take(now) for _ in range(count)]


def test_a_burst_of_forty_is_fine_and_the_next_is_too_fast() -> None:
    rate = FrameRate(0.0)
    assert set(taken(rate, 40, 0.0)) == {Verdict.FINE}
    assert rate.take(0.0) is Verdict.TOO_FAST


def test_twenty_a_second_are_fine_for_ever() -> None:
    rate = FrameRate(0.0)
    assert {rate.take(count / 20) for count in range(5000)} == {Verdict.FINE}


def test_a_second_of_rest_gives_twenty_back() -> None:
    rate = FrameRate(0.0)
    taken(rate, 40, 0.0)
    assert taken(rate, 21, 1.0).count(Verdict.FINE) == 20


def test_going_on_far_beyond_is_far_too_fast() -> None:
    rate = FrameRate(0.0)
    verdicts = taken(rate, 300, 0.0)
    assert verdicts.index(Verdict.FAR_TOO_FAST) == 240
    assert set(verdicts[240:]) == {Verdict.FAR_TOO_FAST}


def test_the_twentieth_bad_frame_within_a_minute_is_one_too_many() -> None:
    bad = BadFrames()
    assert [bad.one_more(float(second)) for second in range(20)] == [False] * 19 + [True]


def test_bad_frames_spread_over_more_than_a_minute_are_borne() -> None:
    bad = BadFrames()
    assert not any(bad.one_more(second * 3.2) for second in range(200))

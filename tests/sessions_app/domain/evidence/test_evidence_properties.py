"""What holds whatever a client sends."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.domain.evidence import Evidence, PlaceReport, Watch, note, progress, reading_speed
from sessions_app.domain.evidence.silent import CARRIED
from sessions_app.domain.evidence.silent_rates import ceiling_wpm
from sessions_app.domain.evidence.watch import SCREENFUL
from sessions_app.domain.evidence.word_ranges import count

BOOK = 600
GRADES = st.integers(0, 9)
ROUNDING = 1e-3
# How long an example takes is the machine's affair.
NO_CLOCK = settings(deadline=None)

_PLACES = st.integers(0, BOOK - 1)
_SEEN = st.none() | st.tuples(_PLACES, st.integers(0, 200)).map(lambda p: (p[0], p[0] + p[1]))
_ANY = st.builds(
    PlaceReport,
    at=st.floats(0, 120),  # the gap before it, made a time below
    word_index=_PLACES,
    seen=_SEEN,
    here=st.none() | st.booleans(),
    is_playing=st.none() | st.booleans(),
    audio_timestamp=st.none() | st.floats(0, 300),
    rate=st.none() | st.floats(0.5, 2),
)


@st.composite
def likely_reports(draw: st.DrawFn) -> list[PlaceReport]:
    """Somebody who mostly goes on by small steps, sometimes leaps, listens or leaves."""
    place, screen = draw(_PLACES), draw(st.integers(10, 200))
    playing, audio, reports = False, 0.0, []
    for _ in range(draw(st.integers(0, 40))):
        gap = draw(st.floats(0, 60))
        step = draw(st.sampled_from((0, 0, 1, 10, screen // 2, screen, screen, -screen, -5, 300)))
        playing = playing != (draw(st.integers(0, 7)) == 0)
        if playing:
            step, audio = int(gap * 2.5), audio + gap
        place = max(0, min(BOOK - 1, place + step))
        seen = (place, place + screen) if draw(st.integers(0, 9)) else None
        here = draw(st.sampled_from((None, True, True, True, False)))
        reports.append(PlaceReport(gap, place, seen, here, playing, audio))
    return reports


REPORTS = st.lists(_ANY, max_size=40) | likely_reports()


def timed(reports: list[PlaceReport]) -> list[PlaceReport]:
    now, out = 100.0, []
    for report in reports:
        now += report.at
        out.append(msgspec.structs.replace(report, at=now))
    return out


def play(reports: list[PlaceReport], grade: int = 3) -> Evidence:
    evidence, watch = Evidence(), Watch()
    for report in reports:
        note(evidence, watch, report, grade=grade, word_count=BOOK)
    return evidence


def sums(evidence: Evidence) -> tuple[float, ...]:
    return (
        evidence.read_time,
        evidence.heard_time,
        evidence.read_words,
        evidence.heard_words,
        evidence.covered_words,
        evidence.own_words,
        evidence.own_time,
    )


@NO_CLOCK
@given(REPORTS, GRADES)
def test_no_figure_exceeds_what_there_is(reports: list[PlaceReport], grade: int) -> None:
    played = timed(reports)
    evidence = play(played, grade)
    passed = played[-1].at - played[0].at if played else 0.0
    assert evidence.read_time + evidence.heard_time <= passed + ROUNDING
    assert evidence.read_words <= ceiling_wpm(grade) / 60 * evidence.read_time + ROUNDING
    assert evidence.own_time <= evidence.read_time + ROUNDING
    assert evidence.covered_words + evidence.paged_words <= BOOK
    assert evidence.covered_words <= evidence.read_words + evidence.heard_words
    assert all(0 <= first <= last < BOOK for first, last in evidence.covered)
    assert 0 <= progress(evidence, BOOK) <= 1
    # A quarter of a screen may have been saved up from what is no part of the pace.
    saved_up = CARRIED * SCREENFUL
    assert evidence.own_words <= ceiling_wpm(grade) / 60 * evidence.own_time + saved_up


@NO_CLOCK
@given(REPORTS)
def test_every_report_adds_what_its_gain_says_and_takes_nothing_away(
    reports: list[PlaceReport],
) -> None:
    evidence, watch = Evidence(), Watch()
    for report in timed(reports):
        before, covered = sums(evidence), count(evidence.covered)
        held = sum(run.held for run in (watch.main, watch.aside) if run is not None)
        gain = note(evidence, watch, report, grade=3, word_count=BOOK)
        after = sums(evidence)
        assert all(new >= old for old, new in zip(before, after, strict=True))
        added = (gain.read_time, gain.heard_time, gain.read_words, gain.heard_words)
        assert after[:4] == pytest.approx(tuple(map(sum, zip(before[:4], added, strict=True))))
        assert count(evidence.covered) - covered <= count(gain.ranges)
        assert bool(gain.ranges) == bool(gain.read_words or gain.heard_words)
        # What was held was claimed when it was.
        assert gain.claims or gain.read_time + gain.heard_time <= held + ROUNDING


@NO_CLOCK
@given(REPORTS, GRADES)
def test_a_report_that_comes_again_changes_nothing(reports: list[PlaceReport], grade: int) -> None:
    once = timed(reports)
    twice = [report for report in once for _ in range(2)]
    assert play(once, grade) == play(twice, grade)


@NO_CLOCK
@given(
    st.lists(st.tuples(st.floats(0.5, 90), st.floats(0, 1)), min_size=1, max_size=15),
    st.integers(10, 200),
    st.booleans(),
    st.integers(1, 5),
)
def test_more_reports_of_the_same_reading_count_the_same(
    steps: list[tuple[float, float]], screen: int, sends_screen: bool, pieces: int
) -> None:
    """Each step: so long on a screen, then that share of it further on."""
    place, now = 0, 0.0
    reports = [PlaceReport(0.0, 0, (0, screen - 1) if sends_screen else None)]
    for seconds, share in steps:
        now, place = now + seconds, min(BOOK - 1, place + int(share * screen))
        seen = (place, min(BOOK - 1, place + screen - 1)) if sends_screen else None
        reports.append(PlaceReport(now, place, seen))
    finer = [reports[0]]
    for old, new in pairwise(reports):
        step = (new.at - old.at) / pieces
        moments = (old.at + piece * step for piece in range(1, pieces))
        finer += [*(msgspec.structs.replace(old, at=at) for at in moments), new]
    assert sums(play(finer)) == pytest.approx(sums(play(reports)), abs=ROUNDING)


@NO_CLOCK
@given(st.integers(1, 40), st.floats(0.5, 2), st.integers(1, 8), st.booleans())
def test_more_reports_of_the_same_listening_count_the_same(
    gaps: int, rate: float, pieces: int, has_sound: bool
) -> None:
    def listen(gap: float, number: int) -> Evidence:
        moments = [gap * each for each in range(number + 1)]
        return play(
            [
                PlaceReport(
                    at=moment,
                    word_index=min(BOOK - 1, int(moment * 2.5 * rate)),
                    is_playing=True,
                    audio_timestamp=moment * rate if has_sound else None,
                    rate=rate,
                )
                for moment in moments
            ]
        )

    seconds = min(5.0 * gaps, BOOK / 2.5 / rate)
    coarse, fine = listen(seconds / gaps, gaps), listen(seconds / gaps / pieces, gaps * pieces)
    assert fine.heard_words == pytest.approx(coarse.heard_words, abs=1)
    assert fine.heard_time == pytest.approx(seconds, abs=2.1)
    assert coarse.heard_time == pytest.approx(seconds, abs=2.1)


@NO_CLOCK
@given(st.lists(st.tuples(st.booleans(), _ANY), max_size=40), GRADES)
def test_two_sessions_at_once_count_once(
    reports: list[tuple[bool, PlaceReport]], grade: int
) -> None:
    sessions = [(Evidence(), Watch()), (Evidence(), Watch())]
    counted_until = 0.0
    times = timed([report for _, report in reports])
    for (second, _), report in zip(reports, times, strict=True):
        evidence, watch = sessions[second]
        gain = note(
            evidence, watch, report, grade=grade, word_count=BOOK, counted_until=counted_until
        )
        if gain.claims:
            counted_until = report.at
    passed = times[-1].at - times[0].at if times else 0.0
    counted = sum(evidence.read_time + evidence.heard_time for evidence, _ in sessions)
    assert counted <= passed + ROUNDING


@NO_CLOCK
@given(
    grade=st.integers(2, 8),
    screen=st.integers(20, 340),
    wpm=st.floats(45, 200),
    every=st.floats(3, 10),
    sends_screen=st.booleans(),
)
def test_an_honest_reader_loses_at_most_two_hundredths(
    grade: int, screen: int, wpm: float, every: float, sends_screen: bool
) -> None:
    evidence, watch, now = Evidence(), Watch(), 0.0
    book = 6 * screen
    for top in range(0, book, screen):
        seen = (top, top + screen - 1) if sends_screen else None
        moments = [now]
        while sends_screen and moments[-1] + every < now + screen / wpm * 60:
            moments.append(moments[-1] + every)
        for at in moments:
            note(evidence, watch, PlaceReport(at, top, seen), grade=grade, word_count=book)
        now += screen / wpm * 60
    last = book - 1
    seen = (book - screen, last) if sends_screen else None
    note(evidence, watch, PlaceReport(now, last, seen), grade=grade, word_count=book)
    assert evidence.read_time >= 0.98 * now
    assert evidence.read_words == book
    assert progress(evidence, book) == 1
    assert evidence.own_time == 0 or reading_speed(evidence) == pytest.approx(wpm, rel=0.02)

"""What counts as read, by one rule at a time. A third grader's ceiling is 307.5 words a minute."""

from __future__ import annotations

import msgspec
import pytest

from sessions_app.domain.evidence import (
    Evidence,
    Gain,
    PlaceReport,
    Watch,
    count_held,
    note,
    progress,
    reading_speed,
    was_finished,
)
from sessions_app.domain.evidence.evidence import PACE_NEEDS_WORDS

BOOK = 1000
SCREEN = (0, 99)  # 100 words: 19.5 s for a fast third grader, 150 s for the slowest reader
NEXT = (100, 199)


class Session:
    """A session of a third grader, or of another grade."""

    def __init__(self, grade: int = 3, word_count: int = BOOK) -> None:
        self.evidence, self.watch = Evidence(), Watch()
        self.grade, self.word_count = grade, word_count

    def report(
        self,
        at: float,
        word: int,
        seen: tuple[int, int] | None = None,
        *,
        counted_until: float = 0.0,
        here: bool | None = None,
        playing: bool | None = None,
        audio: float | None = None,
        rate: float | None = None,
    ) -> Gain:
        report = PlaceReport(at, word, seen, here, playing, audio, rate)
        return note(
            self.evidence,
            self.watch,
            report,
            grade=self.grade,
            word_count=self.word_count,
            counted_until=counted_until,
        )

    @property
    def progress(self) -> float:
        return progress(self.evidence, self.word_count)


def test_the_first_report_counts_nothing() -> None:
    assert Session().report(100, 0, SCREEN) == Gain()


def test_a_screen_is_read_once_it_stood_as_long_as_a_fast_reader_needs() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    assert session.report(19, 0, SCREEN) == Gain(claims=True)
    gain = session.report(24, 0, SCREEN)
    assert (gain.read_words, gain.ranges, gain.read_time) == (100, [SCREEN], 24)
    assert (gain.first_word, gain.last_word) == SCREEN
    assert session.report(30, 0, SCREEN).read_time == 6


def test_a_screen_accounts_for_as_long_as_a_slow_reader_needs_and_no_longer() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    for at in range(5, 1000, 5):
        session.report(at, 0, SCREEN)
    assert session.evidence.read_time == pytest.approx(150)
    assert session.evidence.read_words == 100


@pytest.mark.parametrize(
    ("then", "counts"),
    [
        ("nothing", 100 / 123 * 60),
        ("turns the page", 125),
        ("has gone", 100 / 123 * 60),
        ("has gone, and turns the page soon", 120),
        ("has gone, and turns the page much later", 100 / 123 * 60),
        ("asks", 120),
        ("listens", 120),
    ],
)
def test_a_screen_counts_beyond_what_the_grade_takes_once_the_child_does_something(
    then: str, counts: float
) -> None:
    """100 words before a third grader, whose median is 123 a minute, for 120 s."""
    session = Session()
    for at in range(0, 121, 5):
        session.report(at, 0, SCREEN, here=True)
    if "gone" in then:
        session.watch.main.stock = 0  # type: ignore[union-attr]
        session.report(125, 0, SCREEN, here=False)
    match then:
        case "turns the page":
            session.report(125, 100, NEXT, here=True)
        case "has gone, and turns the page soon":
            session.report(150, 100, NEXT, here=True)
        case "has gone, and turns the page much later":
            session.report(160, 100, NEXT, here=True)
        case "asks":
            count_held(session.evidence, session.watch)
        case "listens":
            session.report(125, 0, SCREEN, here=True, playing=True)
    assert session.evidence.read_time == pytest.approx(counts)


def test_who_hides_the_page_before_it_could_miss_them_was_there() -> None:
    session = Session()
    for at in range(0, 101, 5):
        session.report(at, 0, SCREEN, here=True)
    session.report(102, 0, SCREEN, here=False)
    assert session.evidence.read_time == 100


def test_the_own_pace_is_what_a_screen_takes_once_it_is_known() -> None:
    session = Session()
    for at, first in ((0, 0), (30, 100), (60, 200)):
        session.report(at, first, (first, first + 99), here=True)
    for at in range(65, 200, 5):
        session.report(at, 200, (200, 299), here=True)
    assert session.evidence.read_time == pytest.approx(90)


def test_a_screen_that_grows_is_read_once_all_of_it_stood_long_enough() -> None:
    session = Session()
    session.report(0, 0, (0, 9))
    session.report(1, 0, SCREEN)
    assert session.report(15, 0, SCREEN).read_words == 0
    assert session.report(21, 0, SCREEN).read_words == 100


def test_words_that_are_covered_for_a_while_keep_their_time() -> None:
    session = Session()
    for at in range(0, 300, 5):
        session.report(at, 0, (0, 9) if 20 <= at < 30 else SCREEN)
    assert session.evidence.read_time == pytest.approx(150)


def test_words_that_went_by_faster_are_paged_and_their_time_counts_nothing() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(5, 0, SCREEN)
    gain = session.report(10, 100, NEXT)
    assert (gain.paged_words, gain.read_words, gain.read_time) == (100, 0, 0)
    assert session.evidence.paged_words == 100


def test_words_that_stood_long_enough_while_another_book_was_read_are_not_paged() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(45, 0, SCREEN, counted_until=40)
    gain = session.report(90, 100, NEXT, counted_until=85)
    assert (gain.read_words, gain.paged_words, gain.read_time) == (0, 0, 10)


def test_words_are_paged_no_longer_once_they_are_read() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(1, 100, NEXT)
    session.report(2, 0, SCREEN)
    gain = session.report(42, 0, SCREEN)
    assert (gain.read_words, gain.paged_words) == (100, -100)
    assert session.evidence.paged_words == 0
    assert session.evidence.covered == [SCREEN]


def test_a_screenful_that_was_stepped_over_slowly_is_read() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    gain = session.report(60, 180, (180, 279))
    assert (gain.ranges, gain.read_words, gain.read_time) == ([(0, 179)], 180, 60)


@pytest.mark.parametrize("seen", [None, SCREEN])
def test_a_jump_is_neither_read_nor_paged_and_its_time_counts_nothing(
    seen: tuple[int, int] | None,
) -> None:
    session = Session()
    session.report(0, 0, seen)
    gain = session.report(300, 800, (800, 899) if seen else None)
    assert (gain.read_words, gain.paged_words, gain.read_time, gain.ranges) == (0, 0, 0, [])


def test_leafing_back_counts_only_if_it_stays() -> None:
    session = Session()
    for at, first in ((0, 200), (30, 300), (31, 100), (34, 300), (35, 200), (36, 300)):
        assert session.report(at, first, (first, first + 99)).paged_words == (at == 34) * 100
    assert (session.evidence.read_words, session.evidence.read_time) == (100, 30)
    session.report(40, 0, SCREEN)
    session.report(80, 0, SCREEN)
    assert (session.evidence.read_words, session.evidence.read_time) == (200, 70)
    assert session.evidence.covered == [SCREEN, (200, 299)]


@pytest.mark.parametrize("elsewhere", [0, 400, 800])
def test_a_look_elsewhere_keeps_what_the_unread_screen_has_earned(elsewhere: int) -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(30, 100, NEXT)
    session.report(40, 100, NEXT)  # with what was saved up, 10 of the 15 s that it needs
    session.report(41, elsewhere, (elsewhere, elsewhere + 99))
    session.report(44, 100, NEXT)
    gain = session.report(54, 200, (200, 299))
    assert (gain.ranges, gain.read_time) == ([NEXT], 20)


def test_who_reads_on_elsewhere_is_followed_there() -> None:
    session = Session()
    for at, first in ((0, 0), (30, 100), (31, 500), (61, 600), (71, 600), (72, 500), (75, 600)):
        session.report(at, first, (first, first + 99))
    gain = session.report(85, 700, (700, 799))
    assert (gain.ranges, gain.own_words, gain.own_time) == ([(600, 699)], 100, 20)


def test_time_that_words_do_not_account_for_lets_no_others_be_read() -> None:
    session = Session()
    session.report(0, 0)
    assert session.report(100, 5).read_time == 7.5
    assert session.report(101, 85).paged_words == 80


def test_reading_again_counts_but_is_not_covered_twice_and_is_not_the_pace() -> None:
    session = Session()
    for at, first in ((0, 0), (30, 100), (60, 200), (61, 0), (81, 100), (101, 200)):
        session.report(at, first, (first, first + 99))
    evidence = session.evidence
    assert (evidence.read_words, evidence.covered_words) == (400, 200)
    assert (evidence.own_words, evidence.own_time) == (200, 60)


def test_the_same_passage_again_and_again_counts_once_more_only() -> None:
    session = Session()
    for turn in range(40):
        session.report(turn * 30, 100 * (turn % 2), None)
    assert session.evidence.read_words == 200
    assert session.evidence.read_time == 60


def test_absence_counts_nothing_at_either_end() -> None:
    session = Session()
    session.report(0, 0, SCREEN, here=True)
    session.report(30, 0, SCREEN, here=False)
    session.report(60, 0, SCREEN, here=True)
    assert session.evidence.read_time == 0
    session.report(90, 0, SCREEN, here=True)
    assert session.evidence.read_time == 30


def test_after_a_break_neither_its_time_nor_what_was_left_behind_counts() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.watch.rest()
    gain = session.report(60, 100, NEXT)
    assert (gain.read_words, gain.paged_words, gain.read_time) == (0, 0, 0)
    assert session.report(90, 200, (200, 299)).read_words == 100


def test_a_child_who_goes_on_after_a_break_keeps_what_the_screen_had_earned() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(15, 0, SCREEN)
    session.watch.rest()
    session.report(100, 0, SCREEN)
    assert session.report(110, 0, SCREEN).read_time == 25


def test_a_book_read_to_its_last_word_is_whole() -> None:
    with_screens = Session(word_count=250)
    for at, first in ((0, 0), (30, 100), (60, 200), (90, 200)):
        with_screens.report(at, first, (first, min(249, first + 99)))
    by_places = Session(word_count=250)
    for at, place in ((0, 0), (30, 100), (60, 200), (90, 249)):
        by_places.report(at, place)
    heard = Session(word_count=250)
    for at in range(101):
        heard.report(at, min(249, at * 5 // 2), playing=at < 100, audio=float(at))
    for session in (with_screens, by_places, heard):
        assert session.progress == 1
        assert was_finished(session.evidence, 250)


def test_a_book_is_finished_from_four_fifths_on() -> None:
    assert not was_finished(Evidence(covered=[(0, 798)]), 1000)
    assert was_finished(Evidence(covered=[(0, 799)]), 1000)
    assert progress(Evidence(), 0) == 0


def test_narration_counts_as_heard_and_never_as_read_or_as_the_childs_pace() -> None:
    session = Session()
    for at in range(0, 61, 5):
        session.report(at, at * 3, (0, 299), playing=True, audio=float(at))
    evidence = session.evidence
    assert (evidence.heard_words, evidence.heard_time) == (180, 60)
    assert (evidence.read_words, evidence.read_time) == (0, 0)
    assert reading_speed(evidence) is None


@pytest.mark.parametrize(
    ("playing", "audio_at", "word", "heard_time", "heard_words"),
    [
        (True, 10.0, 30, 10, 30),
        (True, 60.0, 180, 0, 0),  # a seek forward
        (True, 60.0, 30, 0, 0),
        (True, -9.0, 0, 0, 0),  # a seek back
        (True, 10.0, 400, 0, 0),  # the sound went on, the place leapt
        (False, 4.0, 12, 6, 12),  # paused after 4 s: 2 s are within what clocks differ by
        (True, 0.0, 0, 2, 0),  # a stall
        (True, None, 30, 10, 30),  # a voice that has no time of its own
        (True, None, 200, 0, 0),
    ],
)
def test_what_was_heard_in_ten_seconds(
    playing: bool, audio_at: float | None, word: int, heard_time: float, heard_words: int
) -> None:
    session = Session()
    audio = None if audio_at is None else 100.0
    session.report(0, 100, playing=True, audio=audio)
    gain = session.report(
        10, 100 + word, playing=playing, audio=None if audio_at is None else 100 + audio_at
    )
    assert (gain.heard_time, gain.heard_words) == (heard_time, heard_words)
    assert gain.read_words == 0


def test_a_new_chapter_begins_its_sound_at_nought_and_is_heard() -> None:
    session = Session()
    session.report(0, 100, playing=True, audio=300.0)
    gain = session.report(5, 112, playing=True, audio=2.0)
    assert (gain.heard_time, gain.heard_words) == (5, 12)


def test_late_reports_of_a_voice_that_come_in_a_bunch_lose_no_time() -> None:
    session = Session()
    session.report(0, 0, playing=True, audio=0.0)
    for second in range(1, 21):
        session.report(20, 3 * second, playing=True, audio=float(second))
    assert session.evidence.heard_time == pytest.approx(20)
    assert session.evidence.heard_words == 60


def test_a_stall_before_a_break_excuses_no_seek_after_it() -> None:
    session = Session()
    session.report(0, 0, playing=True, audio=0.0)
    session.report(20, 0, playing=True, audio=0.0)
    session.watch.rest()
    session.report(30, 0, playing=True, audio=0.0)
    assert session.report(35, 40, playing=True, audio=15.0).heard_words == 0


def test_a_last_word_that_was_heard_is_not_read_too() -> None:
    session = Session(word_count=100)
    session.report(0, 75, SCREEN, playing=True, audio=30.0)
    session.report(10, 99, SCREEN, playing=False, audio=40.0)
    session.report(60, 99, SCREEN, playing=False, audio=40.0)
    assert (session.evidence.heard_words, session.evidence.read_words) == (25, 0)


def test_words_on_the_screen_are_not_read_too_while_they_are_heard() -> None:
    session = Session()
    for at in range(0, 31, 5):
        session.report(at, at * 3, SCREEN, playing=True, audio=float(at))
    assert session.evidence.read_words == 0
    assert session.evidence.heard_words == 90


def test_a_pause_of_the_voice_is_not_reading_unless_the_child_reads_on() -> None:
    paused, read_on = Session(), Session()
    for session in (paused, read_on):
        session.report(0, 20, SCREEN, playing=True, audio=0.0)
        session.report(10, 50, SCREEN, playing=False, audio=10.0)
        session.report(55, 50, SCREEN, playing=False, audio=10.0)
    paused.report(56, 270, (240, 339), playing=True, audio=70.0)
    assert (paused.evidence.read_words, paused.evidence.read_time) == (0, 0)
    read_on.report(56, 100, NEXT, playing=False, audio=10.0)
    assert (read_on.evidence.read_words, read_on.evidence.read_time) == (50, 46)


@pytest.mark.parametrize(
    ("playing", "audio"), [(True, None), (None, 90.0), (False, 90.0), (True, 90.0)]
)
def test_a_place_that_the_voice_is_set_to_was_not_come_to_by_reading(
    playing: bool | None, audio: float | None
) -> None:
    session = Session()
    session.report(0, 0, SCREEN, playing=playing and False, audio=audio and 0.0)
    gain = session.report(18, 50, (50, 149), playing=playing, audio=audio)
    assert (gain.read_words, gain.paged_words, gain.read_time) == (0, 0, 0)


def test_time_that_another_session_counted_counts_no_second_time() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    assert session.report(30, 0, SCREEN, counted_until=10).read_time == 20
    assert session.report(40, 0, SCREEN, counted_until=50) == Gain()


def test_a_page_left_open_claims_a_childs_time_only_as_long_as_its_words_account_for() -> None:
    session = Session()
    session.report(0, 20, SCREEN, playing=True, audio=0.0)
    session.report(10, 50, SCREEN, playing=False, audio=10.0)
    assert session.report(150, 50, SCREEN, playing=False, audio=10.0).claims
    assert session.report(170, 50, SCREEN, playing=False, audio=10.0).claims
    assert not session.report(180, 50, SCREEN, playing=False, audio=10.0).claims


def test_a_pace_is_told_from_a_hundred_words_on_and_only_of_screens_that_were_left() -> None:
    session = Session(grade=1)
    session.report(0, 0, (0, 59))
    session.report(60, 60, (60, 119))
    session.report(150, 60, (60, 119))
    assert session.evidence.own_words < PACE_NEEDS_WORDS
    assert reading_speed(session.evidence) is None
    session.report(150, 120, (120, 179))
    assert reading_speed(session.evidence) == 48.0


def test_a_screen_that_stood_too_long_says_nothing_of_the_pace() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(30, 100, NEXT)
    session.report(1030, 200, (200, 299))
    session.report(1060, 300, (300, 399))
    assert reading_speed(session.evidence) == 200.0
    assert session.evidence.read_time == 210


def test_a_client_that_begins_to_send_screens_loses_nothing() -> None:
    session = Session()
    session.report(0, 0)
    session.report(5, 0, SCREEN)
    assert session.report(30, 100, NEXT).read_time == 30


@pytest.mark.parametrize("seen", [(-50, 5000), (99, 0), (5000, 9000)])
def test_a_screen_outside_the_book_is_cut_to_it(seen: tuple[int, int]) -> None:
    session = Session()
    for at in (0, 100, 500):
        session.report(at, 0, seen)
    assert session.progress <= 1
    assert all(0 <= first <= last < BOOK for first, last in session.evidence.covered)


def test_evidence_can_be_stored() -> None:
    session = Session()
    session.report(0, 0, SCREEN)
    session.report(30, 0, SCREEN)
    stored = msgspec.msgpack.encode(session.evidence)
    assert msgspec.msgpack.decode(stored, type=Evidence) == session.evidence

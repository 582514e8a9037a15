"""Whole children, and what is said of them: within 5 % of what they did.

Third graders with 150 words on the screen, unless told otherwise.
"""

from __future__ import annotations

import pytest

from sessions_app.domain.evidence import (
    Evidence,
    Watch,
    count_held,
    median_wpm,
    note,
    progress,
    reading_speed,
)
from teachers.simulated_children import CHILDREN, SimulatedPage, at_once

BOOK = 5955
CHAPTERS = (0, 400, 2000)


def evidence_of(page: SimulatedPage, grade: int = 3) -> Evidence:
    """After the page was closed."""
    evidence, watch = Evidence(), Watch()
    for moment in page.moments:
        note(evidence, watch, moment.report, grade=grade, word_count=page.word_count)
    count_held(evidence, watch)
    return evidence


def figures(evidence: Evidence) -> tuple[float, ...]:
    return (
        evidence.read_words,
        evidence.read_time,
        evidence.heard_words,
        evidence.heard_time,
        evidence.covered_words,
        reading_speed(evidence) or 0,
    )


# read words, read time, heard words, heard time, different words, own pace
DONE = {
    "reads silently": (750, 225, 0, 0, 750, 200),
    "reads slowly": (750, 450, 0, 0, 750, 100),
    "scrolls by lines": (825, 330, 0, 0, 825, 150),
    "listens": (0, 0, 600, 240, 600, 0),
    "listens quickly": (0, 0, 900, 240, 900, 0),
    "listens, then reads": (750, 225, 600, 240, 1350, 200),
    "skims": (0, 0, 0, 0, 0, 0),
    "skims, then reads": (750, 225, 0, 0, 750, 200),
    "jumps about": (0, 0, 0, 0, 0, 0),
    "leafs back": (750, 225, 0, 0, 750, 200),
    "rereads": (1200, 345, 0, 0, 750, 200),
    "walks away": (450, 135, 0, 0, 450, 200),
    "pauses and reads from elsewhere": (0, 0, 300, 120, 300, 0),
    "gets stuck": (210, 165, 0, 0, 210, 200),
    "goes to and fro": (0, 0, 0, 0, 0, 0),
}
# Where no client could tell: by child, and whether the page says what is on the screen.
CANNOT_KNOW = {
    # That only a part of the screen was read.
    ("gets stuck", True): (300, 165, 0, 0, 300, 200),
    ("scrolls by lines", True): (900, 330, 0, 0, 900, 150),
    # The last screen, which is not left; the scroller's holds 75 words that were read.
    ("gets stuck", False): (150, 45, 0, 0, 150, 200),
    ("scrolls by lines", False): (750, 330, 0, 0, 750, 150),
    # Whether the first place after a pause of the voice was read up to or chosen.
    ("listens, then reads", False): (600, 180, 600, 240, 1200, 200),
    # That nobody was there: the screen accounts for 40 words a minute.
    ("walks away", False): (450, 315, 0, 0, 450, 200),
}


def test_every_child_is_told_of() -> None:
    assert set(DONE) == set(CHILDREN)


@pytest.mark.parametrize("sends_screen", [True, False])
@pytest.mark.parametrize("name", DONE)
def test_what_is_told_is_what_a_child_did(name: str, sends_screen: bool) -> None:
    page = SimulatedPage(BOOK, chapters=CHAPTERS, sends_screen=sends_screen)
    CHILDREN[name](page)
    expected = CANNOT_KNOW.get((name, sends_screen), DONE[name])
    assert figures(evidence_of(page)) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize("name", DONE)
def test_the_table_says_what_the_children_did(name: str) -> None:
    page = SimulatedPage(BOOK, chapters=CHAPTERS)
    CHILDREN[name](page)
    did = page.did
    done = (did.read_words, did.read_time, did.heard_words, did.heard_time)
    assert done == pytest.approx(DONE[name][:4], rel=0.05)


def test_who_skims_a_book_has_paged_it() -> None:
    page = SimulatedPage(BOOK)
    CHILDREN["skims"](page)
    evidence = evidence_of(page)
    assert evidence.paged_words == pytest.approx(BOOK, rel=0.05)
    assert progress(evidence, BOOK) == 0


@pytest.mark.parametrize("seconds", [12, 20, 30, 45])
def test_a_kindergartner_loses_nothing(seconds: float) -> None:
    page = SimulatedPage(300, screen=30)
    for _ in range(10):
        page.read(seconds)
    evidence = evidence_of(page, grade=0)
    assert figures(evidence)[:2] == pytest.approx((300, 10 * seconds))
    assert progress(evidence, 300) == 1


@pytest.mark.parametrize("screen", [40, 110, 220, 340])
@pytest.mark.parametrize("sends_screen", [True, False])
@pytest.mark.parametrize("grade", [2, 4, 8])
def test_who_reads_two_hundred_words_a_minute_loses_at_most_two_hundredths(
    screen: int, sends_screen: bool, grade: int
) -> None:
    page = SimulatedPage(12 * screen, screen=screen, sends_screen=sends_screen)
    for _ in range(12):
        page.read(screen / 200 * 60)
    evidence = evidence_of(page, grade)
    assert evidence.read_time >= 0.98 * page.did.read_time
    assert evidence.read_words >= 0.98 * page.did.read_words
    assert reading_speed(evidence) == pytest.approx(200, rel=0.02)


def test_a_listener_whose_reports_are_sparse_is_heard_all_the_same() -> None:
    page = SimulatedPage(BOOK, chapters=CHAPTERS, rate=1.5)
    page.listen(300, step=10)
    evidence = evidence_of(page)
    assert evidence.heard_time == pytest.approx(300, rel=0.05)
    assert evidence.heard_words == page.did.heard_words


@pytest.mark.parametrize("apart", [1, 3, 10, 40, 150, 300, 2000])
@pytest.mark.parametrize("seconds", [1, 5, 15, 45])
def test_two_places_in_turn_earn_nothing_by_being_taken_in_turn(apart: int, seconds: int) -> None:
    page = SimulatedPage(BOOK, sends_screen=False)
    for turn in range(1800 // seconds):
        page.stay(seconds)
        page.show(apart * (turn % 2))
    evidence = evidence_of(page)
    assert evidence.read_words <= 2 * apart
    assert evidence.read_time <= 3 * min(seconds, apart) + 0.1


def test_a_page_that_nobody_looks_at_earns_what_its_words_take_a_reader_of_the_grade() -> None:
    page = SimulatedPage(BOOK)
    page.stay(225)
    page.is_here = False
    page.tell()
    assert evidence_of(page).read_time == pytest.approx(150 / median_wpm(3) * 60)


def test_a_page_that_never_says_that_nobody_is_there_earns_what_its_words_account_for() -> None:
    page = SimulatedPage(BOOK)
    page.stay(3600)
    page.tell()
    assert evidence_of(page).read_time == pytest.approx(150 / 40 * 60)


@pytest.mark.parametrize(("reads", "counts"), [(45, 45), (90, 90), (220, 220)])
def test_who_reads_and_turns_the_page_loses_nothing_however_slowly(
    reads: float, counts: float
) -> None:
    page = SimulatedPage(BOOK)
    for _ in range(3):
        page.read(reads)
    assert evidence_of(page).read_time == pytest.approx(3 * counts)


@pytest.mark.parametrize("away", [40, 300, 3600])
def test_who_walks_away_is_told_of_as_if_they_had_read_on_at_their_pace(away: float) -> None:
    """They read two screens at 45 s, turn to the third, and nobody touches it any more."""
    page = SimulatedPage(BOOK)
    page.read(45)
    page.read(45)
    page.stay(225)
    page.is_here = False
    page.tell()
    page.stay(away)
    page.is_here = True
    page.read(45)
    assert evidence_of(page).read_time == pytest.approx(90 + 45, rel=0.05)


def test_two_tabs_of_one_child_count_once() -> None:
    front, hidden = SimulatedPage(BOOK), SimulatedPage(BOOK, is_here=False)
    CHILDREN["reads silently"](front)
    hidden.stay(225)
    sessions = [(Evidence(), Watch()), (Evidence(), Watch())]
    counted_until = 0.0
    for tab, moment in at_once(front, hidden):
        evidence, watch = sessions[tab]
        gain = note(
            evidence,
            watch,
            moment.report,
            grade=3,
            word_count=BOOK,
            counted_until=counted_until,
        )
        counted_until = moment.at if gain.claims else counted_until
    assert sessions[0][0].read_time == pytest.approx(225)
    assert sessions[1][0].read_time == 0

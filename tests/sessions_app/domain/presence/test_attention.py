"""When a teacher is asked to look."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sessions_app.domain.presence.attention import Facts, Reason, reasons

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
WELL = Facts(
    now=NOW,
    under_way=True,
    open_until=NOW,
    moved_at=NOW,
    verdicts=[True],
    asked_at_words=[5],
    flagged=False,
)


def test_a_child_who_reads_well_needs_nobody() -> None:
    assert reasons(WELL) == []


@pytest.mark.parametrize(
    ("verdicts", "found"),
    [
        ([False], []),
        ([False, False], [Reason.WRONG_ANSWERS]),
        ([False, False, True], []),
        ([False, True, False], []),
        ([True, False, False], [Reason.WRONG_ANSWERS]),
    ],
)
def test_two_wrong_answers_in_a_row(verdicts: list[bool], found: list[Reason]) -> None:
    assert reasons(replace(WELL, verdicts=verdicts)) == found


def test_five_minutes_at_the_same_place_while_reading() -> None:
    stuck = replace(WELL, moved_at=NOW - dt.timedelta(minutes=5, seconds=1))
    assert reasons(stuck) == [Reason.SAME_PLACE]
    assert reasons(replace(WELL, moved_at=NOW - dt.timedelta(minutes=5))) == []


@pytest.mark.parametrize(("hours", "stays"), [(1, True), (11, True), (13, False)])
def test_who_was_stuck_when_the_book_was_closed_stays_so_for_the_day(
    hours: int, stays: bool
) -> None:
    left = NOW - dt.timedelta(hours=hours)
    stuck = replace(WELL, open_until=left, moved_at=left - dt.timedelta(minutes=6))
    assert reasons(stuck) == ([Reason.SAME_PLACE] if stays else [])
    well = replace(WELL, open_until=left, moved_at=left - dt.timedelta(minutes=4))
    assert reasons(well) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([1, 2], []),
        ([1, 2, 151], [Reason.MANY_QUESTIONS]),
        ([1, 2, 152], []),
        ([900, 1, 2, 950, 800], [Reason.MANY_QUESTIONS]),
        ([], []),
    ],
)
def test_three_questions_on_a_page(words: list[int], found: list[Reason]) -> None:
    assert reasons(replace(WELL, asked_at_words=words)) == found


def test_distress_comes_first() -> None:
    all_of_it = replace(
        WELL,
        flagged=True,
        verdicts=[False, False],
        moved_at=NOW - dt.timedelta(hours=1),
        hand_fell=True,
        asked_at_words=[1, 1, 1],
    )
    assert reasons(all_of_it) == list(Reason)


def test_finished_book_needs_no_help_but_worrying_words_stay() -> None:
    finished = replace(WELL, under_way=False, verdicts=[False, False], asked_at_words=[1, 1, 1])
    assert reasons(finished) == []
    assert reasons(replace(finished, flagged=True)) == [Reason.DISTRESS]

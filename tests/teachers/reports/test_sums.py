"""One definition of each figure, counted by child and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachers.reports.periods import Period, last_week, period_of
from teachers.reports.reading_records import ReadingRecord
from teachers.reports.sums import (
    Sums,
    daily_sums,
    sums_by_child,
    sums_by_step,
    sums_within,
    total,
)
from tests.teachers.records import (
    ALICE,
    BOB,
    HILL,
    LAMP,
    NOON,
    attempt,
    days_ago,
    finished,
    question,
    record,
    span,
)

TODAY = NOON.date()
WEEK = period_of(last_week(TODAY), dt.UTC, TODAY)


def whole(*records: ReadingRecord, period: Period = WEEK) -> Sums:
    return total(daily_sums(records, period).values())


def test_reading_time_and_words_are_added_up() -> None:
    sums = whole(record(span(seconds=60, words=100), span(days_ago(1), seconds=30, words=20)))
    amounts = sums.amounts
    assert (amounts.seconds, amounts.read_minutes, amounts.read_words) == (90, 1.5, 120)
    assert sums.days == {TODAY, days_ago(1).date()}
    assert amounts.pace == 80.0


def test_listening_and_paging_through_are_no_reading_of_ones_own() -> None:
    listened = span(seconds=0, words=0, heard=(90, 225), paged=40)
    paged = span(days_ago(1), seconds=0, words=0, paged=500)
    sums = whole(record(listened), record(paged, book=HILL))
    assert (sums.amounts.read_minutes, sums.amounts.heard_minutes) == (0, 1.5)
    assert (sums.amounts.heard_words, sums.amounts.paged_words) == (225, 540)
    assert sums.amounts.pace is None
    assert sums.days == {TODAY}
    assert sums.books == {(ALICE.pk, LAMP.pk)}
    assert sums.paged_books == {(ALICE.pk, LAMP.pk), (ALICE.pk, HILL.pk)}


def test_pace_of_a_class_is_of_those_who_read_by_themselves() -> None:
    reader = record(span(seconds=60, words=150))
    listener = record(span(seconds=0, words=0, heard=(600, 1500)), student=BOB)
    assert whole(reader, listener).amounts.pace == 150.0


@pytest.mark.parametrize(("share", "finished"), [(0.17, 0), (0.79, 0), (0.8, 1), (1, 1)])
def test_book_that_was_closed_early_is_not_finished(share: float, finished: int) -> None:
    covered = [(0, round(LAMP.word_count * share) - 1)]
    closed = record(span(), status="completed", completed_at=NOON, covered=covered)
    assert len(whole(closed).finished) == finished


@pytest.mark.parametrize(("seconds", "words"), [(0, 0), (29, 99), (100, 29)])
def test_pace_of_little_reading_is_unknown(seconds: float, words: int) -> None:
    assert whole(record(span(seconds=seconds, words=words))).amounts.pace is None


@pytest.mark.parametrize(
    ("days", "counts"), [(0, True), (6, True), (6.5, True), (6.6, False), (-0.4, True), (-1, False)]
)
def test_what_lies_outside_the_period_does_not_count(days: float, counts: bool) -> None:
    at = days_ago(days)
    sums = whole(record(span(at), question(at, word="rust"), attempt(at)))
    expected = (1, 1, {"rust"}) if counts else (0, 0, set())
    assert (sums.questions, sums.first_tries, sums.looked_up) == expected
    assert bool(sums.amounts.seconds) == counts


def test_day_is_that_of_the_schools_time_zone() -> None:
    late = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)
    zone = dt.timezone(dt.timedelta(hours=1))
    days = daily_sums([record(span(late))], period_of(last_week(TODAY), zone, TODAY))
    assert list(days) == [(ALICE.pk, TODAY)]


def test_word_that_is_looked_up_twice_is_one_word_and_two_questions() -> None:
    sums = whole(record(question(word="Rust"), question(word="rust"), question()))
    assert (sums.questions, sums.looked_up) == (3, {"rust"})


@pytest.mark.parametrize(
    ("attempts", "tries", "right"),
    [
        ([attempt(correct=True)], 1, 1),
        ([attempt(correct=False), attempt(correct=True, number=2)], 1, 0),
        ([attempt(kind="prediction")], 0, 0),
        ([attempt(kind="vocabulary"), attempt(correct=False, checkpoint=2)], 2, 1),
    ],
)
def test_comprehension_is_of_first_tries_that_have_a_right_answer(
    attempts: list[object], tries: int, right: int
) -> None:
    sums = whole(record(*attempts))  # type: ignore[arg-type]
    assert (sums.first_tries, sums.first_right) == (tries, right)
    assert sums.comprehension == (right / tries if tries else None)


def test_every_reading_to_the_end_counts_and_a_book_counts_once() -> None:
    twice = [finished(span(), at=NOON), finished(span(), at=days_ago(1))]
    sums = whole(*twice, finished(span(), student=BOB), record(span(), book=HILL))
    assert len(sums.finished) == 3
    assert sums.books == {(ALICE.pk, LAMP.pk), (ALICE.pk, HILL.pk), (BOB.pk, LAMP.pk)}


spans = st.builds(
    lambda days, seconds, words: span(days_ago(days), seconds=seconds, words=words),
    st.integers(0, 6),
    st.integers(1, 3600),
    st.integers(0, 500),
)
some_records = st.lists(
    st.builds(
        lambda student, spans: record(*spans, student=student),
        st.sampled_from([ALICE, BOB]),
        st.lists(spans, max_size=4),
    ),
    max_size=4,
)


@given(some_records)
def test_days_children_and_parts_all_add_up_to_the_whole(records: list[ReadingRecord]) -> None:
    days = daily_sums(records, WEEK)
    expected = total(days.values())
    halves = [
        period_of(replace(WEEK.dates, first=WEEK.first, last=days_ago(3).date()), dt.UTC, TODAY),
        period_of(replace(WEEK.dates, first=days_ago(2).date()), dt.UTC, TODAY),
    ]
    assert total(sums_by_step(days, WEEK)) == expected
    assert total(sums_by_child(days).values()) == expected
    assert total(sums_within(days, half) for half in halves) == expected
    assert expected.amounts.read_words == sum(each.amounts.read_words for each in records)


def test_child_who_did_nothing_has_sums_of_nothing() -> None:
    assert sums_by_child({})[ALICE.pk] == Sums()

"""What a record says of its session."""

from __future__ import annotations

import pytest

from sessions_app.domain.state import OpenSpan, ReadingState, SpanFacts
from teachers.reports.reading_records import SpanRecord, open_span_of
from tests.teachers.records import LAMP, NOON, attempt, record, span


@pytest.mark.parametrize(("words", "pace"), [(100, 100.0), (130, 130.0), (99, None)])
def test_pace_of_a_span_is_said_where_it_means_something(words: int, pace: float | None) -> None:
    assert span(words=words).pace == pace


def test_span_is_taken_as_it_is_kept() -> None:
    kept = SpanFacts(
        read_time=61.5,
        heard_time=10,
        read_words=70,
        heard_words=20,
        paged_words=5,
        first_word=3,
        last_word=90,
    )
    taken = SpanRecord.of(NOON, kept)
    assert taken == SpanRecord(NOON, 61.5, 10, 70, 20, 5, 3, 90)
    assert (taken.seconds, taken.minutes, taken.words) == (71.5, 1.2, 90)


def test_span_under_way_counts() -> None:
    state = ReadingState(5, 5, 0)
    assert open_span_of(state) is None
    state.reading_span = OpenSpan(0, 5, read_time=4.0, ended=NOON.timestamp())
    under_way = open_span_of(state)
    assert under_way is not None
    assert (under_way.ended_at, under_way.seconds) == (NOON, 4.0)


def test_record_adds_up_its_spans() -> None:
    read = record(span(seconds=45, words=50), span(seconds=45, words=70))
    assert (read.seconds, read.minutes, read.words, read.pace) == (90, 1.5, 120, 80.0)
    assert record().pace is None


def test_progress_is_the_part_of_the_book_that_was_read_or_heard() -> None:
    assert record(covered=[(0, 49), (100, 149)]).progress == 100 / LAMP.word_count


@pytest.mark.parametrize(
    ("kind", "has"), [("vocabulary", True), ("comprehension", True), ("prediction", False)]
)
def test_prediction_has_no_right_answer(kind: str, has: bool) -> None:
    assert attempt(kind=kind).has_right_answer is has

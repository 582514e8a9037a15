"""What a record says of its session."""

from __future__ import annotations

import pytest

from sessions_app.domain.state import OpenSpan, ReadingState, SpanFacts
from teachers.reports.reading_records import SpanRecord, open_span_of
from tests.teachers.records import LAMP, NOON, attempt, record, span


@pytest.mark.parametrize(
    ("seconds", "words", "pace"), [(60, 100, 100.0), (10, 5, 30.0), (9.9, 100, None), (60, 4, None)]
)
def test_pace_of_a_span_is_said_where_it_means_something(
    seconds: float, words: int, pace: float | None
) -> None:
    assert span(seconds=seconds, words=words).pace == pace


def test_span_is_taken_as_it_is_kept() -> None:
    kept = SpanFacts(seconds=61.5, words=70, first_word=3, last_word=90)
    assert SpanRecord.of(NOON, kept) == SpanRecord(NOON, 61.5, 70, 3, 90)
    assert SpanRecord.of(NOON, kept).minutes == 1.0


def test_span_under_way_counts_once_something_was_read() -> None:
    state = ReadingState(5, 5, 0)
    assert open_span_of(state) is None
    state.reading_span = OpenSpan(0, 5, ended=NOON.timestamp())
    assert open_span_of(state) is None
    state.reading_span.seconds = 4.0
    under_way = open_span_of(state)
    assert under_way is not None
    assert (under_way.ended_at, under_way.seconds) == (NOON, 4.0)


def test_record_adds_up_its_spans() -> None:
    read = record(span(seconds=45, words=50), span(seconds=45, words=40))
    assert (read.seconds, read.minutes, read.words, read.pace) == (90, 1.5, 90, 60.0)
    assert record().pace is None


@pytest.mark.parametrize(("word", "progress"), [(0, 0.005), (99, 0.5), (199, 1.0), (500, 1.0)])
def test_progress_is_the_place_in_the_book_and_never_beyond(word: int, progress: float) -> None:
    assert record(word_index=word).progress == progress


def test_coverage_is_the_part_of_the_book_in_ranges() -> None:
    assert record(covered=[(0, 49), (100, 149)]).coverage == 100 / LAMP.word_count


@pytest.mark.parametrize(
    ("kind", "has"), [("vocabulary", True), ("comprehension", True), ("prediction", False)]
)
def test_prediction_has_no_right_answer(kind: str, has: bool) -> None:
    assert attempt(kind=kind).has_right_answer is has

"""What a record says of its session."""

from __future__ import annotations

import pytest

from sessions_app.domain.hand.state import OpenSpan, ReadingState, SpanFacts
from teachers.reports.amounts import ReadingAmounts
from teachers.reports.reading_records import SpanRecord, open_span_of
from tests.teachers.records import LAMP, NOON, attempt, record, span


@pytest.mark.parametrize(("words", "pace"), [(100, 100.0), (130, 130.0), (99, None)])
def test_pace_is_said_where_it_means_something(words: int, pace: float | None) -> None:
    assert span(words=words).amounts.pace == pace


def test_span_is_taken_as_it_is_kept() -> None:
    kept = SpanFacts(
        read_time=61.5,
        heard_time=10,
        read_words=70,
        heard_words=20,
        paged_words=5,
        first_word=3,
        last_word=90,
        own_words=60,
        own_time=40,
    )
    taken = SpanRecord.of(NOON, kept)
    assert taken == SpanRecord(NOON, ReadingAmounts(61.5, 10, 70, 20, 5, 60, 40), 3, 90)
    assert (taken.amounts.seconds, taken.amounts.read_minutes) == (71.5, 1.0)


def test_span_under_way_counts() -> None:
    state = ReadingState(5, 5, 0)
    assert open_span_of(state) is None
    state.reading_span = OpenSpan(0, 5, read_time=4.0, ended=NOON.timestamp())
    under_way = open_span_of(state)
    assert under_way is not None
    assert (under_way.ended_at, under_way.amounts.seconds) == (NOON, 4.0)


def test_record_adds_up_its_spans() -> None:
    read = record(span(seconds=45, words=50), span(seconds=45, words=70, heard=(30, 75)))
    amounts = read.amounts
    assert (amounts.read_minutes, amounts.read_words, amounts.pace) == (1.5, 120, 80.0)
    assert (amounts.heard_minutes, amounts.heard_words) == (0.5, 75)
    assert record().amounts.pace is None


@pytest.mark.parametrize(
    ("last", "finished", "status"),
    [(33, False, "closed at 17%"), (199, True, "finished"), (160, True, "finished")],
)
def test_completed_session_is_finished_or_closed(last: int, finished: bool, status: str) -> None:
    closed = record(status="completed", completed_at=NOON, covered=[(0, last)])
    assert (closed.is_completed, closed.finished, closed.status) == (True, finished, status)
    under_way = record(covered=[(0, last)])
    assert (under_way.is_completed, under_way.finished) == (False, False)


def test_place_of_the_last_word_is_the_whole_book() -> None:
    assert record().place_of(199) == 1


def test_progress_is_the_part_of_the_book_that_was_read_or_heard() -> None:
    assert record(covered=[(0, 49), (100, 149)]).progress == 100 / LAMP.word_count


@pytest.mark.parametrize(
    ("kind", "has"), [("vocabulary", True), ("comprehension", True), ("prediction", False)]
)
def test_prediction_has_no_right_answer(kind: str, has: bool) -> None:
    assert attempt(kind=kind).has_right_answer is has

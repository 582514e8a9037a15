"""Sessions unsealed for reports: all of them for a few queries, and only what was asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.models import ReadingSpan, Session, SessionKey
from teachers.reports.unsealing import TimeWindow, reading_record, reading_records
from tests.readerai.accounts.people import make_student
from tests.sessions_app.cast import Cast, start
from tests.teachers.readings import Open, complete, connected, read_to, whole_reading
from tests.teachers.records import NOON

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("window", "holds"),
    [
        (TimeWindow(), True),
        (TimeWindow(since=NOON), True),
        (TimeWindow(until=NOON), False),
        (TimeWindow(NOON - HOUR, NOON + HOUR), True),
        (TimeWindow(since=NOON + HOUR), False),
    ],
)
def test_window_holds_its_first_moment_and_not_its_last(window: TimeWindow, holds: bool) -> None:
    assert (NOON in window) is holds


def test_record_has_everything_that_happened(cast: Cast, reading: Open) -> None:
    record = reading_record(Session.objects.get(pk=reading.session_id))
    assert record is not None
    assert record.student == cast.alice
    assert (record.amounts.read_time, record.amounts.read_words) == (70, 50)
    [question] = record.questions
    assert (question.text, question.word) == ("What is rust?", "rust")
    assert (question.answer, question.meaning) == ("Old brown metal.", "Old brown metal skin.")
    assert [(each.number, each.correct) for each in record.attempts] == [(1, False), (2, True)]


def test_span_under_way_is_read_beside_those_that_are_kept(cast: Cast) -> None:
    open_ = connected(cast.alice, cast.lamp)
    read_to(open_, 50, seconds=70)
    read_to(open_, 60, seconds=10)
    [record] = reading_records(Session.objects.all())
    kept = ReadingSpan.objects.filter(session=open_.session_id).count()
    assert (kept, len(record.spans)) == (1, 2)
    assert record.amounts.read_time == 80


def test_only_what_happened_in_the_time_is_read(cast: Cast, reading: Open) -> None:
    session = Session.objects.get(pk=reading.session_id)
    [whole] = reading_records(Session.objects.all(), session.started_at)
    assert len(whole.questions) == 1
    assert reading_records(Session.objects.all(), session.last_active_at + HOUR) == []
    assert reading_records(Session.objects.all(), until=session.started_at) == []
    [begun] = reading_records(Session.objects.all(), until=session.started_at + HOUR / 3600)
    assert len(begun.questions) <= 1


def test_sessions_come_in_the_order_in_which_they_began(cast: Cast) -> None:
    begun = [start(child, cast.lamp).pk for child in (cast.bob, cast.alice, cast.bob)]
    found = [record.session.pk for record in reading_records(Session.objects.order_by("-pk"))]
    assert found == begun


def test_erased_session_is_left_out(cast: Cast, reading: Open) -> None:
    session = Session.objects.get(pk=reading.session_id)
    SessionKey.objects.filter(session=session).update(wrapped=None, erased_at="2026-01-01T00:00Z")
    assert reading_record(session) is None
    assert reading_records(Session.objects.all()) == []


def test_many_sessions_take_the_queries_of_one(cast: Cast, reading: Open) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reading_records(Session.objects.all())
        return len(captured)

    few = queries()
    for number in range(5):
        again = whole_reading(cast, make_student(f"child-{number}", cast.room_12))
        complete(again)
    assert queries() == few

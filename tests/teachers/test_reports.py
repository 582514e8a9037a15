"""The pages and files about sessions, children and classes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from library.models import Book
from sessions_app.models import AccessLogEntry
from sessions_app.models import Session as SessionRow
from teachers.reports.letter import week_in_words
from teachers.reports.periods import Period, last_week, period_of
from teachers.reports.plots import nice_top
from teachers.reports.reading_records import records
from teachers.reports.sums import sums_of
from tests.sessions_app.cast import Cast

from .pages import page, read_csv
from .readings import Open, ask, connected, read_to, whole_reading


def week_to(day: dt.date) -> Period:
    return period_of(last_week(day), dt.UTC, day)


@pytest.fixture
def reading(cast: Cast) -> Open:
    return whole_reading(cast, cast.alice)


def test_session_page_shows_page_questions_tries_words_and_log(
    rivera: Client, reading: Open
) -> None:
    text = page(rivera, f"/teachers/sessions/{reading.session_id}")
    for said in (
        '<mark class="at-word">',
        "What is rust?",
        "Old brown metal.",
        "It was green with rust.",  # the sentence of the book, not what the client sent
        "a loud noise",
        "a small light",
        "not yet",
        "Old brown metal skin.",
        "Raised a hand",
        "Hand up",
    ):
        assert said in text, said
    assert text.count('<svg class="plot"') == 3


def test_the_page_is_spaced_as_its_book_prints_it(cast: Cast, rivera: Client) -> None:
    chapter = cast.lamp.chapters.get(index=0)
    chapter.paragraphs = [[["The", "cat—", "oh!", "ran."]], *chapter.paragraphs[1:]]
    chapter.save()
    open_ = connected(cast.alice, cast.lamp)
    read_to(open_, 1)
    text = page(rivera, f"/teachers/sessions/{open_.session_id}")
    here = 'The <mark class="at-word">cat—</mark>oh! ran.'
    assert f'<p><mark class="at-sentence">{here}</mark>' in text


def test_what_a_child_writes_is_text_on_every_page(cast: Cast, rivera: Client) -> None:
    reading = connected(cast.alice, cast.lamp)
    read_to(reading, 20)
    ask(reading, "<script>alert(1)</script>", answer="<b>bold</b>")
    for address in (f"/teachers/sessions/{reading.session_id}", "/teachers/classes/room-12/report"):
        text = page(rivera, address)
        assert "<script>alert" not in text
        assert "<b>bold" not in text


def test_difficult_questions_and_places_need_more_than_one_child(
    cast: Cast, rivera: Client, reading: Open
) -> None:
    address = "/teachers/classes/room-12/report"
    assert len(read_csv(rivera.get(f"{address}/difficult.csv").content)) == 1
    whole_reading(cast, cast.bob)
    [_, difficult] = read_csv(rivera.get(f"{address}/difficult.csv").content)
    assert difficult[1:] == ["What is a glimmer?", "vocabulary", "2", "0.0", "a loud noise"]
    [_, place] = read_csv(rivera.get(f"{address}/places.csv").content)
    assert place == ["The Lamp", "It was green with rust.", "2", "2", "rust"]


def test_sums_leave_out_what_lies_before_the_period(cast: Cast, reading: Open) -> None:
    rows = records(SessionRow.objects.all())
    today = dt.datetime.now(dt.UTC).date()
    assert sums_of(rows, week_to(today)).minutes == 1.2
    later = sums_of(rows, week_to(today + dt.timedelta(days=8)))
    assert (later.minutes, later.questions, later.first_tries) == (0.0, 0, 0)


def test_predictions_and_second_tries_do_not_count_as_comprehension(
    cast: Cast, reading: Open
) -> None:
    sums = sums_of(records(SessionRow.objects.all()), week_to(dt.datetime.now(dt.UTC).date()))
    assert (sums.first_tries, sums.first_right, sums.comprehension) == (1, 0, 0.0)


def test_week_is_told_in_sentences(cast: Cast, rivera: Client, reading: Open) -> None:
    text = page(rivera, "/teachers/students/alice/week")
    assert "This week Alice read on 1 day, for 1 min in all." in text
    assert "New words: “rust”." in text
    assert "What is rust?" not in text
    quiet = page(rivera, "/teachers/students/bob/week")
    assert "Bob did not read in ReaderAI this week." in quiet


def test_week_of_nothing_says_so_without_blame(cast: Cast) -> None:
    sums = sums_of([], week_to(dt.date(2026, 3, 4)))
    assert len(week_in_words("Bob", [], sums, sums)) == 2


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/teachers/students/alice", AccessLogEntry.What.STUDENT),
        ("/teachers/sessions/{}", AccessLogEntry.What.WORDS),
        ("/teachers/sessions/{}/report/log.csv", AccessLogEntry.What.EXPORT),
        ("/teachers/classes/room-12/report/days.csv", AccessLogEntry.What.EXPORT),
        ("/teachers/classes/room-12", AccessLogEntry.What.CLASS),
    ],
)
def test_every_look_is_logged_beside_the_sessions(
    cast: Cast, rivera: Client, reading: Open, address: str, what: str
) -> None:
    rivera.get(address.format(reading.session_id))
    looks = AccessLogEntry.objects.filter(what=what, actor=str(cast.rivera.pk))
    assert [cast.alice.pk in look.students for look in looks] == [True]


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1.0), (0.3, 0.3), (7, 8), (10, 10), (99, 100), (101, 150), (1, 1)]
)
def test_axis_ends_at_a_round_number_above_everything(highest: float, top: float) -> None:
    found, step = nice_top(highest)
    assert found == pytest.approx(top)
    assert found / step == pytest.approx(round(found / step))


def test_projector_names_nobody(cast: Cast, rivera: Client, reading: Open) -> None:
    text = page(rivera, "/teachers/classes/room-12?view=projector")
    assert "Reader 1" in text
    for private in ("Alice", "alice", "Hand up", reading.session_id):
        assert private not in text


def test_book_that_a_school_lost_still_shows_in_its_sessions(
    cast: Cast, rivera: Client, reading: Open
) -> None:
    Book.objects.filter(pk=cast.lamp.pk).update(school=cast.far_school)
    assert "The Lamp" in page(rivera, f"/teachers/sessions/{reading.session_id}")

"""The same figure everywhere, whoever reads what and how often."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readerai.accounts.models import Enrolment, Term
from sessions_app.models import CheckpointAttempt, Interruption, ReadingSpan, Session
from tests.readerai.accounts.people import make_class, make_student
from tests.sessions_app.cast import Cast
from tests.teachers.pages import page, read_csv
from tests.teachers.readings import complete, connected, read_to, whole_reading

CLASS = "/teachers/classes/room-12"


def numbers(client: Client, address: str) -> dict[str, str]:
    """The figures at the head of a report."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page(client, address), re.DOTALL)
    return {name: re.sub(r"<.*?>", "", value).strip() for name, value in pairs}


def file(client: Client, address: str) -> list[dict[str, str]]:
    head, *rows = read_csv(client.get(address).content)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_one_reading_has_the_same_figures_on_every_page_and_in_every_file(
    cast: Cast, rivera: Client
) -> None:
    session = whole_reading(cast, cast.alice).session_id
    [summary] = rivera.get("/api/classes/room-12/sessions").json()["items"]
    assert summary["readingSpeed"] is None  # fifty words are too few to say
    assert "wpm" not in page(rivera, CLASS)
    of_session = numbers(rivera, f"/teachers/sessions/{session}")
    of_student = numbers(rivera, "/teachers/students/alice")
    of_class = numbers(rivera, f"{CLASS}/report")
    assert of_student == of_class
    for name in ("Read by oneself", "Listened", "Own pace", "Questions asked"):
        assert of_session[name] == of_student[name], name
    assert "words per min" not in of_student["Own pace"]
    assert of_student["Read by oneself"] == "1 min 50 words"
    assert of_student["Listened"] == "0 min 0 words"
    [child] = [row for row in file(rivera, f"{CLASS}/report/children.csv") if row["Days"] == "1"]
    [book] = file(rivera, "/teachers/students/alice/report/books.csv")
    days = file(rivera, "/teachers/students/alice/report/days.csv")
    reading_spans = file(rivera, f"/teachers/sessions/{session}/report/reading_spans.csv")
    for name, value in {
        "Read by oneself, min": "1.2",
        "Words read": "50",
        "Listened, min": "0.0",
        "Words heard": "0",
        "Words paged through": "0",
        "Own pace, words per min": "",
        "Questions asked": "1",
    }.items():
        assert child[name] == book[name] == days[-1][name] == value, name
    assert sum(int(row["Words read"]) for row in reading_spans) == 50
    assert f"{summary['progress']:.2f}" == f"{float(book['Read or heard']):.2f}"


def test_every_reading_to_the_end_counts_for_the_child_and_for_the_class(
    cast: Cast, rivera: Client
) -> None:
    for child in (cast.alice, cast.alice, cast.bob):
        reading = connected(child, cast.lamp)
        read_to(reading, cast.lamp.word_count - 1, seconds=60)
        complete(reading)
    read_to(closed := connected(cast.bob, cast.lamp), 20)
    complete(closed)
    assert numbers(rivera, f"{CLASS}/report")["Books finished"] == "3"
    days = file(rivera, f"{CLASS}/report/days.csv")
    assert sum(int(row["Books finished"]) for row in days) == 3
    rows = file(rivera, f"{CLASS}/report/children.csv")
    assert [row["Books"] for row in rows] == ["1", "1"]
    assert [row["Books finished"] for row in rows] == ["2", "1"]


def move_back(days: int) -> None:
    """Let everything so far have happened days ago."""
    age = dt.timedelta(days=days)
    for session in Session.objects.all():
        session.started_at -= age
        session.last_active_at -= age
        session.save()
    for model, field in (
        (ReadingSpan, "ended_at"),
        (Interruption, "asked_at"),
        (CheckpointAttempt, "at"),
    ):
        for row in model._default_manager.all():
            setattr(row, field, getattr(row, field) - age)
            row.save()


def test_term_and_year_hold_what_was_read_in_them(cast: Cast, rivera: Client) -> None:
    today = dt.datetime.now(dt.UTC).date()
    for name, first, last in (("Early", 200, 101), ("Late", 90, -10)):
        Term.objects.create(
            school=cast.school,
            school_year="this",
            name=name,
            first_day=today - dt.timedelta(days=first),
            last_day=today - dt.timedelta(days=last),
        )
    whole_reading(cast, cast.alice)
    move_back(50)
    whole_reading(cast, cast.alice)
    move_back(95)  # between the two terms, but in the year
    whole_reading(cast, cast.bob)
    report = f"{CLASS}/report"
    rows = file(rivera, f"{report}/terms.csv?period=year")
    assert [(row["Term"], row["Read by oneself, min"]) for row in rows] == [
        ("Early", "1.2"),
        ("Late", "1.2"),
    ]
    early = f"term-{Term.objects.get(name='Early').pk}"
    times = [
        numbers(rivera, f"{report}?period={key}")["Read by oneself"].removesuffix(" words")
        for key in ("week", "term", early, "year")
    ]
    assert times == ["1 min 50", "1 min 50", "1 min 50", "4 min 150"]
    assert "Late, this" in page(rivera, report)
    assert page(rivera, f"{report}?period=term-999999")


def test_student_in_two_classes_is_whole_in_both(cast: Cast, rivera: Client) -> None:
    second = make_class("room-13", teacher=cast.rivera, school=cast.school)
    Enrolment.objects.create(student=cast.alice, classroom=second)
    whole_reading(cast, cast.alice)
    home = page(rivera, "/teachers/")
    assert home.count(">Alice</a>") == 2
    assert numbers(rivera, f"{CLASS}/report") == numbers(rivera, "/teachers/classes/room-13/report")
    assert page(rivera, "/teachers/students/alice").count('href="/teachers/classes/room-1') == 2


def test_class_of_nobody_has_every_page(cast: Cast, rivera: Client) -> None:
    make_class("room-0", teacher=cast.rivera, school=cast.school)
    for address in ("/teachers/", "/teachers/classes/room-0"):
        assert "Nobody is in this class yet" in page(rivera, address)
    assert "not enough to show yet" in page(rivera, "/teachers/classes/room-0/report?period=year")


@pytest.mark.parametrize(
    "address",
    [
        "/teachers/",
        CLASS,
        f"{CLASS}?view=projector",
        f"{CLASS}/report?period=year",
        f"{CLASS}/report/children.csv?period=year",
    ],
)
def test_page_takes_the_same_queries_for_one_child_and_for_thirty(
    cast: Cast, rivera: Client, address: str
) -> None:
    whole_reading(cast, cast.alice)
    rivera.get(address)  # fills the caches of the process
    few = _queries(rivera, address)
    for number in range(28):
        whole_reading(cast, make_student(f"child-{number}", cast.room_12))
    assert _queries(rivera, address) == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)

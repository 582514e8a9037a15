"""The REST calls about classes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.book_structure import book_structure
from readerai.accounts.models import Enrolment, User
from sessions_app.models import AccessLogEntry, SessionKey
from tests.library.books import make_book
from tests.readerai.accounts.people import make_student
from tests.sessions_app.cast import Cast, start, token

from .readings import connected, whole_reading

CALLS = ["/api/classes", "/api/classes/room-12", "/api/classes/room-12/sessions"]


def as_(user: User) -> Client:
    return Client(headers={"Authorization": f"Bearer {token(user)}"})


def test_classes_are_a_page_of_ones_own_classes(cast: Cast) -> None:
    answer = as_(cast.rivera).get("/api/classes")
    students = [
        {"studentId": "alice", "displayName": "Alice", "readingLevel": 2},
        {"studentId": "bob", "displayName": "Bob", "readingLevel": 2},
    ]
    room = {"classId": "room-12", "name": "Room-12", "students": students}
    assert answer.json() == {"items": [room], "next": None}
    assert as_(cast.rivera).get("/api/classes/room-12").json() == room


def test_class_sessions_are_a_page_of_summaries(cast: Cast) -> None:
    reading = whole_reading(cast, cast.alice)
    start(cast.carol, cast.lamp)
    page = as_(cast.rivera).get("/api/classes/room-12/sessions").json()
    assert page["next"] is None
    [summary] = page["items"]
    assert summary == {
        "sessionId": reading.session_id,
        "student": {"studentId": "alice", "displayName": "Alice"},
        "book": {"bookId": "the-lamp", "title": "The Lamp"},
        "status": "paused",
        "online": True,
        "wordIndex": 50,
        "progress": pytest.approx(50 / cast.lamp.word_count, abs=1e-4),
        "readingSpeed": summary["readingSpeed"],
        "questionsAsked": 1,
        "lastQuestionAt": summary["lastQuestionAt"],
        "score": 1.0,
        "handRaised": True,
        "needsHelp": False,
        "lastActiveTime": summary["lastActiveTime"],
        "place": 0.4359,
        "listening": False,
    }
    assert summary["lastQuestionAt"].endswith("Z")


def test_pages_of_class_sessions_lead_on(cast: Cast) -> None:
    ids = {start(cast.alice, cast.lamp).pk for _ in range(3)}
    client = as_(cast.rivera)
    first = client.get("/api/classes/room-12/sessions?limit=2").json()
    second = client.get(first["next"]).json()
    assert second["next"] is None
    assert {each["sessionId"] for each in first["items"] + second["items"]} == ids


@pytest.mark.parametrize("call", CALLS[1:])
@pytest.mark.parametrize("who", ["okafor", "lund"])
def test_class_of_another_is_as_unknown_as_one_that_is_not_there(
    cast: Cast, who: str, call: str
) -> None:
    client = as_(getattr(cast, who))
    foreign, unknown = client.get(call), client.get(call.replace("room-12", "room-99"))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content


@pytest.mark.parametrize("call", CALLS)
def test_students_and_staff_have_no_classes(cast: Cast, call: str) -> None:
    assert as_(cast.alice.user).get(call).status_code == 403
    assert as_(cast.staff).get(call).status_code == 403
    assert Client().get(call).status_code == 401


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_no_other_method_exists(cast: Cast, call: str, method: str) -> None:
    answer = getattr(as_(cast.rivera), method)(call)
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("call", [*CALLS, "/teachers/", "/teachers/classes/room-12"])
def test_thirty_children_take_the_queries_of_one(cast: Cast, rivera: Client, call: str) -> None:
    Enrolment.objects.filter(student=cast.bob).delete()
    counts = []
    for first, count in ((0, 1), (1, 29)):
        for number in range(first, first + count):
            book = make_book(f"Book number {number}.", slug=f"book-{number}")
            child = make_student(f"child-{number}", cast.room_12)
            connected(child, book)
            book_structure(book.pk)
        rivera.get(call)  # access is logged once in ten minutes
        with CaptureQueriesContext(connection) as queries:
            assert rivera.get(call).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_child_who_left_and_erased_sessions_are_not_shown(cast: Cast) -> None:
    erased = start(cast.alice, cast.lamp)
    SessionKey.objects.filter(session=erased).update(wrapped=None, erased_at="2026-01-01T00:00Z")
    start(cast.bob, cast.lamp)
    Enrolment.objects.filter(student=cast.bob).update(ended_on="2026-01-01")
    client = as_(cast.rivera)
    assert client.get("/api/classes/room-12/sessions").json()["items"] == []
    assert len(client.get("/api/classes/room-12").json()["students"]) == 1


def test_access_to_a_class_is_logged_with_its_children(cast: Cast) -> None:
    as_(cast.rivera).get("/api/classes/room-12/sessions")
    entry = AccessLogEntry.objects.get()
    assert (entry.what, entry.subject, entry.actor) == ("class", "room-12", str(cast.rivera.pk))
    assert set(entry.students) == {cast.alice.pk, cast.bob.pk}


@pytest.mark.parametrize("class_id", ["%00", "a%20b", "x" * 300, "room-12%0a", "é"])
def test_address_that_can_be_no_class_is_not_there(cast: Cast, class_id: str) -> None:
    answer = as_(cast.rivera).get(f"/api/classes/{class_id}/sessions")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")

"""The REST calls about sessions, as the wire contract has them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from library.narration.fixed import make_phrases, phrases
from library.narration.voices.registry import find_voice
from readerai.accounts.models import Student, Ticket, User
from readerai.monitoring import capacity
from sessions_app.domain import answers
from sessions_app.messages import CancelInterruption, PauseSession
from sessions_app.messages.dispatch import perform
from sessions_app.models import AccessLogEntry, AudioUse, Event, Session, SessionKey
from sessions_app.tutor.types import Answer
from tests.readerai.accounts.people import make_student
from tests.sessions_app.acting import Child

from .cast import AT_GLIMMER, Cast, start, token

STATE_FIELDS = {
    "sessionId",
    "studentId",
    "bookId",
    "currentPosition",
    "furthestWordIndex",
    "playback",
    "readingSpeed",
    "reading",
    "interruptions",
    "comprehensionScores",
    "startTime",
    "lastActiveTime",
    "totalReadingTime",
    "status",
}


def client_of(who: Student | User) -> Client:
    user = who.user if isinstance(who, Student) else who
    return Client(headers={"authorization": f"Bearer {token(user)}"})


def post(client: Client, url: str, body: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(url, raw, content_type="application/json")


def refused(answer: Any) -> tuple[int, str]:
    """Status and code of an error in the one error shape."""
    body = answer.json()
    assert set(body) == {"error"}
    assert {"code", "message"} <= set(body["error"]) <= {"code", "message", "fields"}
    return answer.status_code, body["error"]["code"]


# -- starting ----------------------------------------------------------------------------------


def test_a_student_starts_a_session(cast: Cast) -> None:
    answer = post(
        client_of(cast.alice), "/api/sessions", {"studentId": "alice", "bookId": "the-lamp"}
    )
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {
        "id",
        "sessionId",
        "websocketUrl",
        "websocketTicket",
        "book",
        "startPosition",
        "state",
    }
    assert body["sessionId"].startswith("session-")
    assert body["websocketUrl"] == f"ws://testserver/ws/{body['sessionId']}"
    assert body["startPosition"] == 0
    assert set(body["state"]) == STATE_FIELDS
    assert body["state"]["status"] == "active"
    assert [place["checkpointId"] for place in body["book"]["checkpoints"]] == [
        "glimmer",
        "patient",
        "guess",
    ]
    assert [chapter["firstWordIndex"] for chapter in body["book"]["chapters"]] == [0, 54]
    ticket = Ticket.objects.get()
    assert ticket.opens == f"/ws/{body['sessionId']}"


def test_every_start_is_a_new_session(cast: Cast) -> None:
    client = client_of(cast.alice)
    ids = {
        post(client, "/api/sessions", {"studentId": "alice", "bookId": "the-lamp"}).json()[
            "sessionId"
        ]
        for _ in range(3)
    }
    assert len(ids) == Session.objects.count() == 3


def test_a_start_may_be_anywhere_in_the_book(cast: Cast) -> None:
    body = {"studentId": "alice", "bookId": "the-lamp", "startPosition": 60}
    state = post(client_of(cast.alice), "/api/sessions", body).json()
    assert state["startPosition"] == 60
    assert state["state"]["currentPosition"] == {
        "wordIndex": 60,
        "paragraphIndex": 3,
        "audioTimestamp": 0.0,
    }


@pytest.mark.parametrize("seconds", [-3600, -86400 * 30, 240], ids=["hour", "month", "clock"])
def test_a_start_time_is_kept_as_given(cast: Cast, seconds: int) -> None:
    moment = timezone.now() + dt.timedelta(seconds=seconds)
    body = {"studentId": "alice", "bookId": "the-lamp", "startTime": moment.isoformat()}
    assert post(client_of(cast.alice), "/api/sessions", body).status_code == 201
    assert Session.objects.get().started_at == moment


def test_a_start_time_ahead_is_refused(cast: Cast) -> None:
    moment = timezone.now() + dt.timedelta(minutes=6)
    body = {"studentId": "alice", "bookId": "the-lamp", "startTime": moment.isoformat()}
    answer = post(client_of(cast.alice), "/api/sessions", body)
    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == ["startTime"]
    assert not Session.objects.exists()


GOOD: dict[str, Any] = {"studentId": "alice", "bookId": "the-lamp"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff",
        b'{"studentId": "\\ud800", "bookId": "the-lamp"}',
        b"[" * 50_000,
        {},
        {"studentId": "alice"},
        {"bookId": "the-lamp"},
        GOOD | {"studentId": 5},
        GOOD | {"studentId": ""},
        GOOD | {"studentId": None},
        GOOD | {"studentId": ["alice"]},
        GOOD | {"studentId": "a\0b"},
        GOOD | {"studentId": "x" * 10_000},
        GOOD | {"bookId": {"a": 1}},
        GOOD | {"startPosition": -1},
        GOOD | {"startPosition": 117},
        GOOD | {"startPosition": 2**31},
        GOOD | {"startPosition": 10**40},
        GOOD | {"startPosition": 1.5},
        GOOD | {"startPosition": "x"},
        GOOD | {"startPosition": True},
        GOOD | {"startTime": "yesterday"},
        GOOD | {"startTime": 5},
        GOOD | {"startTime": "0001-01-01T00:00:00+14:00"},
        GOOD | {"startTime": "9999-12-31T23:59:59-14:00"},
    ],
    ids=lambda body: repr(body)[:40],
)
def test_a_bad_body_is_a_400(cast: Cast, body: Any) -> None:
    answer = post(client_of(cast.alice), "/api/sessions", body)
    assert refused(answer)[0] == 400
    assert not Session.objects.exists()


def test_a_body_of_megabytes_is_not_read(cast: Cast) -> None:
    body = b'{"studentId": "' + b"x" * 2_000_000 + b'"}'
    assert refused(post(client_of(cast.alice), "/api/sessions", body)) == (413, "too_large")


def test_a_foreign_student_or_book_looks_like_an_unknown_one(cast: Cast) -> None:
    def asked(client: Client, **other: str) -> tuple[int, bytes]:
        answer = post(client, "/api/sessions", GOOD | other)
        return answer.status_code, answer.content

    alice, dora = client_of(cast.alice), client_of(cast.dora)
    unknown = asked(alice, studentId="nobody")
    assert unknown[0] == 404
    assert asked(alice, studentId="bob") == unknown
    assert asked(alice, studentId="dora") == unknown
    assert asked(alice, bookId="no-book") == unknown
    assert asked(dora, studentId="dora", bookId="our-hill") == unknown
    assert not Session.objects.exists()


@pytest.mark.parametrize("who", ["rivera", "lund", "staff", "root"])
def test_a_grown_up_starts_nothing(cast: Cast, who: str) -> None:
    assert refused(post(client_of(getattr(cast, who)), "/api/sessions", GOOD)) == (
        403,
        "not_allowed",
    )


def test_a_full_server_takes_no_new_session(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.READERAI_MAX_SESSIONS = 3
    monkeypatch.setattr(capacity.here, "live", 3)
    answer = post(client_of(cast.alice), "/api/sessions", GOOD)
    assert refused(answer) == (503, "full")
    assert int(answer["Retry-After"]) > 0


def test_starting_without_end_is_too_fast(cast: Cast, settings: Settings) -> None:
    for _ in range(60):
        start(cast.alice, cast.lamp)
    client = client_of(cast.alice)
    answer = post(client, "/api/sessions", GOOD)
    assert refused(answer) == (429, "too_fast")
    assert int(answer["Retry-After"]) > 0
    settings.READERAI_RATE_LIMITS = False
    assert post(client, "/api/sessions", GOOD).status_code == 201


# -- lists -------------------------------------------------------------------------------------


def ids_of(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [item["sessionId"] for item in answer.json()["items"]]


def test_a_student_lists_their_own_and_a_teacher_their_students(cast: Cast) -> None:
    sessions = {
        who: start(getattr(cast, who), cast.lamp).pk for who in ("alice", "bob", "carol", "dora")
    }
    expected = {
        "alice": {"alice"},
        "dora": {"dora"},
        "rivera": {"alice", "bob"},
        "okafor": {"carol"},
        "lund": {"dora"},
    }
    for who, seen in expected.items():
        found = ids_of(client_of(getattr(cast, who)).get("/api/sessions"))
        assert sorted(found) == sorted(sessions[each] for each in seen)


def test_the_newest_session_comes_first_over_all_pages(cast: Cast) -> None:
    started = [start(cast.alice, cast.lamp).pk for _ in range(5)]
    client, found, url = client_of(cast.alice), [], "/api/sessions?limit=2"
    while url:
        answer = client.get(url)
        found += ids_of(answer)
        url = answer.json()["next"]
    assert found == started[::-1]


def test_a_summary_has_the_names_of_the_contract(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    (summary,) = client_of(cast.alice).get("/api/sessions").json()["items"]
    assert len(summary.pop("lastActiveTime")) == 24
    assert summary == {
        "sessionId": session.pk,
        "student": {"studentId": "alice", "displayName": "Alice"},
        "book": {"bookId": "the-lamp", "title": "The Lamp"},
        "status": "active",
        "online": False,
        "wordIndex": 0,
        "progress": 0.0,
        "place": pytest.approx(1 / 117, abs=1e-4),
        "listening": False,
        "readingSpeed": None,
        "questionsAsked": 0,
        "lastQuestionAt": None,
        "score": None,
        "handRaised": False,
        "needsHelp": False,
    }


def test_filters_narrow_and_a_foreign_name_finds_nothing(cast: Cast) -> None:
    lamp, hill = start(cast.alice, cast.lamp), start(cast.alice, cast.our_hill)
    start(cast.bob, cast.lamp)
    perform(hill.pk, PauseSession())
    alice, rivera = client_of(cast.alice), client_of(cast.rivera)
    assert ids_of(alice.get("/api/sessions?status=paused")) == [hill.pk]
    assert ids_of(alice.get("/api/sessions?book=the-lamp")) == [lamp.pk]
    assert ids_of(alice.get("/api/sessions?status=&book=&student=")) == [hill.pk, lamp.pk]
    assert ids_of(alice.get("/api/sessions?student=bob")) == []
    assert ids_of(alice.get("/api/sessions?student=nobody")) == []
    assert ids_of(alice.get("/api/sessions?book=no-book")) == []
    assert sorted(ids_of(rivera.get("/api/sessions?student=alice"))) == sorted([lamp.pk, hill.pk])
    assert ids_of(rivera.get("/api/sessions?student=carol")) == []


@pytest.mark.parametrize(
    "query",
    [
        "status=open",
        "student=%00",
        "book=a%00b",
        "cursor=nonsense",
        "cursor=cD1ub25zZW5zZQ==",  # p=nonsense
        "cursor=cD0lMDA=",  # p=%00
        "cursor=bz05OTk5OTk5OTk5OTk5",  # o=9999999999999
        "cursor=%FF",
    ],
)
def test_a_bad_filter_is_a_400(cast: Cast, query: str) -> None:
    start(cast.alice, cast.lamp)
    answer = client_of(cast.alice).get(f"/api/sessions?{query}")
    assert answer.status_code in {200, 400}
    if query != "cursor=bz05OTk5OTk5OTk5OTk5":  # a far offset is merely empty
        assert refused(answer)[0] == 400


def test_staff_has_no_sessions_to_list(cast: Cast) -> None:
    assert refused(client_of(cast.staff).get("/api/sessions")) == (403, "not_allowed")


def test_an_erased_session_is_in_no_list(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    SessionKey.objects.filter(session=session).update(wrapped=None, erased_at=timezone.now())
    client = client_of(cast.alice)
    assert ids_of(client.get("/api/sessions")) == []
    assert refused(client.get(f"/api/sessions/{session.pk}")) == (404, "not_found")


def count_of(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def a_reading(student: Student, cast: Cast) -> Session:
    """A session with a question that was answered."""
    session = start(student, cast.lamp, AT_GLIMMER)
    asked = Child(session.pk, 0).ask("What is rust?", word=30)
    claim = answers.claim(interruption_id=asked, server="here", attempt=1)
    answers.finish(
        claim=claim,
        answer=Answer(
            text="Old metal skin.",
            response_type="definition",
            answered_by="offline",
            visible_to_word_index=30,
        ),
    )
    return session


def test_thirty_summaries_cost_the_queries_of_one(cast: Cast) -> None:
    a_reading(cast.alice, cast)
    client = client_of(cast.rivera)
    client.get("/api/sessions")
    one = count_of(lambda: client.get("/api/sessions"))
    for number in range(29):
        a_reading(make_student(f"child-{number}", cast.room_12), cast)
    answer = client.get("/api/sessions")
    assert len(ids_of(answer)) == 30
    assert count_of(lambda: client.get("/api/sessions")) == one <= 13


# -- one session -------------------------------------------------------------------------------


def test_a_session_is_read_by_its_student_and_their_teacher(cast: Cast) -> None:
    session = a_reading(cast.alice, cast)
    mine = client_of(cast.alice).get(f"/api/sessions/{session.pk}")
    theirs = client_of(cast.rivera).get(f"/api/sessions/{session.pk}")
    assert mine.status_code == theirs.status_code == 200
    assert mine.json() == theirs.json()
    assert set(mine.json()) == STATE_FIELDS
    (record,) = mine.json()["interruptions"]
    assert (record["response"], record["status"]) == ("Old metal skin.", "answered")


def test_a_teachers_look_is_logged_and_a_childs_own_is_not(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    before = Session.objects.values().get()
    client_of(cast.alice).get(f"/api/sessions/{session.pk}")
    assert not AccessLogEntry.objects.exists()
    client_of(cast.rivera).get(f"/api/sessions/{session.pk}")
    look = AccessLogEntry.objects.get()
    assert (look.what, look.subject, look.actor) == ("words", session.pk, str(cast.rivera.pk))
    assert Session.objects.values().get() == before


def test_a_teachers_list_is_a_look_at_the_class_that_is_in_it(cast: Cast) -> None:
    start(cast.alice, cast.lamp)
    client_of(cast.alice).get("/api/sessions")
    client_of(cast.rivera).get(f"/api/sessions?student={cast.dora.slug}")
    assert not AccessLogEntry.objects.exists()
    for _ in range(2):
        client_of(cast.rivera).get(f"/api/sessions?student={cast.alice.slug}")
    look = AccessLogEntry.objects.get()
    assert (look.what, look.subject, look.actor) == ("class", "room-12", str(cast.rivera.pk))
    children = cast.room_12.enrolments.values_list("student", flat=True)
    assert look.students == sorted(children)


def test_a_foreign_session_looks_like_an_unknown_one(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    unknown = "session-" + "0" * 32
    for who in ("bob", "carol", "dora", "okafor", "lund"):
        client = client_of(getattr(cast, who))
        answers = [client.get(f"/api/sessions/{each}") for each in (session.pk, unknown)]
        assert refused(answers[0]) == (404, "not_found")
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize("session_id", ["%00", "session-%00", "a%20b", "%F0%9F%93%9A", "x" * 3000])
@pytest.mark.parametrize("more", ["", "/events", "/interruptions/x/speech"])
def test_an_id_that_is_none_is_not_found(cast: Cast, session_id: str, more: str) -> None:
    who = cast.rivera if more == "/events" else cast.alice
    assert refused(client_of(who).get(f"/api/sessions/{session_id}{more}"))[0] == 404


def test_restoring_costs_the_same_with_thirty_questions_as_with_one(cast: Cast) -> None:
    one, thirty = a_reading(cast.alice, cast), start(cast.alice, cast.lamp, AT_GLIMMER)
    for number in range(30):
        child = Child(thirty.pk, 0)
        asked = child.ask(f"What is {number}?", word=30)
        child.say(CancelInterruption(interruption_id=asked))
    client = client_of(cast.alice)
    counts = [
        count_of(lambda pk=session.pk: client.get(f"/api/sessions/{pk}"))  # type: ignore[misc]
        for session in (one, thirty)
    ]
    assert counts[0] == counts[1] <= 6


# -- the log -----------------------------------------------------------------------------------


def test_a_teacher_reads_the_log_oldest_first(cast: Cast) -> None:
    session = a_reading(cast.alice, cast)
    client, found, url = client_of(cast.rivera), [], f"/api/sessions/{session.pk}/events?limit=2"
    while url:
        body = client.get(url).json()
        found += body["items"]
        url = body["next"]
    assert [entry["seq"] for entry in found] == [1, 2, 3]
    assert [entry["kind"] for entry in found] == ["started", "asked", "answered"]
    assert found[0]["details"] == {"wordIndex": AT_GLIMMER}
    assert set(found[1]["details"]) == {"wordIndex", "interruptionId"}
    assert all(len(entry["timestamp"]) == 24 for entry in found)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("alice", 403),
        ("bob", 403),
        ("rivera", 200),
        ("okafor", 404),
        ("lund", 404),
        ("staff", 200),
    ],
)
def test_the_log_is_for_the_students_teachers_and_staff(cast: Cast, who: str, status: int) -> None:
    session = start(cast.alice, cast.lamp)
    answer = client_of(getattr(cast, who)).get(f"/api/sessions/{session.pk}/events")
    assert answer.status_code == status
    assert Event.objects.count() == 1


def test_staff_see_no_details_without_a_reason_and_nothing_without_the_right(cast: Cast) -> None:
    session = a_reading(cast.alice, cast)
    url = f"/api/sessions/{session.pk}/events"
    entries = client_of(cast.staff).get(url).json()["items"]
    assert [entry["kind"] for entry in entries] == ["started", "asked", "answered"]
    assert [entry["details"] for entry in entries] == [{}, {}, {}]
    cast.staff.user_permissions.clear()
    unknown = client_of(cast.staff).get("/api/sessions/session-none/events")
    refusal = client_of(cast.staff).get(url)
    assert (refusal.status_code, refusal.content) == (403, unknown.content)


def test_a_cursor_into_the_log_that_is_none_is_a_400(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    url = f"/api/sessions/{session.pk}/events?cursor=cD1ub25zZW5zZQ=="
    assert refused(client_of(cast.rivera).get(url))[0] == 400


# -- tickets -----------------------------------------------------------------------------------


def test_a_ticket_for_an_own_session(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    answer = post(client_of(cast.alice), "/api/tickets", {"sessionId": session.pk})
    assert answer.status_code == 201
    body = answer.json()
    assert body["websocketUrl"] == f"ws://testserver/ws/{session.pk}"
    assert set(body) == {"websocketUrl", "websocketTicket", "expiresAt"}
    assert Ticket.objects.get().opens == f"/ws/{session.pk}"


def test_a_teachers_ticket_for_a_class(cast: Cast) -> None:
    answer = post(client_of(cast.rivera), "/api/tickets", {"classId": "room-12"})
    assert answer.status_code == 201
    assert answer.json()["websocketUrl"] == "ws://testserver/ws/classes/room-12"


def test_over_https_the_socket_is_wss(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    answer = client_of(cast.alice).post(
        "/api/tickets", {"sessionId": session.pk}, content_type="application/json", secure=True
    )
    assert answer.json()["websocketUrl"].startswith("wss://")


def test_tickets_for_what_one_may_not_see(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    bob, okafor, rivera = client_of(cast.bob), client_of(cast.okafor), client_of(cast.rivera)
    unknown = post(bob, "/api/tickets", {"sessionId": "session-none"})
    assert refused(unknown) == (404, "not_found")
    assert post(bob, "/api/tickets", {"sessionId": session.pk}).content == unknown.content
    assert post(okafor, "/api/tickets", {"classId": "room-12"}).content == unknown.content
    assert post(okafor, "/api/tickets", {"classId": "no-class"}).content == unknown.content
    assert refused(post(rivera, "/api/tickets", {"sessionId": session.pk}))[0] == 403
    assert refused(post(bob, "/api/tickets", {"classId": "room-12"}))[0] == 403
    assert refused(post(client_of(cast.staff), "/api/tickets", {"classId": "room-12"}))[0] == 403
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"sessionId": ""},
        {"sessionId": 5},
        {"sessionId": "a", "classId": "b"},
        {"sessionId": "\0"},
        {"classId": None},
        b"x",
    ],
    ids=repr,
)
def test_a_bad_wish_for_a_ticket_is_a_400(cast: Cast, body: Any) -> None:
    assert refused(post(client_of(cast.alice), "/api/tickets", body))[0] == 400


# -- who, how ----------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer nonsense", "Basic YTpi"])
def test_no_token_or_a_bad_one_is_a_401(cast: Cast, header: str) -> None:
    client = Client(headers={"authorization": header} if header else {})
    session = start(cast.alice, cast.lamp)
    for url in ("/api/sessions", f"/api/sessions/{session.pk}", "/api/sessions/none/events"):
        answer = client.get(url)
        assert refused(answer) == (401, "not_signed_in")
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_method_that_is_not_there_is_a_405(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp)
    client = client_of(cast.alice)
    for method in ("put", "patch", "delete"):
        for url in ("/api/sessions", f"/api/sessions/{session.pk}", "/api/tickets"):
            answer = getattr(client, method)(url)
            assert refused(answer) == (405, "method_not_allowed")
    assert Session.objects.get().status == "active"


# -- an answer read aloud ----------------------------------------------------------------------


def test_speech_is_for_an_own_answer_that_is_there(cast: Cast) -> None:
    session = a_reading(cast.alice, cast)
    (record,) = client_of(cast.alice).get(f"/api/sessions/{session.pk}").json()["interruptions"]
    url = f"/api/sessions/{session.pk}/interruptions/{record['interruptionId']}/speech"
    unknown = client_of(cast.alice).get(f"/api/sessions/{session.pk}/interruptions/x/speech")
    assert refused(unknown) == (404, "not_found")
    assert client_of(cast.bob).get(url).content == unknown.content
    assert refused(client_of(cast.rivera).get(url)) == (403, "not_allowed")
    listening = client_of(cast.bob).get(url, headers={"accept": "audio/mpeg"})
    assert refused(listening) == (404, "not_found")


def test_past_the_quota_no_speech_is_made(cast: Cast, settings: Settings) -> None:
    settings.READERAI_AUDIO_CPU_SECONDS = 5
    session = a_reading(cast.alice, cast)
    AudioUse.objects.create(session=session, hour_started_at=timezone.now(), cpu_seconds=4.5)
    client = client_of(cast.alice)
    (record,) = client.get(f"/api/sessions/{session.pk}").json()["interruptions"]
    answer = client.get(
        f"/api/sessions/{session.pk}/interruptions/{record['interruptionId']}/speech"
    )
    assert refused(answer) == (429, "audio_quota")
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert AudioUse.objects.get().cpu_seconds == 4.5


def test_an_answer_is_read_aloud_as_mp3(cast: Cast) -> None:
    session = a_reading(cast.alice, cast)
    client = client_of(cast.alice)
    (record,) = client.get(f"/api/sessions/{session.pk}").json()["interruptions"]
    answer = client.get(
        f"/api/sessions/{session.pk}/interruptions/{record['interruptionId']}/speech",
        headers={"accept": "audio/mpeg"},
    )
    assert answer.status_code == 200
    assert answer["Content-Type"] == "audio/mpeg"
    assert len(answer.content) > 1000
    assert 0 < AudioUse.objects.get().cpu_seconds < 5


# -- anything short that the page shows --------------------------------------------------------


def say(client: Client, session: Session, **body: Any) -> Any:
    return client.post(
        f"/api/sessions/{session.pk}/speech",
        body,
        content_type="application/json",
        headers={"accept": "audio/mpeg"},
    )


def test_what_the_page_shows_is_read_aloud_and_counted(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    session = a_reading(cast.alice, cast)
    with caplog.at_level("DEBUG"):
        answer = say(client_of(cast.alice), session, text="A glimmer is a small light.")
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/mpeg")
    assert len(answer.content) > 1000
    assert 0 < AudioUse.objects.get().cpu_seconds < 5
    assert "glimmer" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": " … "},
        {"text": "a" * 601},
        {"text": "Hi.", "language": "../x"},
        {"text": ["Hi."]},
        {"text": "a\u0000b"},
    ],
)
def test_speech_for_what_cannot_be_said_is_refused(cast: Cast, body: dict[str, Any]) -> None:
    session = a_reading(cast.alice, cast)
    assert refused(say(client_of(cast.alice), session, **body)) == (400, "invalid")


def test_only_the_student_of_a_session_is_spoken_to(cast: Cast) -> None:
    session = a_reading(cast.alice, cast)
    assert refused(say(client_of(cast.bob), session, text="Hi.")) == (404, "not_found")
    assert refused(say(client_of(cast.rivera), session, text="Hi.")) == (403, "not_allowed")
    assert not AudioUse.objects.exists()


def test_what_was_made_at_set_up_costs_the_session_nothing(cast: Cast, settings: Settings) -> None:
    session = a_reading(cast.alice, cast)
    make_phrases(find_voice("espeak:en-us"))
    settings.READERAI_AUDIO_CPU_SECONDS = 0
    answer = say(client_of(cast.alice), session, text=phrases()[0])
    assert answer.status_code == 200
    assert not AudioUse.objects.exists()
    assert refused(say(client_of(cast.alice), session, text="A glow.")) == (429, "audio_quota")

"""What one may not see looks exactly like what does not exist."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import Enrolment, User
from sessions_app.models import SessionKey
from tests.sessions_app.cast import Cast, start

from .readings import whole_reading

PAGES = [
    "/teachers/classes/{class}",
    "/teachers/classes/{class}/report",
    "/teachers/classes/{class}/report/children.csv",
    "/teachers/classes/{class}/report/xapi.json",
    "/teachers/students/{student}",
    "/teachers/students/{student}/week",
    "/teachers/students/{student}/report/days.xlsx",
    "/teachers/students/{student}/report/xapi.json",
    "/teachers/sessions/{session}",
    "/teachers/sessions/{session}/report/log.csv",
]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def real(page: str, session: str) -> str:
    return page.format_map({"class": "room-12", "student": "alice", "session": session})


def invented(page: str) -> str:
    return page.format_map({"class": "no-room", "student": "nobody", "session": "session-0"})


@pytest.mark.parametrize("page", PAGES)
def test_teacher_of_the_class_sees_it(cast: Cast, rivera: Client, page: str) -> None:
    reading = whole_reading(cast, cast.alice)
    assert rivera.get(real(page, reading.session_id)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["okafor", "lund", "alice", "bob", "staff"])
def test_everybody_else_finds_nothing(cast: Cast, who: str, page: str) -> None:
    reading = whole_reading(cast, cast.alice)
    user = getattr(cast, who)
    client = signed_in(user if isinstance(user, User) else user.user)
    foreign = client.get(real(page, reading.session_id))
    unknown = client.get(invented(page))
    assert foreign.status_code == unknown.status_code == 404
    assert "Alice" not in foreign.content.decode()


@pytest.mark.parametrize("page", ["/teachers/", *PAGES])
def test_signed_out_visitor_is_led_to_sign_in(cast: Cast, page: str) -> None:
    answer = Client().get(invented(page) if "{" in page else page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?next=")


@pytest.mark.parametrize("page", PAGES[4:])
def test_child_who_left_is_not_there_any_more(cast: Cast, rivera: Client, page: str) -> None:
    reading = whole_reading(cast, cast.alice)
    Enrolment.objects.filter(student=cast.alice).update(ended_on="2026-01-01")
    assert rivera.get(real(page, reading.session_id)).status_code == 404


def test_home_shows_ones_own_classes_alone(cast: Cast) -> None:
    start(cast.alice, cast.lamp)
    page = signed_in(cast.okafor).get("/teachers/").content.decode()
    assert "Carol" in page
    assert "Alice" not in page
    assert signed_in(cast.alice.user).get("/teachers/").status_code == 404


def test_erased_session_is_gone_and_breaks_no_page(cast: Cast, rivera: Client) -> None:
    reading = whole_reading(cast, cast.alice)
    SessionKey.objects.filter(session=reading.session_id).update(
        wrapped=None, erased_at="2026-01-01T00:00Z"
    )
    for page in PAGES:
        gone = "{session}" in page
        answer = rivera.get(real(page, reading.session_id))
        assert answer.status_code == (404 if gone else 200), page
    assert rivera.get("/teachers/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/teachers/classes/room-12/report/unknown.csv",
        "/teachers/classes/room-12/report/children.exe",
        "/teachers/students/alice/report/log.csv",
    ],
)
def test_file_that_is_none_is_not_there(cast: Cast, rivera: Client, address: str) -> None:
    assert rivera.get(address).status_code == 404


@pytest.mark.parametrize("query", ["period=x", "period=%00", "show=x&sort=%00", "view=x"])
def test_strange_query_is_passed_over(cast: Cast, rivera: Client, query: str) -> None:
    for page in ("/teachers/classes/room-12", "/teachers/classes/room-12/report"):
        assert rivera.get(f"{page}?{query}").status_code == 200

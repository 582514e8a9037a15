"""Staff see what is clear, change nothing, and read a child's words only after saying why."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readerai.accounts.models import User
from sessions_app.models import AccessLogEntry, Session, SessionKey
from sessions_app.records import access_log
from tests.sessions_app.cast import Cast

from .readings import ANSWER, GUESS, QUESTION, read_a_little
from .records.test_verify_audit import look_at, verify

WHY = "A parent asked what was said."
TABLES = ["session", "event", "accesslogentry"]
WORDS = (QUESTION, ANSWER, GUESS)


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.root)
    client.get("/")  # the sign-in behind the login is made by the first page
    return client


def address(session: Session, page: str = "change") -> str:
    return f"/admin/sessions_app/session/{session.pk}/{page}/"


@pytest.mark.parametrize("table", TABLES)
def test_list_takes_the_same_queries_for_one_and_for_thirty(
    admin: Client, cast: Cast, table: str
) -> None:
    counts = []
    for first, count in ((0, 1), (1, 29)):
        for number in range(first, first + count):
            read_a_little((cast.alice, cast.bob, cast.carol)[number % 3], cast.lamp)
            look_at(cast, f"child-{number}")
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(f"/admin/sessions_app/{table}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("table", TABLES)
def test_nothing_can_be_added_changed_or_deleted(
    admin: Client, session: Session, cast: Cast, table: str
) -> None:
    look_at(cast, "alice")
    rows = {
        "session": session.pk,
        "event": session.events.all()[0].pk,
        "accesslogentry": _look().pk,
    }
    place = f"/admin/sessions_app/{table}"
    assert admin.get(f"{place}/add/").status_code == 403
    assert admin.post(f"{place}/add/", {}).status_code == 403
    assert admin.post(f"{place}/{rows[table]}/change/", {}).status_code == 403
    assert admin.get(f"{place}/{rows[table]}/delete/").status_code == 403
    assert admin.post(f"{place}/{rows[table]}/delete/", {"post": "yes"}).status_code == 403
    admin.post(f"{place}/", {"action": "delete_selected", "_selected_action": [rows[table]]})
    assert Session.objects.filter(pk=session.pk).exists()
    assert "as it was written" in verify()


def _look() -> AccessLogEntry:
    look = AccessLogEntry.objects.last()
    assert look is not None
    return look


def test_every_page_opens_and_none_shows_words(admin: Client, session: Session, cast: Cast) -> None:
    look_at(cast, "alice")
    event = session.events.all()[0]
    for path in (
        "/admin/",
        *(f"/admin/sessions_app/{table}/" for table in TABLES),
        "/admin/sessions_app/session/?online=1",
        "/admin/sessions_app/session/?online=0&q=alice",
        f"/admin/sessions_app/event/?session={session.pk}",
        address(session),
        address(session, "words"),
        f"/admin/sessions_app/event/{event.pk}/change/",
        f"/admin/sessions_app/accesslogentry/{_look().pk}/change/",
    ):
        answer = admin.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert not [words for words in WORDS if words in page], path
        assert "wrapped" not in page


def test_words_are_shown_once_after_a_reason_which_is_logged(
    admin: Client, session: Session, cast: Cast
) -> None:
    answer = admin.post(address(session, "words"), {"reason": WHY})
    page = answer.content.decode()
    assert all(words in page for words in WORDS)
    assert "no-store" in answer.headers["Cache-Control"]
    look = AccessLogEntry.objects.get(what=AccessLogEntry.What.WORDS)
    assert (look.actor, look.reason, look.subject) == (str(cast.root.pk), WHY, session.pk)
    assert look.students == [cast.alice.pk]
    again = admin.get(address(session, "words")).content.decode()
    assert not [words for words in WORDS if words in again]
    admin.post(address(session, "words"), {"reason": WHY})
    assert AccessLogEntry.objects.filter(what=AccessLogEntry.What.WORDS).count() == 2
    assert "as it was written" in verify()


@pytest.mark.parametrize("reason", ["", "   ", "why not", "x" * 501])
def test_without_a_real_reason_there_are_no_words(
    admin: Client, session: Session, reason: str
) -> None:
    page = admin.post(address(session, "words"), {"reason": reason}).content.decode()
    assert not [words for words in WORDS if words in page]
    assert not AccessLogEntry.objects.filter(what=AccessLogEntry.What.WORDS).exists()


def test_log_of_looks_says_who_by_name_and_why(admin: Client, session: Session, cast: Cast) -> None:
    admin.post(address(session, "words"), {"reason": WHY})
    access_log.record_access(
        school=cast.school, actor=None, what=AccessLogEntry.What.EXPORT, subject="alice"
    )
    listed = admin.get("/admin/sessions_app/accesslogentry/").content.decode()
    assert WHY in listed
    assert f'"{address(session)}"' in listed
    for name in ("root", "operator"):
        assert f'<td class="field-who">{name}</td>' in listed


def test_log_of_looks_links_sessions_only(admin: Client, cast: Cast) -> None:
    kind = AccessLogEntry.What.CLASS
    access_log.record_access(
        school=cast.school, actor=cast.rivera, what=kind, subject="session-room"
    )
    listed = admin.get("/admin/sessions_app/accesslogentry/").content.decode()
    assert '<td class="field-about">session-room</td>' in listed


def test_child_is_told_of_the_look_and_its_reason(
    admin: Client, session: Session, cast: Cast
) -> None:
    admin.post(address(session, "words"), {"reason": WHY})
    admin.force_login(cast.alice.user)
    assert WHY in admin.get("/me/shared").content.decode()


def test_opening_a_session_is_logged_as_a_look_at_it(admin: Client, session: Session) -> None:
    admin.get(address(session))
    admin.get(address(session))
    assert AccessLogEntry.objects.get().what == AccessLogEntry.What.SESSION


def test_child_of_no_school_keeps_its_words_since_no_log_would_tell(
    admin: Client, session: Session, cast: Cast
) -> None:
    User.objects.filter(pk=cast.alice.user_id).update(school=None)
    page = admin.post(address(session, "words"), {"reason": WHY}).content.decode()
    assert not [words for words in WORDS if words in page]
    assert "could not be logged" in page


def test_erased_session_says_that_it_is_gone(admin: Client, session: Session) -> None:
    SessionKey.objects.update(wrapped=None, erased_at=session.started_at)
    assert admin.get(address(session)).status_code == 200
    page = admin.post(address(session, "words"), {"reason": WHY}).content.decode()
    assert "has been erased" in page


@pytest.mark.parametrize("path", ["change", "words"])
def test_unknown_session_is_not_there(admin: Client, cast: Cast, path: str) -> None:
    assert admin.get(f"/admin/sessions_app/session/session-none/{path}/").status_code == 404


@pytest.mark.parametrize("page", ["change", "words"])
def test_students_and_teachers_find_nothing(
    client: Client, session: Session, cast: Cast, page: str
) -> None:
    for user in (cast.alice.user, cast.rivera):
        client.force_login(user)
        assert client.get(address(session, page)).status_code == 404
        assert client.post(address(session, page), {"reason": WHY}).status_code == 404


def test_staff_without_the_right_to_look_see_nothing(
    client: Client, session: Session, cast: Cast
) -> None:
    client.force_login(cast.staff)
    assert client.get("/admin/sessions_app/session/").status_code == 403
    assert client.post(address(session, "words"), {"reason": WHY}).status_code == 403
    assert not AccessLogEntry.objects.exists()
    may_look = Permission.objects.get(
        codename="view_session", content_type__app_label="sessions_app"
    )
    cast.staff.user_permissions.add(may_look)
    assert client.get(address(session)).status_code == 200
    page = client.post(address(session, "words"), {"reason": WHY}).content.decode()
    assert QUESTION in page

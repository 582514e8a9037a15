"""A browser's login: its key changes, is kept as a hash, and ends with its sign-in."""

from __future__ import annotations

from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client

from readerai.accounts.models import SignIn, Student

from ..signing_in import sign_in_as


def test_signing_in_changes_the_session_key_and_ends_the_last_sign_in(
    client: Client, alice: Student, bob: Student
) -> None:
    sign_in_as(client, "alice")
    first = client.session.session_key
    sign_in_as(client, "bob")
    assert client.session.session_key != first
    assert client.get("/api/students/me").json()["studentId"] == "bob"
    live = SignIn.objects.live()
    assert [one.user.username for one in live.select_related("user")] == ["bob"]


def test_database_does_not_hold_what_opens_a_browsers_login(client: Client, alice: Student) -> None:
    sign_in_as(client, "alice")
    cookie = client.cookies["readerai_session"].value
    [row] = BrowserSession.objects.all()
    assert cookie not in (row.session_key, row.session_data)
    client.cookies["readerai_session"] = row.session_key
    assert client.get("/api/students/me").status_code == 401
    client.cookies["readerai_session"] = cookie
    assert client.get("/api/students/me").status_code == 200
    client.post("/logout")
    assert not BrowserSession.objects.exists()


def test_sign_in_that_was_ended_elsewhere_signs_the_browser_out(
    client: Client, alice: Student
) -> None:
    sign_in_as(client, "alice")
    SignIn.objects.update(ended_at="2026-01-01T00:00:00Z")
    assert client.get("/").headers["Location"] == "/login?next=%2F"

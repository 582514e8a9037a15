"""The pages of signing in and out, for everybody and without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from readerai.accounts.models import SignIn, Student, User

from ..people import PASSWORD, make_user
from ..signing_in import sign_in_as


def test_each_role_is_led_home(client: Client, alice: Student, rivera: User, office: User) -> None:
    homes = {alice.user: "/library", rivera: "/teachers/", office: "/admin/"}
    for user, home in homes.items():
        assert sign_in_as(client, user.username).headers["Location"] == "/"
        assert client.get("/").headers["Location"] == home


def test_student_account_without_a_student_is_told_kindly(client: Client, db: None) -> None:
    make_user("nobody-yet")
    sign_in_as(client, "nobody-yet")
    answer = client.get("/")
    assert answer.status_code == 200
    assert "not quite ready" in answer.content.decode()


def test_signed_out_visitor_of_home_is_led_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == "/login?next=%2F"


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/books/a-book?x=1", "/books/a-book?x=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("///elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("\t//elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("books", "/"),
        ("", "/"),
    ],
)
def test_next_leads_only_within_this_site(
    client: Client, alice: Student, wanted: str, led_to: str
) -> None:
    assert sign_in_as(client, "alice", wanted).headers["Location"] == led_to
    assert client.get("/login", {"next": wanted}).headers["Location"] == led_to


def test_next_stays_in_the_form_after_a_wrong_password(client: Client, alice: Student) -> None:
    form = {"username": "alice", "password": "wrong", "next": "/books/a-book"}
    page = client.post("/login", form).content.decode()
    assert 'value="/books/a-book"' in page
    assert 'value="alice"' in page
    assert "wrong" not in page
    assert "do not belong together" in page


def test_page_says_the_same_of_a_known_and_an_unknown_name(client: Client, alice: Student) -> None:
    pages = [
        client.post("/login", {"username": name, "password": "wrong"}).content.decode()
        for name in ("alice", "nobod")
    ]
    plain = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1]


@pytest.mark.parametrize("form", [{}, {"username": "alice"}, {"username": "a\0", "password": "x"}])
def test_incomplete_form_is_answered_with_the_page(
    client: Client, alice: Student, form: dict[str, str]
) -> None:
    assert client.post("/login", form).status_code == 200


def test_signing_out_ends_the_sign_in_and_empties_the_browser(
    client: Client, alice: Student
) -> None:
    sign_in_as(client, "alice")
    cookie = client.cookies["readerai_session"].value
    answer = client.post("/logout")
    assert answer.headers["Location"] == "/login"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not SignIn.objects.live().exists()
    client.cookies["readerai_session"] = cookie
    assert client.get("/api/students/me").status_code == 401


def test_signing_in_empties_what_the_last_child_left(client: Client, alice: Student) -> None:
    assert sign_in_as(client, "alice").headers["Clear-Site-Data"] == '"storage"'


def test_next_child_at_a_shared_machine_is_asked_who_they_are(
    client: Client, alice: Student, rivera: User
) -> None:
    sign_in_as(client, "alice")
    page = client.get("/login")
    assert page.status_code == 200
    assert "Are you Alice?" in page.content.decode()
    assert 'action="/logout"' in page.content.decode()
    sign_in_as(client, "ms-rivera")
    assert client.get("/login").headers["Location"] == "/"


def test_get_does_not_sign_out(client: Client, alice: Student) -> None:
    sign_in_as(client, "alice")
    page = client.get("/logout")
    assert page.status_code == 200
    assert 'action="/logout"' in page.content.decode()
    assert client.get("/api/students/me").status_code == 200


@pytest.mark.parametrize("path", ["/login", "/logout", "/login/class", "/login/pictures", "/badge"])
def test_every_form_needs_its_own_page(alice: Student, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path, {"username": "alice", "password": PASSWORD})
    assert answer.status_code == 403
    assert "This page slept a little" in answer.content.decode()


@pytest.mark.parametrize("path", ["/login", "/badge"])
def test_pages_have_no_inline_script_or_style(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/login", "put"),
        ("/logout", "delete"),
        ("/login/class/me", "get"),
        ("/login/class/leave", "get"),
        ("/badge", "patch"),
        ("/", "post"),
    ],
)
def test_other_methods_are_not_there(client: Client, db: None, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405

"""Every change of a password ends what came in by the one before, whatever path it takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client

from readerai.accounts.login.new_passwords import link_for, set_password, user_of_link
from readerai.accounts.login.sign_ins import (
    issue_ticket,
    issue_token,
    sign_in_of_token,
    spend_ticket,
)
from readerai.accounts.models import SignIn, Student, User

from ..people import PASSWORD
from ..signing_in import sign_in_as

NEW = "another-lantern-in-the-dark"


def _by_sql(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET password = %s WHERE id = %s", [make_password(NEW), user.pk]
        )


def _by_update(user: User) -> None:
    User.objects.filter(pk=user.pk).update(password=make_password(NEW))


def _by_save(user: User) -> None:
    user.set_password(NEW)
    user.save()


def _by_unusable(user: User) -> None:
    user.set_unusable_password()
    user.save()


_WAYS = [_by_sql, _by_update, _by_save, _by_unusable, lambda user: set_password(user, NEW)]


@pytest.mark.parametrize("change", _WAYS)
def test_change_of_a_password_ends_tokens_tickets_and_browsers(
    client: Client, alice: Student, change: Callable[[User], None]
) -> None:
    token = issue_token(alice.user).text
    sign_in = sign_in_of_token(token)
    assert sign_in is not None
    ticket = issue_ticket(sign_in, "/ws/x").text
    sign_in_as(client, "alice")
    assert client.get("/api/students/me").status_code == 200
    change(alice.user)
    assert sign_in_of_token(token) is None
    assert spend_ticket(ticket, "/ws/x") is None
    assert client.get("/api/students/me").status_code == 401
    assert not SignIn.objects.live().exists()


def test_change_by_the_admin_ends_tokens(admin: Client, alice: Student) -> None:
    token = issue_token(alice.user).text
    form = {"usable_password": "true", "password1": NEW, "password2": NEW}
    answer = admin.post(f"/admin/accounts/user/{alice.user.pk}/password/", form)
    assert answer.status_code == 302
    assert sign_in_of_token(token) is None


def test_own_password_is_changed_and_one_stays_in_here(teacher: Client, rivera: User) -> None:
    token = issue_token(rivera).text
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert teacher.post("/password", form).status_code == 302
    assert teacher.get("/teachers/").status_code == 200
    assert sign_in_of_token(token) is None
    rivera.refresh_from_db()
    assert rivera.check_password(NEW)


def test_tries_at_the_old_password_are_limited(teacher: Client, rivera: User) -> None:
    form = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    pages = [teacher.post("/password", form).content.decode() for _ in range(11)]
    assert "tried too often" in pages[-1]
    rivera.refresh_from_db()
    assert rivera.check_password(PASSWORD)


def test_link_of_staff_sets_a_password_once(client: Client, admin: Client, rivera: User) -> None:
    chosen = {"action": "make_link", "_selected_action": [rivera.pk]}
    page = admin.post("/admin/accounts/user/", chosen, follow=True).content.decode()
    link = re.findall(r"/password/new#([\w.=-]+)", page)[0]
    form = {"link": link, "new_password1": NEW, "new_password2": NEW}
    assert client.get("/password/new").status_code == 200
    assert client.post("/password/new", form).status_code == 302
    rivera.refresh_from_db()
    assert rivera.check_password(NEW)
    assert client.post("/password/new", form).status_code == 400


_TOO_BIG = "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"


@pytest.mark.parametrize("link", ["", ".", "MQ.x", "\0.\0", "ÿ.ÿ", f"{_TOO_BIG}.x"])
def test_link_of_nobody_is_refused(client: Client, rivera: User, link: str) -> None:
    assert client.post("/password/new", {"link": link}).status_code == 400


def test_child_has_no_link(alice: Student) -> None:
    assert user_of_link(link_for(alice.user).partition("#")[2]) is None


def test_link_comes_by_mail_and_nobody_is_told_who_has_an_account(
    client: Client, rivera: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threading.Thread.start", lambda thread: thread.run())
    settings.READERAI_MAIL = True
    User.objects.filter(pk=rivera.pk).update(email="rivera@example.org")
    said = [
        client.post("/password/forgotten", {"address": address}).content.decode()
        for address in ("Rivera@example.org", "nobody@example.org")
    ]
    assert [len(each) for each in said] == [len(said[0])] * 2
    (letter,) = mail.outbox
    assert letter.to == ["rivera@example.org"]
    link = re.findall(r"/password/new#([\w.=-]+)", str(letter.body))[0]
    assert user_of_link(link) == rivera
    for _ in range(3):
        answer = client.post("/password/forgotten", {"address": "rivera@example.org"})
    assert answer.status_code == 429


def test_command_that_changes_a_password_ends_tokens(alice: Student, monkeypatch: Any) -> None:
    token = issue_token(alice.user).text
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", "alice", stdout=StringIO())
    assert sign_in_of_token(token) is None

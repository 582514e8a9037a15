"""How long a class code that was entered holds at a browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from readerai.accounts.models import Classroom, Student

from ..signing_in import enter_code


def test_ended_class_has_no_login(client: Client, alice: Student, room: Classroom) -> None:
    enter_code(client, "ROOM12")
    Classroom.objects.update(is_active=False)
    assert client.get("/login/class").headers["Location"] == "/login"
    assert "no class with that code" in enter_code(client, "ROOM12").content.decode()


def test_new_code_ends_logins_by_the_old_one(
    client: Client, alice: Student, room: Classroom
) -> None:
    enter_code(client, "ROOM12")
    Classroom.objects.filter(pk=room.pk).update(code="OTHER7")
    assert client.get("/login/class").headers["Location"] == "/login"


def test_class_login_lasts_a_quarter_of_an_hour(client: Client, alice: Student) -> None:
    enter_code(client, "ROOM12")
    for minutes, open_still in ((14, True), (2, False)):
        session = client.session
        pk, code, at = session["class_login"]
        session["class_login"] = [pk, code, at - minutes * 60]
        session.save()
        assert (client.get("/login/class").status_code == 200) is open_still


@pytest.mark.postgres  # SQLite lies on the server's own machine
def test_class_login_goes_by_the_clock_that_all_servers_share(
    client: Client, alice: Student
) -> None:
    here = timezone.now()
    for opened_at, asked_at in ((0, 20), (-20, 0)):  # one server's own clock is wrong
        with travel(here + dt.timedelta(minutes=opened_at)):
            enter_code(client, "ROOM12")
        with travel(here + dt.timedelta(minutes=asked_at)):
            assert client.get("/login/class").status_code == 200

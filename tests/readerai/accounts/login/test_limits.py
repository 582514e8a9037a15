"""Strangers are made to wait by what they try; nobody is where they came in before."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db.models import F
from django.test import Client

from readerai.accounts.login import limits
from readerai.accounts.login.pictures import set_picture_password
from readerai.accounts.models import Classroom, Student, Throttle

from ..people import PASSWORD, make_student
from ..signing_in import PICTURES, choose_face, sign_in_as, signed_in_child, tap

WRONG = ["moon", "tree", "drum"]


@pytest.fixture
def children(alice: Student, room: Classroom) -> list[Student]:
    children = [alice, *(make_student(f"child-{number}", room) for number in range(5))]
    for child in children:
        set_picture_password(child, PICTURES)
    return children


def _guess(browser: Client, child: Student, times: int) -> int:
    choose_face(browser, child)
    answers = [tap(browser, WRONG) for _ in range(times)]
    return int(answers[-1].status_code)


def _comes_in(browser: Client, child: Student) -> bool:
    choose_face(browser, child)
    tap(browser, PICTURES)
    return signed_in_child(browser) == child.slug


def _stranger() -> Client:
    return Client(REMOTE_ADDR="198.51.100.7")


def test_guessing_through_a_class_stops_for_strangers_and_for_nobody_else(
    children: list[Student],
) -> None:
    tablet, own = Client(), Client()
    assert _comes_in(tablet, children[0])
    assert _comes_in(own, children[5])
    stopped = [_guess(_stranger(), child, 5) for child in children]
    assert stopped[-1] == 429
    assert not _comes_in(_stranger(), children[5])
    assert _comes_in(own, children[5])
    assert _comes_in(tablet, children[0])
    assert _comes_in(tablet, children[1])  # for the first time here: it is a tablet of the class


def test_nobody_locks_another_child_out_with_browsers_they_made_known(
    children: list[Student],
) -> None:
    mallory, alice = children[1], children[0]
    own = Client()
    assert _comes_in(own, alice)
    for _ in range(4):
        fresh = Client()
        assert _comes_in(fresh, mallory)
        _guess(fresh, alice, 4)
    assert _guess(fresh, alice, 1) == 429
    assert _comes_in(own, alice)


def test_all_children_together_are_guarded_from_a_stranger(
    children: list[Student], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = dataclasses.replace(limits.PICTURES_ALL, failures=3)
    monkeypatch.setattr(limits, "PICTURES_ALL", few)
    for number in range(3):
        _guess(Client(REMOTE_ADDR=f"198.51.100.{number}"), children[number], 1)
    assert _guess(Client(REMOTE_ADDR="198.51.100.9"), children[5], 1) == 429


def test_each_wait_is_longer_and_comes_sooner(children: list[Student]) -> None:
    waits = []
    for allowed in (5, 2, 1, 1):
        assert _guess(_stranger(), children[0], allowed) == 200
        choose_face(browser := _stranger(), children[0])
        waits.append(int(tap(browser, WRONG).headers["Retry-After"]))
        Throttle.objects.update(locked_until=F("window_started_at"))
    assert [round(wait / 300) for wait in waits] == [1, 2, 4, 8]


def test_stranger_does_not_lock_a_teacher_out_of_their_own_browser(
    client: Client, teacher: Client, alice: Student
) -> None:
    own = Client()
    sign_in_as(own, "ms-rivera")
    for _ in range(6):
        answer = _stranger().post("/login", {"username": "ms-rivera", "password": "wrong"})
    assert answer.status_code == 429
    assert own.post("/login", {"username": "ms-rivera", "password": PASSWORD}).status_code == 302


def test_signed_cookie_of_another_site_is_no_known_browser(children: list[Student]) -> None:
    own = Client()
    assert _comes_in(own, children[0])
    forged = own.cookies["readerai_browser"].value.partition(":")[0] + ":1wxyz:forged"
    stranger = _stranger()
    stranger.cookies["readerai_browser"] = forged
    assert _guess(stranger, children[0], 6) == 429
    assert _comes_in(own, children[0])


def test_class_is_told_of_tries_and_new_browsers_and_lifts_locks(
    teacher: Client, children: list[Student]
) -> None:
    assert _comes_in(Client(), children[0])
    assert _guess(_stranger(), children[1], 6) == 429
    page = teacher.get("/teachers/classes/room-12/login-methods").content.decode()
    assert "Child-0: 5 wrong tries within a day; new browsers have to wait" in page
    assert "Alice was the first at one" in page
    teacher.post("/teachers/classes/room-12/locks")
    assert _comes_in(_stranger(), children[1])


def test_new_class_code_ends_the_old_one(teacher: Client, room: Classroom) -> None:
    old = room.code
    teacher.post("/teachers/classes/room-12/code")
    room.refresh_from_db()
    assert room.code != old
    assert len(room.code) == 6


def test_browser_that_came_in_long_ago_is_no_news(teacher: Client, children: list[Student]) -> None:
    assert _comes_in(Client(), children[0])
    children[0].user.known_browsers.update(first_used_at=F("first_used_at") - dt.timedelta(days=8))
    page = teacher.get("/teachers/classes/room-12/login-methods").content.decode()
    assert "was the first at one" not in page

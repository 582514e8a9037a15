"""The children's way in: class code, face, three pictures."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from readerai.accounts.login.pictures import set_picture_password
from readerai.accounts.login.throttling import KNOWN_ADDRESSES
from readerai.accounts.models import Classroom, Enrolment, SignIn, Student, User

from .people import make_student

MINE = ["star", "boat", "key"]


def knock(client: Client, code: str) -> Any:
    return client.post("/login/class", {"code": code})


def stand_at_the_door(client: Client, child: Student, code: str = "ROOM12") -> None:
    knock(client, code)
    client.post("/login/class/me", {"child": child.slug})


def touch(client: Client, pictures: list[str]) -> Any:
    return client.post("/login/pictures", {"picked": pictures[:2], "picture": pictures[2]})


def who_is_in(client: Client) -> str | None:
    answer = client.get("/api/students/me")
    return answer.json()["studentId"] if answer.status_code == 200 else None


@pytest.mark.parametrize("typed", ["ROOM12", " room12 ", "ROOM 12", "room-12", "Room12"])
def test_code_opens_the_list_however_it_is_typed(
    client: Client, alice: Student, bob: Student, typed: str
) -> None:
    assert knock(client, typed).headers["Location"] == "/login/class"
    page = client.get("/login/class").content.decode()
    assert "Alice" in page
    assert "Bob" in page


@pytest.mark.parametrize("typed", ["", "nope", "ROOM1%", "a\0b", "ROOM12" * 40, "ＲＯＯＭ99", "😀"])
def test_wrong_code_opens_nothing(client: Client, alice: Student, typed: str) -> None:
    answer = knock(client, typed)
    assert answer.status_code == 200
    assert "There is no class with that code" in answer.content.decode()
    assert client.get("/login/class").headers["Location"] == "/login"


def test_list_shows_only_the_active_children_of_this_class(
    client: Client, alice: Student, bob: Student, dora: Student, rivera: User, room: Classroom
) -> None:
    gone, disabled = make_student("gone", room), make_student("disabled", room)
    Enrolment.objects.filter(student=gone).update(ended_on=timezone.now().date())
    User.objects.filter(pk=disabled.user.pk).update(is_active=False)
    knock(client, "ROOM12")
    page = client.get("/login/class").content.decode()
    assert "Alice" in page
    for hidden in ("Gone", "Disabled", "Dora", "rivera", alice.user.email or "@"):
        assert hidden not in page


def test_ended_class_has_no_door(client: Client, alice: Student, room: Classroom) -> None:
    knock(client, "ROOM12")
    Classroom.objects.update(is_active=False)
    assert client.get("/login/class").headers["Location"] == "/login"
    assert "no class with that code" in knock(client, "ROOM12").content.decode()


def test_new_code_closes_doors_that_the_old_one_opened(
    client: Client, alice: Student, room: Classroom
) -> None:
    knock(client, "ROOM12")
    Classroom.objects.filter(pk=room.pk).update(code="OTHER7")
    assert client.get("/login/class").headers["Location"] == "/login"


def test_door_stands_open_for_a_quarter_of_an_hour(client: Client, alice: Student) -> None:
    knock(client, "ROOM12")
    for minutes, open_still in ((14, True), (2, False)):
        session = client.session
        pk, code, at = session["door"]
        session["door"] = [pk, code, at - minutes * 60]
        session.save()
        assert (client.get("/login/class").status_code == 200) is open_still


@pytest.mark.postgres  # SQLite lies on the server's own machine
def test_door_goes_by_the_clock_that_all_servers_share(client: Client, alice: Student) -> None:
    here = timezone.now()
    for opened_at, looked_at in ((0, 20), (-20, 0)):  # one server's own clock is wrong
        with travel(here + dt.timedelta(minutes=opened_at)):
            knock(client, "ROOM12")
        with travel(here + dt.timedelta(minutes=looked_at)):
            assert client.get("/login/class").status_code == 200


def test_child_comes_in_by_three_pictures_in_order(client: Client, alice: Student) -> None:
    set_picture_password(alice, MINE)
    stand_at_the_door(client, alice)
    assert touch(client, MINE).headers["Location"] == "/"
    assert who_is_in(client) == "alice"
    assert client.get("/login/class").headers["Location"] == "/login"


def test_each_tap_may_be_a_form_of_its_own(client: Client, alice: Student) -> None:
    set_picture_password(alice, MINE)
    stand_at_the_door(client, alice)
    one = client.post("/login/pictures", {"picture": "star"}).content.decode()
    assert one.count('name="picked"') == 1
    two = client.post("/login/pictures", {"picked": "star", "picture": "boat"}).content.decode()
    assert two.count('name="picked"') == 2
    again = client.post("/login/pictures", {"picked": ["star", "boat"], "again": "1"})
    assert 'name="picked"' not in again.content.decode()
    touch(client, MINE)
    assert who_is_in(client) == "alice"


@pytest.mark.parametrize(
    "tried", [["boat", "star", "key"], ["star", "boat", "moon"], ["star", "star", "star"]]
)
def test_other_pictures_or_another_order_are_wrong(
    client: Client, alice: Student, tried: list[str]
) -> None:
    set_picture_password(alice, MINE)
    stand_at_the_door(client, alice)
    answer = touch(client, tried)
    assert "not your three pictures" in answer.content.decode()
    assert who_is_in(client) is None


def test_five_wrong_tries_lock_this_child_only(
    client: Client, alice: Student, bob: Student
) -> None:
    for child in (alice, bob):
        set_picture_password(child, MINE)
    stand_at_the_door(client, alice)
    for _ in range(5):
        assert touch(client, ["moon", "tree", "drum"]).status_code == 200
    locked = touch(client, MINE)
    assert locked.status_code == 429
    assert locked.headers["Retry-After"]
    assert "Your teacher can help you sooner" in locked.content.decode()
    assert who_is_in(client) is None
    stand_at_the_door(client, bob)
    touch(client, MINE)
    assert who_is_in(client) == "bob"


def test_new_pictures_open_the_lock(client: Client, alice: Student) -> None:
    set_picture_password(alice, MINE)
    stand_at_the_door(client, alice)
    for _ in range(6):
        touch(client, ["moon", "tree", "drum"])
    set_picture_password(alice, ["apple", "ball", "fish"])
    touch(client, ["apple", "ball", "fish"])
    assert who_is_in(client) == "alice"


def test_child_without_pictures_is_told_kindly_and_cannot_come_in(
    client: Client, alice: Student
) -> None:
    stand_at_the_door(client, alice)
    for answer in (client.get("/login/pictures"), touch(client, MINE)):
        assert "ask your teacher to help you choose" in answer.content.decode()
    assert who_is_in(client) is None


def test_nobody_of_another_class_or_role_can_be_chosen(
    client: Client, alice: Student, dora: Student, rivera: User
) -> None:
    set_picture_password(dora, MINE)
    knock(client, "ROOM12")
    for slug in (dora.slug, rivera.username, "unknown", ""):
        assert client.post("/login/class/me", {"child": slug}).status_code == 404
    assert client.get("/login/pictures").headers["Location"] == "/login/class"


def test_pictures_without_an_open_door_lead_back(client: Client, alice: Student) -> None:
    set_picture_password(alice, MINE)
    assert client.get("/login/pictures").status_code == 302
    assert client.post("/login/class/me", {"child": "alice"}).headers["Location"] == "/login"
    assert touch(client, MINE).status_code == 302
    assert who_is_in(client) is None


def test_child_who_left_while_at_the_door_cannot_come_in(client: Client, alice: Student) -> None:
    set_picture_password(alice, MINE)
    stand_at_the_door(client, alice)
    Enrolment.objects.update(ended_on=timezone.now().date())
    touch(client, MINE)
    assert who_is_in(client) is None


def test_many_wrong_codes_lock_the_address(client: Client, alice: Student) -> None:
    for _ in range(30):
        knock(client, "NOPE99")
    locked = knock(client, "ROOM12")
    assert locked.status_code == 429
    assert locked.headers["Retry-After"]
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert knock(other, "ROOM12").status_code == 302


def test_right_code_does_not_forgive_the_guesses(client: Client, alice: Student) -> None:
    for _ in range(29):
        knock(client, "NOPE99")
    assert knock(Client(), "ROOM12").status_code == 302
    knock(client, "NOPE99")
    assert knock(client, "ROOM12").status_code == 429


def test_nobody_can_lock_a_school_out_of_the_browsers_it_uses(
    client: Client, alice: Student
) -> None:
    ours, another = Client(), Client()
    assert {knock(each, "ROOM12").status_code for each in (ours, another)} == {302}
    for _ in range(31):
        knock(client, "NOPE99")
    assert knock(Client(), "ROOM12").status_code == 429
    assert knock(ours, "ROOM12").status_code == 302
    for _ in range(31):
        knock(ours, "NOPE99")
    assert knock(ours, "ROOM12").status_code == 429
    assert knock(another, "ROOM12").status_code == 302


def test_known_browser_that_nobody_signed_is_none(client: Client, alice: Student) -> None:
    for number in range(31):
        client.cookies["readerai_door"] = f"{number:032}:not-a-signature"
        knock(client, "NOPE99")
    assert knock(client, "ROOM12").status_code == 429


def test_known_browsers_of_one_address_do_not_guess_without_end(
    client: Client, alice: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = dataclasses.replace(KNOWN_ADDRESSES, failures=3)
    monkeypatch.setattr("readerai.accounts.login.class_login.KNOWN_ADDRESSES", few)
    for _ in range(3):
        fresh = Client()
        knock(fresh, "ROOM12")
        knock(fresh, "NOPE99")
    fresh.cookies.pop("readerai_session")
    assert knock(fresh, "ROOM12").status_code == 429


def test_address_is_the_proxys_word_only_where_it_is_trusted(
    client: Client, alice: Student, settings: Any
) -> None:
    for number in range(30):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        client.post("/login/class", {"code": "NOPE99"}, headers=headers)
    assert knock(client, "ROOM12").status_code == 429
    settings.READERAI_TRUST_PROXY = True
    trusted = {"X-Forwarded-For": "198.51.100.250, 198.51.100.1"}
    answer = client.post("/login/class", {"code": "ROOM12"}, headers=trusted)
    assert answer.status_code == 302


def test_next_child_never_goes_on_as_the_last(client: Client, alice: Student, bob: Student) -> None:
    for child in (alice, bob):
        set_picture_password(child, MINE)
    stand_at_the_door(client, alice)
    touch(client, MINE)
    stand_at_the_door(client, bob)
    touch(client, MINE)
    assert who_is_in(client) == "bob"
    assert SignIn.objects.live().count() == 1


def test_picture_password_is_kept_as_a_salted_hash_of_this_child(
    alice: Student, bob: Student
) -> None:
    for child in (alice, bob):
        set_picture_password(child, MINE)
        assert child.picture_password.startswith("argon2$")
        assert "star" not in child.picture_password
    alice.picture_password = bob.picture_password
    alice.save()
    client = Client()
    stand_at_the_door(client, alice)
    touch(client, MINE)
    assert who_is_in(client) is None


@pytest.mark.parametrize(
    "pictures", [["star", "star", "key"], ["star", "key"], ["star", "key", "x"]]
)
def test_picture_password_is_three_different_pictures(alice: Student, pictures: list[str]) -> None:
    with pytest.raises(ValueError, match="three different pictures"):
        set_picture_password(alice, pictures)


def test_no_address_on_the_way_in_names_a_child(client: Client, alice: Student) -> None:
    set_picture_password(alice, MINE)
    answers = [
        knock(client, "ROOM12"),
        client.post("/login/class/me", {"child": "alice"}),
        touch(client, MINE),
    ]
    addresses = [answer.headers["Location"] for answer in answers]
    assert addresses == ["/login/class", "/login/pictures", "/"]

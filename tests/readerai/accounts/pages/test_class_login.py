"""Children sign in by class code, face and three pictures."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from readerai.accounts.login.pictures import set_picture_password
from readerai.accounts.models import Classroom, Enrolment, SignIn, Student, User

from ..people import make_student
from ..signing_in import PICTURES, choose_face, enter_code, signed_in_child, tap


@pytest.mark.parametrize("typed", ["ROOM12", " room12 ", "ROOM 12", "room-12", "Room12"])
def test_code_opens_the_list_however_it_is_typed(
    client: Client, alice: Student, bob: Student, typed: str
) -> None:
    assert enter_code(client, typed).headers["Location"] == "/login/class"
    page = client.get("/login/class").content.decode()
    assert "Alice" in page
    assert "Bob" in page


@pytest.mark.parametrize("typed", ["", "nope", "ROOM1%", "a\0b", "ROOM12" * 40, "ＲＯＯＭ99", "😀"])
def test_wrong_code_opens_nothing(client: Client, alice: Student, typed: str) -> None:
    answer = enter_code(client, typed)
    assert answer.status_code == 200
    assert "There is no class with that code" in answer.content.decode()
    assert client.get("/login/class").headers["Location"] == "/login"


def test_list_shows_only_the_active_children_of_this_class(
    client: Client, alice: Student, bob: Student, dora: Student, rivera: User, room: Classroom
) -> None:
    gone, disabled = make_student("gone", room), make_student("disabled", room)
    Enrolment.objects.filter(student=gone).update(ended_on=timezone.now().date())
    User.objects.filter(pk=disabled.user.pk).update(is_active=False)
    enter_code(client, "ROOM12")
    page = client.get("/login/class").content.decode()
    assert "Alice" in page
    for hidden in ("Gone", "Disabled", "Dora", "rivera", alice.user.email or "@"):
        assert hidden not in page


def test_child_signs_in_by_three_pictures_in_order(client: Client, alice: Student) -> None:
    set_picture_password(alice, PICTURES)
    choose_face(client, alice)
    assert tap(client, PICTURES).headers["Location"] == "/"
    assert signed_in_child(client) == "alice"
    assert client.get("/login/class").headers["Location"] == "/login"


def test_each_tap_may_be_a_form_of_its_own(client: Client, alice: Student) -> None:
    set_picture_password(alice, PICTURES)
    choose_face(client, alice)
    one = client.post("/login/pictures", {"picture": "star"}).content.decode()
    assert one.count('name="picked"') == 1
    two = client.post("/login/pictures", {"picked": "star", "picture": "boat"}).content.decode()
    assert two.count('name="picked"') == 2
    again = client.post("/login/pictures", {"picked": ["star", "boat"], "again": "1"})
    assert 'name="picked"' not in again.content.decode()
    tap(client, PICTURES)
    assert signed_in_child(client) == "alice"


@pytest.mark.parametrize(
    "tried", [["boat", "star", "key"], ["star", "boat", "moon"], ["star", "star", "star"]]
)
def test_other_pictures_or_another_order_are_wrong(
    client: Client, alice: Student, tried: list[str]
) -> None:
    set_picture_password(alice, PICTURES)
    choose_face(client, alice)
    answer = tap(client, tried)
    assert "not your three pictures" in answer.content.decode()
    assert signed_in_child(client) is None


def test_child_without_pictures_is_told_kindly_and_cannot_sign_in(
    client: Client, alice: Student
) -> None:
    choose_face(client, alice)
    for answer in (client.get("/login/pictures"), tap(client, PICTURES)):
        assert "ask your teacher to help you choose" in answer.content.decode()
    assert signed_in_child(client) is None


def test_nobody_of_another_class_or_role_can_be_chosen(
    client: Client, alice: Student, dora: Student, rivera: User
) -> None:
    set_picture_password(dora, PICTURES)
    enter_code(client, "ROOM12")
    for slug in (dora.slug, rivera.username, "unknown", ""):
        assert client.post("/login/class/me", {"child": slug}).status_code == 404
    assert client.get("/login/pictures").headers["Location"] == "/login/class"


def test_pictures_without_a_class_code_lead_back(client: Client, alice: Student) -> None:
    set_picture_password(alice, PICTURES)
    assert client.get("/login/pictures").status_code == 302
    assert client.post("/login/class/me", {"child": "alice"}).headers["Location"] == "/login"
    assert tap(client, PICTURES).status_code == 302
    assert signed_in_child(client) is None


def test_child_who_left_the_class_meanwhile_cannot_sign_in(client: Client, alice: Student) -> None:
    set_picture_password(alice, PICTURES)
    choose_face(client, alice)
    Enrolment.objects.update(ended_on=timezone.now().date())
    tap(client, PICTURES)
    assert signed_in_child(client) is None


def test_next_child_never_goes_on_as_the_last(client: Client, alice: Student, bob: Student) -> None:
    for child in (alice, bob):
        set_picture_password(child, PICTURES)
    choose_face(client, alice)
    tap(client, PICTURES)
    choose_face(client, bob)
    tap(client, PICTURES)
    assert signed_in_child(client) == "bob"
    assert SignIn.objects.live().count() == 1


def test_no_address_of_signing_in_names_a_child(client: Client, alice: Student) -> None:
    set_picture_password(alice, PICTURES)
    answers = [
        enter_code(client, "ROOM12"),
        client.post("/login/class/me", {"child": "alice"}),
        tap(client, PICTURES),
    ]
    addresses = [answer.headers["Location"] for answer in answers]
    assert addresses == ["/login/class", "/login/pictures", "/"]

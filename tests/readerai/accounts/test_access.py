"""Who may open which page of the people's side; foreign, unknown and forbidden look alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from readerai.accounts.models import Classroom, Student, User

PAGES = ["login-methods", "cards", "cards/new", "groups", "pictures/alice"]


def path(page: str, room: str = "room-12") -> str:
    return f"/teachers/classes/{room}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_teacher_of_the_class_and_staff_who_may_change_children_open_it(
    client: Client, alice: Student, rivera: User, office: User, page: str
) -> None:
    client.force_login(office)
    assert client.get(path(page)).status_code == 404
    office.user_permissions.add(Permission.objects.get(codename="change_student"))
    for user in (rivera, office):
        client.force_login(user)
        assert client.get(path(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_find_what_a_wrong_address_shows(
    client: Client, alice: Student, okafor: User, dora: Student, page: str, method: str
) -> None:
    for user in (okafor, alice.user):
        client.force_login(user)
        client.get("/")
        unknown = getattr(client, method)(path(page, "no-such-class"))
        foreign = getattr(client, method)(path(page))
        if foreign.status_code == 405:
            continue
        assert foreign.status_code == 404
        assert without_tokens(foreign) == without_tokens(unknown)
        assert without_tokens(foreign) == without_tokens(client.get("/no/such/page"))


def without_tokens(answer: Any) -> list[str]:
    lines = answer.content.decode().splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_visitor_is_led_to_sign_in_and_back(
    client: Client, alice: Student, page: str
) -> None:
    answer = client.get(path(page))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?next=%2Fteachers%2Fclasses%2Froom-12")


def test_ended_class_is_nobodys_any_more(client: Client, alice: Student, rivera: User) -> None:
    client.force_login(rivera)
    Classroom.objects.update(is_active=False)
    assert client.get(path("login-methods")).status_code == 404


@pytest.mark.parametrize("debug", [True, False])
def test_page_that_is_not_there_says_nothing_about_the_request(
    client: Client, db: None, settings: Any, debug: bool
) -> None:
    settings.DEBUG = debug
    answer = client.get("/no/such/page?word=lantern")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "There is nothing here" in page
    for told in ("such/page", "lantern", "urlpatterns", "URLconf"):
        assert told not in page

"""The admin is for staff only, by the one sign-in."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import SignIn, Student, User


def test_signed_out_visitor_is_led_to_the_one_sign_in(client: Client, db: None) -> None:
    answer = client.get("/admin/accounts/user/")
    assert answer.status_code == 302
    login = client.get(answer.headers["Location"])
    assert login.headers["Location"] == "/login?next=%2Fadmin%2Faccounts%2Fuser%2F"


def test_admin_has_no_sign_in_form_of_its_own(client: Client, chief: User) -> None:
    answer = client.post("/admin/login/", {"username": "office", "password": "x"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?")


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/accounts/user/", "/admin/x/"])
def test_students_and_teachers_find_nothing(
    client: Client, alice: Student, rivera: User, path: str
) -> None:
    for user in (alice.user, rivera):
        client.force_login(user)
        assert client.get(path).status_code == 404


def test_staff_flag_without_the_role_opens_nothing(client: Client, rivera: User) -> None:
    User.objects.filter(pk=rivera.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=rivera.pk))
    assert client.get("/admin/").status_code == 404


def test_signing_out_of_the_admin_ends_the_sign_in(admin: Client, chief: User) -> None:
    assert SignIn.objects.live().filter(user=chief).count() == 1
    answer = admin.post("/admin/logout/")
    assert answer.status_code == 302
    assert not SignIn.objects.live().filter(user=chief).exists()


def test_picker_of_children_shows_their_names(admin: Client, alice: Student) -> None:
    Student.objects.filter(pk=alice.pk).update(slug="reader-0a1b")
    query = {"app_label": "accounts", "model_name": "enrolment", "field_name": "student"}
    answer = admin.get("/admin/autocomplete/", query | {"term": "Ali"})
    assert [one["text"] for one in answer.json()["results"]] == ["Alice (reader-0a1b)"]

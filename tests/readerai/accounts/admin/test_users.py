"""Accounts in the admin: disabled, given a role or password, never more rights than one has."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.test import Client

from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Role, SignIn, Student, User

from ..people import make_user


def user_form(user: User, **changed: str) -> dict[str, str]:
    return {
        "username": user.username,
        "role": user.role,
        "is_active": "on",
        "first_name": "",
        "last_name": "",
        "email": "",
        "source_id": "",
    } | changed


def test_disabling_an_account_ends_its_sign_ins(admin: Client, alice: Student) -> None:
    issue_token(alice.user)
    form = user_form(alice.user)
    del form["is_active"]
    answer = admin.post(f"/admin/accounts/user/{alice.user.pk}/change/", form)
    assert answer.status_code == 302
    alice.user.refresh_from_db()
    assert not alice.user.is_active
    assert not SignIn.objects.filter(user=alice.user, ended_at=None).exists()


def test_disabling_by_action_ends_sign_ins_and_spares_oneself(
    admin: Client, alice: Student, chief: User
) -> None:
    issue_token(alice.user)
    chosen = [alice.user.pk, chief.pk]
    admin.post("/admin/accounts/user/", {"action": "disable", "_selected_action": chosen})
    assert User.objects.get(pk=chief.pk).is_active
    assert not User.objects.get(pk=alice.user.pk).is_active
    assert not SignIn.objects.filter(user=alice.user, ended_at=None).exists()


def test_role_of_a_child_with_reading_cannot_change(admin: Client, alice: Student) -> None:
    form = user_form(alice.user, role="teacher")
    answer = admin.post(f"/admin/accounts/user/{alice.user.pk}/change/", form)
    assert answer.status_code == 200
    assert "This is a child’s account" in answer.content.decode()


def test_every_right_is_for_staff_only(admin: Client, rivera: User) -> None:
    rivera.classrooms.clear()
    form = user_form(rivera, is_superuser="on")
    answer = admin.post(f"/admin/accounts/user/{rivera.pk}/change/", form)
    assert "Only staff can have every right" in answer.content.decode()


def test_new_member_of_staff_may_open_the_admin(admin: Client) -> None:
    password = "a-kettle-and-a-map"
    form = {
        "username": "desk",
        "role": "staff",
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }
    assert admin.post("/admin/accounts/user/add/", form).status_code == 302
    assert User.objects.get(username="desk").is_staff_role


def test_new_password_ends_what_the_old_one_opened(admin: Client, alice: Student) -> None:
    issue_token(alice.user)
    password = "a-kettle-and-a-map"
    form = {"usable_password": "true", "password1": password, "password2": password}
    answer = admin.post(f"/admin/accounts/user/{alice.user.pk}/password/", form)
    assert answer.status_code == 302
    assert not SignIn.objects.live().filter(user=alice.user).exists()


def test_staff_cannot_take_over_an_account_with_more_rights(
    client: Client, chief: User, alice: Student
) -> None:
    """By its password, or by disabling it."""
    office = make_user("desk", Role.STAFF)
    office.user_permissions.set(Permission.objects.filter(codename__endswith="_user"))
    other = make_user("other", Role.STAFF)
    other.user_permissions.set(Permission.objects.filter(codename="view_session"))
    client.force_login(office)
    for person, status in ((chief, 403), (other, 403), (alice.user, 200)):
        place = f"/admin/accounts/user/{person.pk}/password/"
        assert client.get(place).status_code == status
        assert client.post(place, {}).status_code == status
    chosen = [chief.pk, other.pk, alice.user.pk]
    form = {"action": "disable", "_selected_action": chosen}
    client.post("/admin/accounts/user/", form)
    off = User.objects.filter(is_active=False).values_list("username", flat=True)
    assert list(off) == ["alice"]


def test_createsuperuser_makes_a_member_of_staff(db: None) -> None:
    user = User.objects.create_superuser("root", password="a-kettle-and-a-map")
    assert user.is_staff_role
    assert user.is_superuser

"""The admin of people: for staff only, by the one sign-in, and as quick with thirty as with one."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Badge, Classroom, Role, SignIn, Student, Term, Throttle, User

from .people import make_class, make_student, make_user

LISTS = ["school", "user", "student", "classroom", "classgroup", "badge", "signin", "throttle"]


@pytest.fixture
def chief(office: User) -> User:
    office.is_superuser = True
    office.save()
    return office


@pytest.fixture
def admin(client: Client, chief: User) -> Client:
    client.force_login(chief)
    client.get("/")  # the sign-in behind the login is made by the first page
    return client


def fill(room: Classroom, first: int, count: int) -> None:
    for number in range(first, first + count):
        student = make_student(f"child-{number}", room)
        issue_badges([student])
        issue_token(student.user)
        make_class(f"class-{number}", teacher=make_user(f"teacher-{number}", Role.TEACHER))
        group = room.groups.create(name=f"group {number}")
        group.students.add(student)


@pytest.mark.parametrize("name", LISTS)
def test_list_takes_the_same_queries_for_one_and_for_thirty(
    admin: Client, room: Classroom, name: str
) -> None:
    counts = []
    for first, count in ((0, 1), (1, 29)):
        fill(room, first, count)
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(f"/admin/accounts/{name}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_class_with_thirty_children_takes_the_queries_of_one(
    admin: Client, room: Classroom
) -> None:
    counts = []
    admin.get(f"/admin/accounts/classroom/{room.pk}/change/")  # fills the caches of the process
    for first, count in ((0, 1), (1, 29)):
        for number in range(first, first + count):
            make_student(f"child-{number}", room)
        with CaptureQueriesContext(connection) as queries:
            answer = admin.get(f"/admin/accounts/classroom/{room.pk}/change/")
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", LISTS)
def test_every_form_opens(admin: Client, room: Classroom, name: str) -> None:
    fill(room, 0, 1)
    addable = name not in {"badge", "signin", "throttle"}
    add = admin.get(f"/admin/accounts/{name}/add/")
    assert add.status_code == (200 if addable else 403)


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
    assert not SignIn.objects.filter(user=alice.user, ended_at=None).exists()


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


def test_badges_locks_and_sign_ins_are_ended_by_action(admin: Client, alice: Student) -> None:
    issue_badges([alice])
    issue_token(alice.user)
    throttle = Throttle.objects.create(
        key="k", failures=5, window_started_at=alice.user.date_joined
    )
    for name, action, pk in (
        ("badge", "revoke", Badge.objects.get().pk),
        ("signin", "end", SignIn.objects.get(user=alice.user).pk),
        ("throttle", "forgive", throttle.pk),
    ):
        form = {"action": action, "_selected_action": [pk]}
        assert admin.post(f"/admin/accounts/{name}/", form).status_code == 302
    assert not Badge.objects.filter(revoked_at=None).exists()
    assert not SignIn.objects.filter(user=alice.user, ended_at=None).exists()
    assert not Throttle.objects.exists()


@pytest.mark.parametrize("name", ["user", "student", "classroom", "school"])
def test_people_and_classes_are_not_deleted(admin: Client, alice: Student, name: str) -> None:
    first = alice.user.pk if name == "user" else alice.pk
    assert admin.get(f"/admin/accounts/{name}/{first}/delete/").status_code in {302, 403}
    assert Student.objects.filter(pk=alice.pk).exists()


def test_unknown_time_zone_is_refused_kindly(admin: Client, room: Classroom) -> None:
    form = {
        "name": "Hill School", "slug": "hill", "time_zone": "../etc/passwd",
        "retention_days": "400", "look_retention_days": "1100",
    }  # fmt: skip
    answer = admin.post(f"/admin/accounts/school/{room.school.pk}/change/", form)
    assert "There is no such time zone" in answer.content.decode()


def test_createsuperuser_makes_a_member_of_staff(db: None) -> None:
    user = User.objects.create_superuser("root", password="a-kettle-and-a-map")
    assert user.is_staff_role
    assert user.is_superuser


def rows(prefix: str, **first: str) -> dict[str, str]:
    """A formset with at most one row, as the form sends it."""
    has_id = "id" in first
    form = {
        f"{prefix}-TOTAL_FORMS": "1" if first else "0",
        f"{prefix}-INITIAL_FORMS": "1" if has_id else "0",
    }
    return form | {f"{prefix}-0-{name}": value for name, value in first.items()}


def class_form(room: Classroom) -> dict[str, str]:
    return {
        "name": room.name,
        "slug": room.slug,
        "school": str(room.school.pk),
        "code": room.code,
        "is_active": "on",
    }


def test_child_is_put_into_a_class_and_taken_out(
    admin: Client, alice: Student, dora: Student, room: Classroom
) -> None:
    place = f"/admin/accounts/classroom/{room.pk}/change/"
    here = alice.enrolments.get()
    for child in (alice, dora):
        issue_token(child.user)
    kept = {"id": str(here.pk), "classroom": str(room.pk), "ended_on": "2026-05-01"}
    new = {"student": str(dora.pk), "classroom": str(room.pk)}
    form = class_form(room) | rows("enrolments", **kept) | rows("enrolments-2", **new)
    assert admin.post(place, form).status_code == 302
    here.refresh_from_db()
    assert str(here.ended_on) == "2026-05-01"
    assert dora.enrolments.filter(classroom=room, ended_on=None).exists()
    ours = SignIn.objects.live().filter(user__in=[alice.user, dora.user])
    assert [each.user for each in ours] == [dora.user]


def test_child_who_is_in_the_class_is_not_put_in_twice(
    admin: Client, alice: Student, room: Classroom
) -> None:
    place = f"/admin/accounts/classroom/{room.pk}/change/"
    new = {"student": str(alice.pk), "classroom": str(room.pk)}
    form = class_form(room) | rows("enrolments") | rows("enrolments-2", **new)
    assert admin.post(place, form).status_code == 200
    assert alice.enrolments.count() == 1


def test_new_child_has_an_id_without_a_name_and_a_new_class_a_code_nobody_guesses(
    admin: Client, db: None
) -> None:
    """What stands in an address stands in logs, too."""
    child = admin.get("/admin/accounts/student/add/").content.decode()
    assert re.search(r'name="slug" value="reader-[0-9a-f]{12}"', child)
    assert "#id_slug" not in child  # which a script would fill from the name
    assert re.search(
        r'name="code" value="[B-Z2-9]{6}"',
        admin.get("/admin/accounts/classroom/add/").content.decode(),
    )


def test_only_teachers_teach(admin: Client, alice: Student, room: Classroom) -> None:
    place = f"/admin/accounts/classroom/{room.pk}/change/"
    form: dict[str, object] = dict(class_form(room) | rows("enrolments") | rows("enrolments-2"))
    assert admin.post(place, form | {"teachers": [alice.user.pk]}).status_code == 200
    assert alice.user not in room.teachers.all()


def test_picker_of_children_shows_their_names(admin: Client, alice: Student) -> None:
    Student.objects.filter(pk=alice.pk).update(slug="reader-0a1b")
    query = {"app_label": "accounts", "model_name": "enrolment", "field_name": "student"}
    answer = admin.get("/admin/autocomplete/", query | {"term": "Ali"})
    assert [one["text"] for one in answer.json()["results"]] == ["Alice (reader-0a1b)"]


def terms_form(room: Classroom, *rows: tuple[str, str, str, str]) -> dict[str, str]:
    school = room.school
    sent = {"name": school.name, "slug": school.slug, "time_zone": "Europe/Berlin"}
    sent |= {"retention_days": "400", "look_retention_days": "1100"}
    sent |= {"terms-TOTAL_FORMS": str(len(rows)), "terms-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        names = ("school_year", "name", "first_day", "last_day")
        sent |= {f"terms-{place}-{name}": value for name, value in zip(names, row, strict=True)}
    return sent


AUTUMN = ("2026/27", "Autumn", "2026-09-01", "2026-12-18")
SPRING = ("2026/27", "Spring", "2027-01-06", "2027-03-25")


def test_terms_are_entered_on_the_schools_page(admin: Client, room: Classroom) -> None:
    address = f"/admin/accounts/school/{room.school.pk}/change/"
    answer = admin.post(address, terms_form(room, SPRING, AUTUMN))
    assert answer.status_code == 302
    assert [str(term) for term in Term.objects.all()] == ["Autumn, 2026/27", "Spring, 2026/27"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2026/27", "Winter", "2026-12-18", "2027-01-05"), "Autumn is not over then."),
        (("2025/26", "Late", "2027-04-01", "2027-04-20"), None),
        (("2026/27", "Summer", "2027-07-20", "2027-04-10"), "ends on or after the day"),
    ],
)
def test_terms_that_no_calendar_could_have_are_refused(
    admin: Client, room: Classroom, row: tuple[str, str, str, str], said: str | None
) -> None:
    address = f"/admin/accounts/school/{room.school.pk}/change/"
    early = ("2025/26", "Summer", "2026-04-10", "2026-07-20")
    answer = admin.post(address, terms_form(room, early, AUTUMN, SPRING, row))
    assert answer.status_code == 200
    assert (said or "2026/27 begins before 2025/26 is over.") in answer.content.decode()
    assert not Term.objects.exists()

"""Children are put into classes and taken out of them."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Classroom, SignIn, Student

from ..people import make_student


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

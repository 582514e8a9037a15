"""The admin's lists and forms of people, as quick with thirty as with one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Classroom, Role, Student

from ..people import make_class, make_student, make_user

LISTS = ["school", "user", "student", "classroom", "classgroup", "badge", "signin", "throttle"]


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


@pytest.mark.parametrize("name", LISTS)
def test_every_form_opens(admin: Client, room: Classroom, name: str) -> None:
    fill(room, 0, 1)
    addable = name not in {"badge", "signin", "throttle"}
    add = admin.get(f"/admin/accounts/{name}/add/")
    assert add.status_code == (200 if addable else 403)


@pytest.mark.parametrize("name", ["user", "student", "classroom", "school"])
def test_people_and_classes_are_not_deleted(admin: Client, alice: Student, name: str) -> None:
    first = alice.user.pk if name == "user" else alice.pk
    assert admin.get(f"/admin/accounts/{name}/{first}/delete/").status_code in {302, 403}
    assert Student.objects.filter(pk=alice.pk).exists()

"""Teachers and staff manage how children sign in: pictures, cards, badges."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.models import Badge, ClassGroup, Classroom, Enrolment, Student, User

from ..people import make_student
from ..signing_in import choose_face, signed_in_child, tap, use_badge

HERE = "/teachers/classes/room-12"


@pytest.mark.parametrize("page", ["login-methods", "cards", "cards/new", "groups"])
def test_page_takes_the_same_queries_for_one_and_for_thirty(
    teacher: Client, room: Classroom, page: str
) -> None:
    counts = []
    for first, count in ((0, 1), (1, 29)):
        for number in range(first, first + count):
            student = make_student(f"child-{number}", room)
            ClassGroup.objects.create(classroom=room, name=f"g{number}").students.add(student)
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get(f"{HERE}/{page}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_pictures_are_set_and_taken_away(teacher: Client, alice: Student) -> None:
    form = {"first": "star", "second": "boat", "third": "key"}
    answer = teacher.post(f"{HERE}/pictures/alice", form)
    assert answer.headers["Location"] == f"{HERE}/login-methods"
    alice.refresh_from_db()
    choose_face(child := Client(), alice)
    tap(child, ["star", "boat", "key"])
    assert signed_in_child(child) == "alice"
    teacher.post(f"{HERE}/pictures/alice", {"clear": "1"})
    alice.refresh_from_db()
    assert alice.picture_password == ""
    choose_face(again := Client(), alice)
    tap(again, ["star", "boat", "key"])
    assert signed_in_child(again) is None


@pytest.mark.parametrize("third", ["star", "sofa", ""])
def test_pictures_that_are_not_three_different_ones_are_refused(
    teacher: Client, alice: Student, third: str
) -> None:
    form = {"first": "star", "second": "boat", "third": third}
    answer = teacher.post(f"{HERE}/pictures/alice", form)
    assert "Choose three different pictures" in answer.content.decode()
    alice.refresh_from_db()
    assert alice.picture_password == ""


@pytest.mark.parametrize("student", ["dora", "unknown", "ms-rivera"])
def test_pictures_of_nobody_elses_child_can_be_set(
    teacher: Client, alice: Student, dora: Student, student: str
) -> None:
    form = {"first": "star", "second": "boat", "third": "key"}
    assert teacher.post(f"{HERE}/pictures/{student}", form).status_code == 404
    dora.refresh_from_db()
    assert dora.picture_password == ""


def test_cards_show_code_name_and_face_and_no_square(teacher: Client, alice: Student) -> None:
    page = teacher.get(f"{HERE}/cards").content.decode()
    assert "Alice" in page
    assert "ROOM12" in page
    assert "pictures/" in page
    assert 'class="card-qr"' not in page
    assert not Badge.objects.exists()


def test_new_badges_are_shown_once_and_end_the_old_ones(
    teacher: Client, alice: Student, bob: Student
) -> None:
    old = issue_badges([alice, bob])
    answer = teacher.post(f"{HERE}/cards", {"badges": ["alice"]})
    page = answer.content.decode()
    assert page.count('class="card-qr"') == 1
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'class="card-qr"' not in teacher.get(f"{HERE}/cards").content.decode()
    assert "any more" in use_badge(old[alice.pk]).content.decode()
    assert use_badge(old[bob.pk]).status_code == 302


def test_badges_for_a_child_of_another_class_are_not_made(
    teacher: Client, alice: Student, dora: Student
) -> None:
    assert teacher.post(f"{HERE}/cards", {"badges": ["alice", "dora"]}).status_code == 404
    assert not Badge.objects.exists()


def test_badges_for_nobody_change_nothing(teacher: Client, alice: Student) -> None:
    issue_badges([alice])
    answer = teacher.post(f"{HERE}/cards", {})
    assert answer.headers["Location"] == f"{HERE}/cards/new"
    assert Badge.objects.filter(revoked_at=None).count() == 1


def test_history_of_a_child_says_who_changed_their_login_methods(
    teacher: Client, rivera: User, alice: Student
) -> None:
    teacher.post("/teachers/classes/room-12/cards", {"badges": ["alice"]})
    pictures = {"first": "star", "second": "boat", "third": "key"}
    teacher.post("/teachers/classes/room-12/pictures/alice", pictures)
    teacher.post("/teachers/classes/room-12/pictures/alice", {"clear": "1"})
    noted = LogEntry.objects.order_by("pk")
    assert [each.change_message for each in noted] == [
        "New badge.",
        "New pictures.",
        "Pictures taken away.",
    ]
    assert {(each.user, each.object_id) for each in noted} == {(rivera, str(alice.pk))}
    assert "star" not in "".join(str(vars(each)) for each in noted)


def test_child_who_left_is_in_no_list(
    teacher: Client, alice: Student, bob: Student, room: Classroom
) -> None:
    group = ClassGroup.objects.create(classroom=room, name="Owls")
    group.students.set([alice, bob])
    Enrolment.objects.filter(student=bob).update(ended_on=timezone.now().date())
    for page in ("login-methods", "cards", "cards/new", "groups"):
        text = teacher.get(f"{HERE}/{page}").content.decode()
        assert "Alice" in text
        assert "Bob" not in text
    page = teacher.get(f"{HERE}/groups").content.decode()
    assert re.search(r"Owls</strong>\s*<span class=.quiet.>1 child<", page)

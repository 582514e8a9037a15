"""Teachers and staff look after how children come in: pictures, cards, badges, groups."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.login.pictures import pictures_open
from readerai.accounts.models import Badge, ClassGroup, Classroom, Enrolment, Student, User
from readerai.accounts.pages.groups import Fields

from .people import make_student

HERE = "/teachers/classes/room-12"


@pytest.fixture
def teacher(client: Client, rivera: User) -> Client:
    client.force_login(rivera)
    client.get("/")
    return client


def use_badge(secret: str) -> Any:
    return Client().post("/badge", {"secret": secret})


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
    assert pictures_open(alice, ["star", "boat", "key"])
    teacher.post(f"{HERE}/pictures/alice", {"clear": "1"})
    alice.refresh_from_db()
    assert alice.picture_password == ""
    assert not pictures_open(alice, ["star", "boat", "key"])


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


def test_history_of_a_child_says_who_made_their_ways_in(
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


def test_badge_signs_its_child_in_and_is_kept_as_a_hash(client: Client, alice: Student) -> None:
    secret = issue_badges([alice])[alice.pk]
    answer = client.post("/badge", {"secret": secret})
    assert answer.headers["Location"] == "/"
    assert client.get("/api/students/me").json()["studentId"] == "alice"
    assert secret not in str(list(Badge.objects.values()))


def test_badge_makes_the_next_child_the_one_who_is_in(
    client: Client, alice: Student, bob: Student
) -> None:
    secrets = issue_badges([alice, bob])
    client.post("/badge", {"secret": secrets[alice.pk]})
    client.post("/badge", {"secret": secrets[bob.pk]})
    assert client.get("/api/students/me").json()["studentId"] == "bob"


@pytest.mark.parametrize("secret", ["", "x", "x" * 5000, "a\0b", "😀"])
def test_badge_that_is_none_is_refused_kindly(db: None, secret: str) -> None:
    answer = use_badge(secret)
    assert answer.status_code == 200
    assert "ask your teacher" in answer.content.decode()


def test_badge_of_a_disabled_account_or_a_grown_up_opens_nothing(
    alice: Student, bob: Student
) -> None:
    secrets = issue_badges([alice, bob])
    User.objects.filter(pk=alice.user.pk).update(is_active=False)
    User.objects.filter(pk=bob.user.pk).update(role="teacher")
    for secret in secrets.values():
        assert use_badge(secret).status_code == 200


def test_secret_in_the_query_of_a_badge_address_is_not_looked_at(alice: Student) -> None:
    secret = issue_badges([alice])[alice.pk]
    client = Client()
    assert client.get(f"/badge?secret={secret}").status_code == 200
    assert client.get("/api/students/me").status_code == 401


def test_group_is_made_changed_and_taken_away(
    teacher: Client, alice: Student, bob: Student
) -> None:
    teacher.post(f"{HERE}/groups", {"name": "  Blue   owls ", "students": ["alice", "bob"]})
    group = ClassGroup.objects.get()
    assert group.name == "Blue owls"
    assert set(group.students.all()) == {alice, bob}
    teacher.post(f"{HERE}/groups/{group.pk}", {"name": "Owls", "students": ["bob"]})
    group.refresh_from_db()
    assert (group.name, list(group.students.all())) == ("Owls", [bob])
    teacher.post(f"{HERE}/groups/{group.pk}", {"delete": "1"})
    assert not ClassGroup.objects.exists()
    assert Enrolment.objects.filter(ended_on=None).count() == 2


def test_refused_group_stands_in_its_form_as_it_was_sent(
    teacher: Client, alice: Student, bob: Student, room: Classroom
) -> None:
    foxes = ClassGroup.objects.create(classroom=room, name="Foxes")
    owls = ClassGroup.objects.create(classroom=room, name="Owls")
    owls.students.add(bob)
    sent = {"name": "Foxes", "students": ["alice"]}
    anew, changed = (
        teacher.post(address, sent) for address in (f"{HERE}/groups", f"{HERE}/groups/{owls.pk}")
    )
    assert anew.context["new"] == Fields("Foxes", frozenset({alice.pk}))
    fields = {group.pk: fields for group, _, fields in changed.context["groups"]}
    assert fields == {
        owls.pk: Fields("Foxes", frozenset({alice.pk})),
        foxes.pk: Fields("Foxes", frozenset()),
    }
    assert changed.context["new"] == Fields()
    assert "<strong>Owls</strong>" in changed.content.decode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "students": ["alice"]}, "needs a name"),
        ({"name": "x" * 81}, "needs a name"),
        ({"name": "a\0b"}, "needs a name"),
        ({"name": "Owls"}, "of that name already"),
        ({"name": "New", "students": ["dora"]}, "not in this class"),
    ],
)
def test_group_that_cannot_be_is_refused_in_words(
    teacher: Client, alice: Student, dora: Student, room: Classroom, form: Any, said: str
) -> None:
    ClassGroup.objects.create(classroom=room, name="Owls")
    answer = teacher.post(f"{HERE}/groups", form)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert ClassGroup.objects.count() == 1


def test_group_of_another_class_is_not_there(
    teacher: Client, alice: Student, dora: Student
) -> None:
    foreign = ClassGroup.objects.create(
        classroom=Classroom.objects.get(slug="room-14"), name="Theirs"
    )
    for number in (foreign.pk, 0, 10**30):
        answer = teacher.post(f"{HERE}/groups/{number}", {"delete": "1"})
        assert answer.status_code == 404
    assert ClassGroup.objects.exists()


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

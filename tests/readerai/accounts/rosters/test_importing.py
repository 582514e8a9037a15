"""What a roster's files say is what holds afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Classroom, Role, SignIn, Student, User

from .imports import everything, in_class, run
from .oneroster_files import OneRoster, district

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_first_import_makes_people_classes_and_places(tmp_path: Path, version: str) -> None:
    said = run(OneRoster(version).write(tmp_path / "set"))
    assert "3  new people" in said
    alice = Student.objects.get(display_name="Alice Baker")
    assert (alice.reading_level, alice.user.role, alice.user.username) == (3, "student", "user-p1")
    assert not alice.user.has_usable_password()
    assert Student.objects.get(display_name="Bob Cole").reading_level == 0
    room = Classroom.objects.get()
    assert (room.name, room.school.name, room.school_year) == ("Room 12", "Hill School", "2027")
    assert [teacher.username for teacher in room.teachers.all()] == ["user-t1"]
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}


def test_public_id_of_a_child_holds_no_name(tmp_path: Path) -> None:
    run(OneRoster().write(tmp_path / "set"))
    for student in Student.objects.all():
        assert student.slug.startswith("reader-")
        assert not {"alice", "bob", "user"} & set(student.slug.split("-"))


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_second_run_of_the_same_set_changes_nothing(tmp_path: Path, version: str) -> None:
    folder = OneRoster(version).write(tmp_path / "set")
    run(folder)
    before = everything()
    assert "nothing to change" in run(folder)
    assert everything() == before


def test_new_school_year_comes_in_one_step(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.sessions = [{"sourcedId": "y2", "title": "Next", "schoolYear": "2028"}]
    roster.classes, roster.enrollments = [], []
    roster.add_class("c2", "Room 12", termSourcedIds="y2")
    roster.add_user("p3", "student", "Cleo", "Dunn")
    for user in ("t1", "p1", "p3"):
        roster.enrol(user, "c2")
    run(roster.write(tmp_path / "set"))
    old, new = Classroom.objects.get(source_id="c1"), Classroom.objects.get(source_id="c2")
    assert (old.is_active, new.is_active, new.school_year) == (False, True, "2028")
    assert old.slug != new.slug
    assert in_class("Room 12") == {"Alice Baker", "Cleo Dunn"}
    assert not old.enrolments.filter(ended_on=None).exists()
    assert "nothing to change" in run(tmp_path / "set")


def test_several_teachers_and_several_classes(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.add_user("t2", "teacher", "Obi", "Okafor")
    roster.add_class("c2", "Reading club")
    for user in ("t1", "t2", "p1"):
        roster.enrol(user, "c2")
    roster.enrol("t2", "c1")
    run(roster.write(tmp_path / "set"))
    for room in Classroom.objects.all():
        assert set(room.teachers.values_list("username", flat=True)) == {"user-t1", "user-t2"}
    alice = Student.objects.get(display_name="Alice Baker")
    assert alice.enrolments.filter(ended_on=None).count() == 2
    roster.enrollments.pop()
    assert "1  teachers taken off a class" in run(roster.write(tmp_path / "set"))
    assert Classroom.objects.get(name="Room 12").teachers.get().username == "user-t1"


def test_child_taken_out_of_a_class_is_signed_out_and_no_other(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.add_class("c2", "Reading club")
    for user in ("p1", "p2"):
        roster.enrol(user, "c2")
    run(roster.write(tmp_path / "set"))
    for child in Student.objects.all():
        issue_token(child.user)
    roster.enrollments.pop()
    run(roster.write(tmp_path / "set"))
    still_in = [each.user.student.display_name for each in SignIn.objects.live()]
    assert still_in == ["Alice Baker"]


def test_guardians_and_administrators_are_passed_over(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.add_user("g1", "guardian", "Gwen", "Baker")
    roster.add_user("a1", "administrator", "Ada", "Office")
    roster.enrol("a1", "c1")
    run(roster.write(tmp_path / "set"))
    assert User.objects.count() == 3
    assert not User.objects.filter(role=Role.STAFF).exists()


def test_two_thousand_students_come_in_bulk_and_again_change_nothing(tmp_path: Path) -> None:
    folder = district(2000).write(tmp_path / "set")
    with CaptureQueriesContext(connection) as queries:
        run(folder)
    # A few statements for every few hundred rows; one a child would be thousands.
    assert len(queries) < 120
    assert Student.objects.count() == 2002
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        assert "nothing to change" in run(folder)
    assert len(queries) < 40
    assert everything() == before


@pytest.mark.postgres
def test_import_is_quick_where_the_database_counted_the_tables_in_the_middle_of_one(
    tmp_path: Path,
) -> None:
    folder = district(2000).write(tmp_path / "set")
    run(folder)
    other = connection.copy("other")
    other.set_autocommit(True)
    with other.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does, which sees nothing of what is not committed
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")  # it was a quarter of an hour
    assert "nothing to change" in run(folder)

"""Rosters: what a school's files say is what holds afterwards, all of it or nothing."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Classroom, Enrolment, Role, School, SignIn, Student, User

from .people import make_student
from .rosters import OneRoster

pytestmark = pytest.mark.django_db

USERS = b"sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName\n"


def run(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_roster", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(path: Path, **options: Any) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("import_roster", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def everything() -> list[Any]:
    models: list[Any] = [School, User, Student, Classroom, Enrolment, Classroom.teachers.through]
    return [sorted(map(str, model.objects.values())) for model in models]


def in_class(name: str) -> set[str]:
    now = Enrolment.objects.filter(ended_on=None, classroom__name=name)
    return set(now.values_list("student__display_name", flat=True))


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


def test_dry_run_says_what_the_run_then_does_and_changes_nothing(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    before = everything()
    said = run(folder, dry_run=True)
    assert "would change:" in said
    assert everything() == before
    assert said.replace("would change:", "changed:") == run(folder)


def test_what_is_printed_names_no_child(tmp_path: Path) -> None:
    assert "Alice" not in run(OneRoster().write(tmp_path / "set"), verbosity=3)


def test_whoever_is_missing_is_deactivated_and_signed_out(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    bob = Student.objects.get(display_name="Bob Cole")
    issue_token(bob.user)
    roster.remove_user("p2")
    said = run(roster.write(tmp_path / "set"))
    assert "1  people deactivated" in said
    bob.user.refresh_from_db()
    assert not bob.user.is_active
    assert not SignIn.objects.live().exists()
    assert SignIn.objects.get().ended_at is not None
    assert in_class("Room 12") == {"Alice Baker"}
    assert bob.enrolments.get().ended_on is not None


@pytest.mark.parametrize("change", [{"enabledUser": "false"}, {"status": "tobedeleted"}])
def test_user_marked_as_gone_is_as_good_as_missing(tmp_path: Path, change: dict[str, str]) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.users[-1] |= change
    roster.enrollments[-1] |= {"status": "tobedeleted"}
    run(roster.write(tmp_path / "set"))
    assert not User.objects.get(username="user-p2").is_active


def test_whoever_comes_back_is_the_same_person_again(tmp_path: Path) -> None:
    full, without = OneRoster(), OneRoster()
    without.remove_user("p2")
    run(full.write(tmp_path / "full"))
    bob = Student.objects.get(display_name="Bob Cole")
    run(without.write(tmp_path / "without"))
    assert "1  people who return" in run(tmp_path / "full")
    bob.user.refresh_from_db()
    assert bob.user.is_active
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}
    assert "nothing to change" in run(tmp_path / "full")


def test_account_disabled_by_hand_stays_disabled(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    run(folder)
    User.objects.filter(username="user-p1").update(is_active=False)
    assert "nothing to change" in run(folder)
    assert not User.objects.get(username="user-p1").is_active


def test_people_and_classes_made_by_hand_are_left_alone(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    run(folder)
    school = School.objects.get()
    hand = Classroom.objects.create(school=school, slug="hand", name="By hand", code="HAND")
    guest = make_student("guest", hand)
    Enrolment.objects.create(
        student=Student.objects.get(display_name="Alice Baker"), classroom=hand
    )
    assert "nothing to change" in run(folder)
    guest.user.refresh_from_db()
    assert guest.user.is_active
    assert in_class("By hand") == {"Guest", "Alice Baker"}


def test_account_made_by_hand_is_found_by_its_username(tmp_path: Path) -> None:
    school = School.objects.create(slug="hill", name="Hill School")
    hand = Classroom.objects.create(school=school, slug="hand", name="By hand", code="HAND")
    alice = make_student("user-p1", hand)
    run(OneRoster().write(tmp_path / "set"))
    alice.refresh_from_db()
    assert alice.user.source_id == "p1"
    assert School.objects.get().source_id == "s1"
    assert "nothing to change" in run(tmp_path / "set")


def test_username_given_to_another_child_does_not_hand_over_the_reading(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.remove_user("p2")
    roster.add_user("p9", "student", "Benno", "New", username="user-p2")
    said = refused(roster.write(tmp_path / "set"))
    assert "users.csv:4: username: it belongs to somebody else already" in said
    assert Student.objects.filter(display_name="Bob Cole", user__is_active=True).exists()


def test_every_single_change_can_be_looked_at_before(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.users[0]["familyName"] = "=Rivera-Lund"
    roster.orgs.append({"sourcedId": "s2", "name": "Lake School", "type": "school"})
    roster.users[0]["orgSourcedIds"] = "s2"
    roster.remove_user("p2")
    roster.add_user("p3", "student", "Cleo", "Dunn")
    roster.enrol("p3", "c1")
    found = tmp_path / "changes.csv"
    run(roster.write(tmp_path / "set"), dry_run=True, changes=found)
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(found.read_text(encoding="utf-8-sig"))))
    short = [" ".join(filter(None, [r["change"], r["name"], r["class"], r["after"]])) for r in rows]
    assert short == [
        "new school",
        "new person Cleo Dunn",
        "person changed Rosa Rivera '=Rivera-Lund",
        "person changed Rosa Rivera Lake School",
        "person deactivated Bob Cole",
        "student joins a class Cleo Dunn Room 12",
        "student leaves a class Bob Cole Room 12",
    ]
    assert (rows[1]["file"], rows[1]["line"], rows[2]["before"]) == ("users.csv", "4", "Rivera")
    assert "Cleo Dunn" not in in_class("Room 12")
    said = refused(tmp_path / "set", changes=tmp_path / "nowhere" / "changes.csv")
    assert said == ""
    assert "Cleo Dunn" not in in_class("Room 12")


def test_half_a_file_does_not_send_a_school_home(tmp_path: Path) -> None:
    run(district(60).write(tmp_path / "set"))
    half = district(20).write(tmp_path / "half")
    assert "that takes --many-leave" in run(half, dry_run=True)
    refused(half)
    assert not User.objects.filter(is_active=False).exists()
    assert "40  people deactivated" in run(half, many_leave=True)


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


def test_child_who_changes_school_stays_the_same_child(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.orgs.append({"sourcedId": "s2", "name": "Lake School", "type": "school"})
    run(roster.write(tmp_path / "set"))
    alice = Student.objects.get(display_name="Alice Baker")
    roster.users[1]["orgSourcedIds"] = "s2"
    run(roster.write(tmp_path / "set"))
    alice.user.refresh_from_db()
    assert alice.user.school is not None
    assert alice.user.school.name == "Lake School"
    assert Student.objects.count() == 2


def test_nickname_given_by_hand_stays_until_the_roster_has_another_name(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    Student.objects.filter(display_name="Alice Baker").update(display_name="Ali", reading_level=5)
    assert "nothing to change" in run(tmp_path / "set")
    roster.users[1]["familyName"] = "Baker-Lund"
    run(roster.write(tmp_path / "set"))
    alice = Student.objects.get(user__username="user-p1")
    assert (alice.display_name, alice.reading_level) == ("Alice Baker-Lund", 5)


def test_guardians_and_administrators_are_passed_over(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.add_user("g1", "guardian", "Gwen", "Baker")
    roster.add_user("a1", "administrator", "Ada", "Office")
    roster.enrol("a1", "c1")
    run(roster.write(tmp_path / "set"))
    assert User.objects.count() == 3
    assert not User.objects.filter(role=Role.STAFF).exists()


def test_role_in_a_roster_never_makes_staff_of_an_account(tmp_path: Path) -> None:
    User.objects.create_superuser("user-t1", password="a-kettle-and-a-map")
    said = refused(OneRoster().write(tmp_path / "set"))
    assert "users.csv:2: username: it belongs to somebody else already" in said
    assert User.objects.get(username="user-t1").source_id == ""


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: one.users[1].update(orgSourcedIds="s9"), "users.csv:3: school: it is not"),
        (lambda one: one.users[1].update(grades="47"), "users.csv:3: grades: “47” is no grade"),
        (lambda one: one.users[1].update(username="a b"), "users.csv:3: username: it may hold"),
        (lambda one: one.users[1].update(givenName="x" * 90), "users.csv:3: name: it is longer"),
        (lambda one: one.users[1].update(givenName="", familyName=""), "users.csv:3: name: it is"),
        (lambda one: one.users[2].update(username="user-p1"), "users.csv:4: username: somebody"),
        (lambda one: one.users[2].update(sourcedId="p1"), "users.csv:4: the id “p1” was there"),
        (lambda one: one.classes[0].update(schoolSourcedId="x"), "classes.csv:2: schoolSourcedId"),
        (lambda one: one.classes[0].update(title=""), "classes.csv:2: title: it is empty"),
        (lambda one: one.enrollments[1].update(userSourcedId="p7"), "enrollments.csv:3: userSour"),
        (lambda one: one.enrollments[1].update(classSourcedId="c7"), "enrollments.csv:3: classSou"),
        (
            lambda one: one.enrollments[1].update(role="teacher"),
            "enrollments.csv:3: role: else",
        ),
        (lambda one: one.users[1].update(role="pupil"), "users.csv:3: role: “pupil” is no role"),
        (lambda one: one.users[1].update(enabledUser=""), "users.csv:3: enabledUser: it is true"),
        (lambda one: one.users[1].update(status="inactive"), "users.csv:3: status: “inactive”"),
        (lambda one: one.enrollments[1].update(endDate="6/9/27"), "enrollments.csv:3: endDate"),
        (lambda one: one.orgs.pop(), "orgs.csv:1: there is no school in it"),
        (lambda one: one.users.__delitem__(slice(1, 3)), "users.csv:1: there is no student in it"),
    ],
)
def test_bad_row_is_named_by_file_line_and_reason_and_nothing_changes(
    tmp_path: Path, spoil: Any, said: str
) -> None:
    roster = OneRoster()
    spoil(roster)
    before = everything()
    assert said in refused(roster.write(tmp_path / "set"))
    assert everything() == before


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    roster = OneRoster()
    for user in roster.users[1:]:
        user["grades"] = "99"
    assert refused(roster.write(tmp_path / "set")).count("is no grade") == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manifest.csv", b"propertyName,value\noneroster.version,2.0\n", "manifest.csv:2: oneros"),
        ("manifest.csv", b"propertyName,value\n", "manifest.csv:1: oneroster.version must be"),
        (
            "manifest.csv",
            b"propertyName,value\noneroster.version,1.1\nfile.users,delta\n",
            "manifest.csv:3: file.users is “delta”",
        ),
        ("users.csv", b"", "users.csv:1: there is no column “familyName”"),
        ("users.csv", USERS + b"p1,true,s1,student,\xff,x\n", "users.csv:2: this is not U"),
        ("users.csv", USERS + b'"p1,x\n', "users.csv:2: the quotes do not"),
        (
            "users.csv",
            USERS + b"p1,true,s1,student,a\0b,x\n",
            "users.csv:2: this is not te",
        ),
        ("users.csv", USERS + b"p1,true,s1,student,a,b,c\n", "users.csv:2: there are more"),
        ("users.csv", b"sourcedId,sourcedId,givenName,familyName\n", "“sourcedId” is there twice"),
    ],
)
def test_file_that_is_no_such_table_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    folder = OneRoster().write(tmp_path / "set")
    (folder / name).write_bytes(content)
    assert said in refused(folder)


def test_folder_or_file_that_is_missing_is_said(tmp_path: Path) -> None:
    assert "there is no such file or folder" in refused(tmp_path / "nothing")
    assert "there is no CSV or XLSX file in it" in refused(tmp_path)
    (tmp_path / "roster.zip").write_bytes(b"PK, but no more")
    assert "roster.zip: this is no ZIP file" in refused(tmp_path / "roster.zip")
    folder = OneRoster().write(tmp_path / "set")
    (folder / "classes.csv").unlink()
    assert "classes.csv: the file cannot be read" in refused(folder)


def district(count: int) -> OneRoster:
    roster = OneRoster()
    for number in range(count):
        roster.add_user(f"n{number}", "student", f"Name{number}", "Of Many", grades="04")
        if number % 30 == 0:
            roster.add_class(f"m{number // 30}", f"Room M{number // 30}")
        roster.enrol(f"n{number}", f"m{number // 30}")
    return roster


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

"""What the OneRoster specification says about who belongs where, and until when."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from readerai.accounts.models import Role, User

from .imports import in_class, refused, run
from .oneroster_files import OneRoster

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_who_works_for_the_district_or_a_department_belongs_where_they_teach(
    tmp_path: Path, version: str
) -> None:
    roster = OneRoster(version)
    roster.orgs.append(
        {"sourcedId": "o1", "name": "Reading", "type": "department", "parentSourcedId": "s1"}
    )
    roster.add_user("t2", "teacher", "Dee", "Partment", orgSourcedIds="o1")
    roster.add_user("t3", "teacher", "Dis", "Trict", orgSourcedIds="d1")
    roster.add_user("t4", "teacher", "No", "Class", orgSourcedIds="d1")
    roster.enrol("t3", "c1")
    run(roster.write(tmp_path / "set"))
    here = User.objects.filter(role=Role.TEACHER, school__name="Hill School")
    assert set(here.values_list("source_id", flat=True)) == {"t1", "t2", "t3"}
    assert not User.objects.filter(source_id="t4").exists()


@pytest.mark.parametrize(("over", "here"), [(0, False), (1, True)])
def test_enrolment_is_over_on_the_day_that_is_its_end_and_holds_before_its_beginning(
    tmp_path: Path, over: int, here: bool
) -> None:
    roster = OneRoster()
    day = timezone.now().date() + dt.timedelta(days=over)
    roster.enrollments[1] |= {"beginDate": "2009-08-15", "endDate": day.isoformat()}
    roster.enrollments[2] |= {"beginDate": "2999-08-15", "endDate": "3000-06-15T00:00:00.000Z"}
    run(roster.write(tmp_path / "set"))
    assert in_class("Room 12") == ({"Alice Baker", "Bob Cole"} if here else {"Bob Cole"})


def test_role_that_is_over_is_none_and_whoever_has_none_is_in_no_class(tmp_path: Path) -> None:
    roster = OneRoster("1.2")
    roster.users[1]["roleEnds"] = "2009-06-15"
    said = run(roster.write(tmp_path / "set"))
    assert "over: enrollments.csv:3: userSourcedId: roles.csv gives this user no role" in said
    roster.enrollments.pop(1)
    run(roster.write(tmp_path / "set"))
    assert in_class("Room 12") == {"Bob Cole"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: one.enrollments.append(one.enrollments[1]), "enrollments.csv:5: the id"),
        (lambda one: one.users.append(one.users[1]), "users.csv:5: the id “p1” was there"),
        (lambda one: one.classes.append(one.classes[0]), "classes.csv:3: the id “c1”"),
        (lambda one: one.enrol("t1", "c7"), "enrollments.csv:5: classSourcedId: it is not"),
        (lambda one: one.enrol("p7", "c1", "student"), "enrollments.csv:5: userSourcedId: it is"),
        (lambda one: one.enrollments[0].update(role="student"), "enrollments.csv:2: role: else"),
        (
            lambda one: one.add_class("c2", "Gone", schoolSourcedId="s9"),
            "classes.csv:3: schoolSourcedId",
        ),
        (
            lambda one: one.add_user("p9", "student", "No", "Where", orgSourcedIds="s9"),
            "users.csv:5: school: it is not among",
        ),
    ],
)
def test_row_that_is_there_twice_or_leads_nowhere_is_passed_over_and_said(
    tmp_path: Path, spoil: Any, said: str
) -> None:
    roster = OneRoster()
    spoil(roster)
    assert f"passed over: {said}" in run(roster.write(tmp_path / "set"))
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}


def test_user_of_a_school_that_is_gone_belongs_to_the_school_of_their_class(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.users[1]["orgSourcedIds"] = "s9"
    assert "passed over" not in run(roster.write(tmp_path / "set"))
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}


def test_set_is_taken_from_a_zip_file_with_a_folder_in_it_or_without(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    for name in ("", "export/"):
        with zipfile.ZipFile(tmp_path / "set.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in folder.iterdir():
                archive.write(file, f"{name}{file.name}")
        run(tmp_path / "set.zip")
        assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}
    (folder / "users.csv").unlink()
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    assert "users.csv: the file cannot be read" in refused(tmp_path / "set.zip")

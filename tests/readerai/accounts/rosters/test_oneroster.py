"""What the OneRoster specification says about who belongs where, and until when."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

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
    said = refused(roster.write(tmp_path / "set"))
    assert said.strip() == "enrollments.csv:3: userSourcedId: roles.csv gives this user no role"
    roster.enrollments.pop(1)
    run(roster.write(tmp_path / "set"))
    assert in_class("Room 12") == {"Bob Cole"}


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

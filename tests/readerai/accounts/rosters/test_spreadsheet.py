"""A plain spreadsheet as a roster."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from readerai.accounts.models import Classroom, School, Student, User

from .imports import everything, in_class, refused, run
from .oneroster_files import OneRoster

pytestmark = pytest.mark.django_db

SHEET = """Name,Class,Grade,Username,Role
Alice Baker,Room 12,3,alice-123,
Bob Cole,Room 12; Choir,K,bob-456,student
Ms Rivera,Room 12,,ms-rivera,teacher
Ms Rivera,Choir,,ms-rivera,teacher
"""


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "roster.csv").write_bytes(text.encode(encoding))
    return folder


def test_sheet_makes_people_and_classes(tmp_path: Path) -> None:
    run(write(tmp_path, SHEET), school="Hill School")
    assert School.objects.get().slug == "hill-school"
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}
    assert in_class("Choir") == {"Bob Cole"}
    for room in Classroom.objects.all():
        assert room.teachers.get().username == "ms-rivera"
    alice = Student.objects.get(display_name="Alice Baker")
    assert (alice.reading_level, alice.user.username) == (3, "alice-123")


def test_second_run_changes_nothing_and_a_dry_run_neither(tmp_path: Path) -> None:
    path = write(tmp_path, SHEET)
    empty = everything()
    run(path, school="Hill School", dry_run=True)
    assert everything() == empty
    run(path, school="Hill School")
    before = everything()
    assert "nothing to change" in run(path, school="hill-school")
    assert "nothing to change" in run(tmp_path / "roster.csv")
    assert everything() == before


def test_sheet_of_names_and_classes_alone_is_enough(tmp_path: Path) -> None:
    text = "\ufeffclass;student name\nRoom 1;Åsa Öberg\nRoom 1;Zoë\n"
    run(write(tmp_path, text), school="Hill School")
    assert in_class("Room 1") == {"Åsa Öberg", "Zoë"}
    assert "nothing to change" in run(tmp_path)
    assert all(user.username.startswith("student-") for user in User.objects.all())


def test_child_missing_from_the_next_sheet_is_deactivated(tmp_path: Path) -> None:
    run(write(tmp_path, SHEET), school="Hill School")
    run(write(tmp_path, SHEET.replace("Alice Baker,Room 12,3,alice-123,\n", "")))
    assert not User.objects.get(username="alice-123").is_active
    assert in_class("Room 12") == {"Bob Cole"}


def test_new_year_ends_the_old_classes_in_one_step(tmp_path: Path) -> None:
    sheet = "name,class,year\nAlice,Room 12,{}\n"
    run(write(tmp_path, sheet.format("2027")), school="Hill School")
    run(write(tmp_path, sheet.format("2028")))
    years = Classroom.objects.order_by("school_year").values_list("school_year", "is_active")
    assert list(years) == [("2027", False), ("2028", True)]
    assert Student.objects.count() == 1
    assert in_class("Room 12") == {"Alice"}


def test_schools_of_one_sheet_are_told_apart(tmp_path: Path) -> None:
    run(write(tmp_path, "name,class,school\nSam,Room 1,Hill\nSam,Room 1,Lake\n"))
    assert Student.objects.filter(display_name="Sam").count() == 2
    assert Classroom.objects.filter(name="Room 1").count() == 2
    assert "nothing to change" in run(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nAlice\n", "roster.csv:1: there is no column “class”"),
        ("name,class\n,Room 1\n", "roster.csv:2: name: it is empty"),
        ("name,class\nAlice,\n", "roster.csv:2: class: it is empty"),
        ("name,class,grade\nAlice,R,13 1/2\nBo,R,77\n", "roster.csv:3: grade: “77” is no grade"),
        ("name,class,role\nAlice,R,boss\n", "roster.csv:2: role: it is student or teacher"),
        ("name,class\nSam,R\nSam,R\n", "roster.csv:3: this name is in line 2 too"),
        ("name,class,username\nA,R,x\nB,R,x\n", "roster.csv:3: line 2 says something else"),
        ("name,class\n", "roster.csv:1: there is no student in it"),
        ("", "roster.csv:1: there is no column “class”"),
    ],
)
def test_bad_row_is_named_and_nothing_changes(tmp_path: Path, text: str, said: str) -> None:
    before = everything()
    assert said in refused(write(tmp_path, text), school="Hill School")
    assert everything() == before


def test_sheet_without_a_school_asks_for_one(tmp_path: Path) -> None:
    assert "school: no column says which; choose one" in refused(
        write(tmp_path, "name,class\nAlice,R\n")
    )


def test_sheet_that_is_not_utf8_says_how_to_save_it(tmp_path: Path) -> None:
    write(tmp_path, "name,class\nÅsa,R\n", "cp1252")
    assert "save the file as “CSV UTF-8”" in refused(tmp_path, school="Hill School")


def test_two_sheets_in_a_folder_are_not_guessed_between(tmp_path: Path) -> None:
    write(tmp_path, SHEET)
    (tmp_path / "other.csv").write_text(SHEET, encoding="utf-8")
    assert "needs a manifest.csv" in refused(tmp_path, school="Hill School")


def test_xlsx_says_what_the_same_csv_says(tmp_path: Path) -> None:
    run(write(tmp_path, SHEET), school="Hill School")
    book = Workbook()
    for line in SHEET.splitlines():
        # Excel keeps what looks like a number as one.
        book.worksheets[0].append([int(c) if c.isdigit() else c or None for c in line.split(",")])
    book.save(tmp_path / "roster.xlsx")
    assert "nothing to change" in run(tmp_path / "roster.xlsx")
    book.worksheets[0]["C2"] = 47
    book.save(tmp_path / "roster.xlsx")
    assert "roster.xlsx:2: grade: “47” is no grade" in refused(tmp_path / "roster.xlsx")
    (tmp_path / "roster.xlsx").write_bytes(b"PK no more")
    assert "roster.xlsx: this is no XLSX file" in refused(tmp_path / "roster.xlsx")


def test_given_and_family_names_may_have_a_column_each(tmp_path: Path) -> None:
    text = "First Name,Last Name,Guardian,Guardian,Class\nMaria del Mar,Baker,A B,C D,Room 1\n"
    run(write(tmp_path, text), school="Hill School")
    user = Student.objects.get(display_name="Maria del Mar Baker").user
    assert (user.first_name, user.last_name) == ("Maria del Mar", "Baker")
    said = refused(write(tmp_path, "Guardian,Class\nA B,Room 1\n"), school="Hill School")
    assert said.strip() == "roster.csv:1: there is no column “name”"


def test_school_that_began_with_a_spreadsheet_goes_on_with_oneroster(tmp_path: Path) -> None:
    text = "name,class,username\nAlice Baker,Room 12,user-p1\nBob Cole,Room 12,user-p2\n"
    run(write(tmp_path, text), school="Hill School")
    before = set(Student.objects.values_list("pk", flat=True))
    run(OneRoster().write(tmp_path / "set"))
    assert School.objects.get().source_id == "s1"
    assert set(Student.objects.values_list("pk", flat=True)) == before
    assert "nothing to change" in run(tmp_path / "set")

"""A child stays the same child, however the next sheet spells or numbers them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from readerai.accounts.models import Student, User

from .imports import in_class, refused, run

pytestmark = pytest.mark.django_db


def sheet(folder: Path, *lines: str) -> Path:
    (folder / "roster.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name,class\nZoë Sol,R", "name,class\nZoe\u0308 Sol,R"),
        ("name,class\nAna O'Sol,R", "name,class\nAna O’Sol,R"),
        ("name,class\nAna Sol,R", 'name,class\n"Sol, Ana",R'),
        ("name,class\nAna Sol,R", "first name,last name,class\nANA,Sol\u200b,R"),
        ("name,class\nAna Sol,R", "name,class,id\nAna Sol,R,7"),
        ("name,class,id\nAna Sol,R,7", "name,class\nAna Sol,R"),
        ("name,class\nAna Sol,R", "name,class,username\nAna Sol,R,ana-7"),
        ("name,class,id\nAna Sol,R,007", "name,class,id\nAna Sol,R,7"),
        ("name,class,id\nAna Sol,R,7", "name,class,id\nAna Sol-Mar,R,7"),
        ("name,class\nAna Sol,R", "Hill School\n2027\n\nSchüler,Klasse\nAna Sol,R"),
        ("name,class\nAna Sol,R", "sep=;\nnombre;apellidos;clase\nAna;Sol;R"),
    ],
)
def test_child_written_otherwise_is_the_same_child(tmp_path: Path, before: str, after: str) -> None:
    run(sheet(tmp_path, before), school="Hill School")
    child = Student.objects.get()
    run(sheet(tmp_path, after))
    assert Student.objects.get() == child
    assert User.objects.get(student=child).is_active
    assert "nothing to change" in run(tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name,class,id\nAna Sol,R,7", "name,class,id\nAna Sol,R,8"),
        ("name,class,id\nAna Sol,R,007", "name,class,id\nBen Mar,R,7"),
        ("name,class,id\nAna Sol,R,7\nAna Sol,R,8", "name,class\nAna Sol,R"),
        ("name,class\nAna Sol,R", "name,class,id\nAna Sol,R,7\nAna Sol,S,8"),
        ("name,class\nZoe Sol,R", "name,class\nZoë Sol,R"),
    ],
)
def test_reading_is_not_handed_over_where_two_could_be_meant(
    tmp_path: Path, before: str, after: str
) -> None:
    run(sheet(tmp_path, before), school="Hill School")
    old = set(Student.objects.values_list("pk", flat=True))
    run(sheet(tmp_path, after))
    active = Student.objects.filter(user__is_active=True)
    assert not active.filter(pk__in=old).exists()
    assert active.exists()


def test_leaver_and_newcomer_who_look_alike_are_one_when_somebody_says_so(tmp_path: Path) -> None:
    run(sheet(tmp_path, "name,class,id", "Emma Smith,R,7", "Ben Mar,R,8"), school="Hill School")
    emma = Student.objects.get(display_name="Emma Smith")
    sheet(tmp_path, "name,class,id", "Emma Jones,R,9", "Ben Mar,R,8")
    assert "1 who are missing look like somebody new" in run(tmp_path, dry_run=True)
    with pytest.raises(CommandError, match="do not look alike"):
        run(tmp_path, same=["id:9=id:8"])
    said = run(tmp_path, same=["id:9=id:7"])
    assert "deactivated" not in said
    emma.refresh_from_db()
    assert (emma.display_name, emma.user.source_id, emma.user.is_active) == (
        "Emma Jones",
        "id:9",
        True,
    )
    assert in_class("R") == {"Emma Jones", "Ben Mar"}


def test_two_of_one_name_are_asked_about(tmp_path: Path) -> None:
    lines = "name,class", "Emma Smith,R", "Emma Smith,S"
    assert "roster.csv:3: this name is in line 2 too: for one child" in refused(
        sheet(tmp_path, *lines), school="Hill School"
    )
    run(sheet(tmp_path, "name,class", "Emma Smith,R; S"), school="Hill School")
    assert in_class("R") == in_class("S") == {"Emma Smith"}
    assert Student.objects.count() == 1


def test_number_that_a_sheet_shows_with_zeros_has_them(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["name", "class", "id"], ["Ana Sol", "R", 7]):
        book.worksheets[0].append(row)
    book.worksheets[0]["C2"].number_format = "000"
    book.save(tmp_path / "roster.xlsx")
    run(tmp_path, school="Hill School")
    assert User.objects.get(student__display_name="Ana Sol").source_id == "id:007"


def test_year_of_school_in_the_column_of_the_year_is_a_grade(tmp_path: Path) -> None:
    run(sheet(tmp_path, "name,class,year", "Ana Sol,R,Year 3"), school="Hill School")
    assert Student.objects.get().reading_level == 3

"""The titles of columns and the grades that schools write."""

from __future__ import annotations

import pytest

from readerai.accounts.rosters.files.values import parse_grade
from readerai.accounts.rosters.headers import column_of, role_of


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Name", "name"), ("Student Name", "name"), ("Pupil’s name", "name"), ("Pupils", "name"),
        ("Schüler/in", "name"), ("Nom de l’élève", "name"), ("first_name", "first"),
        ("firstName", "first"), ("Vorname", "first"), ("Prénom", "first"), ("Prenom", "first"),
        ("Legal Surname", "last"), ("APELLIDOS", "last"), ("Tutor Group", "class"),
        ("Klasse", "class"), ("Grade Level", "grade"), ("Jahrgangsstufe", "grade"),
        ("E-Mail", "email"), ("UPN", "id"), ("Student ID", "id"), ("Año escolar", "year"),
        ("Teacher", ""), ("Guardian name", ""), ("No.", ""), ("Class teacher", ""),
    ],
)  # fmt: skip
def test_column_is_known_by_its_title(title: str, column: str) -> None:
    assert column_of(title) == column


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("", "student"),
        ("Pupil", "student"),
        ("Lehrerin", "teacher"),
        ("Élève", "student"),
        ("x", ""),
    ],
)
def test_role_is_known_by_its_name(said: str, role: str) -> None:
    assert role_of(said) == role


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("3", 3), ("03", 3), ("3.0", 3), ("3rd", 3), ("third", 3), ("Third Grade", 3), ("Y3", 3),
        ("Year 3", 3), ("Grade three", 3), ("3. Klasse", 3), ("3º", 3), ("3A", 3), ("04,05", 4),
        ("2nd-3rd", 2), ("3/4", 3), ("KG", 0), ("Pre-K", 0), ("K-1", 0), ("Reception", 0),
        ("13", 12), ("PS", 12), ("twelfth", 12), ("", None), ("UG", None), ("Other", None),
    ],
)  # fmt: skip
def test_grade_is_read_as_schools_write_it(said: str, grade: int | None) -> None:
    assert parse_grade(said) == (grade, "")


@pytest.mark.parametrize("said", ["47", "Year 14", "2027"])
def test_number_that_is_no_grade_is_told(said: str) -> None:
    assert parse_grade(said)[1]

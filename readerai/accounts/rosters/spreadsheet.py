"""A plain spreadsheet, XLSX or CSV: a row for each person and class.

    name,class,grade,username,role
    Alice Baker,Room 12,3,alice-123,
    Ms Rivera,Room 12,,ms-rivera,teacher

``name`` (or ``first name`` and ``last name``) and ``class`` are needed; ``grade``, ``username``,
``id``, ``role`` (student if empty), ``school``, ``year`` and ``email`` may be there. Several
classes: several rows, or ``;`` between. What else the columns may be called: ``headers``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .files.sources import Source
from .files.tables import Problems, Row, read_table
from .files.values import parse_grade, unfit, unfit_username
from .headers import column_of, role_of
from .identity import compared, has_name_only, named_id
from .types import Location, Membership, Roster, RosterClass, RosterPerson, RosterSchool

#: Lines above the header: the school's name, a date, whatever a program prints first.
_TITLES: Final = 12


def read_spreadsheet(path: Source, *, school: str) -> Roster:
    """The roster in one file. ``school`` is the name of the school where no column says it.

    Raises ``RosterError`` with all that is wrong.
    """
    problems = Problems()
    roster = Roster()
    rows = read_table(
        path,
        {"class"},
        one_of=("name", "first", "last"),
        column_of=column_of,
        titles_before=_TITLES,
    )
    for row in rows:
        person = _person(row, school, roster, problems)
        if person is None:
            continue
        for name in _classes(row, problems):
            _enrol(row, person, name, roster, problems)
    if not any(person.role == "student" for person in roster.people.values()):
        problems.add(Location(path.name, 1), "there is no student in it")
    problems.raise_any()
    return roster


def _person(row: Row, school: str, roster: Roster, problems: Problems) -> RosterPerson | None:
    school_name = row["school"] or school
    given, family = _name(row)
    name = f"{given} {family}".strip()
    grade, grade_reason = parse_grade(row["grade"] or _grade_as_year(row))
    reasons = {
        "name": unfit(name, 80, required=True),
        "username": unfit_username(row["username"]),
        "id": unfit(row["id"], 200),
        "email": unfit(row["email"], 254),
        "school": unfit(school_name, 200) if school_name else "no column says which; choose one",
        "role": "" if role_of(row["role"]) else "it is student or teacher",
        "grade": grade_reason,
    }
    if problems.add_cells(row.at, reasons):
        return None
    school_id = unicodedata.normalize("NFKC", school_name).casefold()
    roster.schools.setdefault(school_id, RosterSchool(school_id, school_name, row.at))
    person = RosterPerson(
        id=_person_id(row, name),
        school_id=school_id,
        role=role_of(row["role"]),
        username=row["username"],
        given_name=given,
        family_name=family,
        grade=grade,
        email=row["email"],
        at=row.at,
    )
    return _once(person, roster, problems)


def _grade_as_year(row: Row) -> str:
    """The year where it is a year of school (``Year 3``) and none of a calendar; else empty."""
    said = re.findall(r"\d+", row["year"])
    return row["year"] if len(said) == 1 and int(said[0][:4]) <= 13 else ""


def _name(row: Row) -> tuple[str, str]:
    """The given and the family name, from two columns or from one: “Ana Sol” or “Sol, Ana”.

    Beside one half, “name” is the other (Spanish *Nombre* and *Apellidos*) or the whole.
    """
    first, last, whole = row["first"], row["last"], row["name"]
    if first or last:
        half = (first or last).split()
        other = " ".join(word for word in whole.replace(",", " ").split() if word not in half)
        return first or other, last or other
    family, comma, given = (part.strip() for part in whole.partition(","))
    if comma and family and given:
        return given, family
    given, _, family = whole.partition(" ")
    return given, family


def _person_id(row: Row, name: str) -> str:
    """What makes two rows the same person: their id, else the username, else the name."""
    if row["id"]:
        return f"id:{row['id']}"
    if row["username"]:
        return f"username:{row['username']}"
    return named_id(name)


def _once(person: RosterPerson, roster: Roster, problems: Problems) -> RosterPerson | None:
    """The person of this row; a second row of theirs (another class) must say the same of them."""
    before = roster.people.setdefault(f"{person.school_id}\n{person.id}", person)
    if before is not person and has_name_only(person.id) and person.role == "student":
        problems.add(
            person.at,
            f"this name is in line {before.at.line} too: for one child put the classes into one "
            "cell with ; between, for two children give both an id or a username",
        )
        return None
    same = (compared(before.display_name), before.role, before.username, before.grade)
    if same == (compared(person.display_name), person.role, person.username, person.grade):
        return person
    problems.add(
        person.at,
        f"line {before.at.line} says something else of the same person; "
        "give two people of one name an id or a username each",
    )
    return None


def _classes(row: Row, problems: Problems) -> list[str]:
    names = [" ".join(name.split()) for name in row["class"].split(";")]
    names = [name for name in names if name]
    for name in names:
        if reason := unfit(name, 120):
            problems.add(row.at, f"class: {reason}")
            return []
    if not names:
        problems.add(row.at, "class: it is empty")
    return names


def _enrol(row: Row, person: RosterPerson, name: str, roster: Roster, problems: Problems) -> None:
    year = "" if _grade_as_year(row) else row["year"]
    if reason := unfit(year, 20):
        problems.add(row.at, f"year: {reason}")
        return
    class_id = f"{year} {name}".strip().casefold()
    key = f"{person.school_id}\n{class_id}"
    roster.classes.setdefault(key, RosterClass(class_id, person.school_id, name, year, row.at))
    person_key = f"{person.school_id}\n{person.id}"
    membership = Membership(person_key, key, row.at)
    roster.memberships.setdefault((person_key, key), membership)

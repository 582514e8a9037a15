"""``users.csv``, in 1.2 with ``roles.csv``: the students and teachers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..files.tables import Problems, Row
from ..files.values import parse_grade, unfit, unfit_username
from ..types import Location, Roster, RosterPerson
from .files import Files, ids_in, is_new
from .schools import Orgs

_TAKEN: Final = ("student", "teacher")
_PASSED_OVER: Final = {
    "administrator", "aide", "counselor", "districtadministrator", "guardian", "parent",
    "principal", "proctor", "relative", "siteadministrator", "systemadministrator",
}  # fmt: skip

#: Every user's role by id; empty where none is in force.
Known = dict[str, str]


def read_people(files: Files, roster: Roster, orgs: Orgs, enrolled: Iterable[Row]) -> Known:
    """Fill ``roster.people`` with the students and teachers who may sign in.

    Returns every user, whatever their role.
    """
    known: Known = {}
    roles = _roles(files) if files.version == "1.2" else {}
    schools = _schools_of_classes(roster, enrolled)
    for row in files.rows("users"):
        identifier = row["sourcedId"]
        if not is_new(identifier, known, row, files.problems):
            continue
        if files.version == "1.1":
            role = _role(row, files.problems)
            places = ids_in(row["orgSourcedIds"])
        else:
            role, org = roles.get(identifier, ("", ""))
            places = [org, row["primaryOrgSourcedId"], *ids_in(row["orgSourcedIds"])]
        known[identifier] = role
        if role not in _TAKEN or not _is_enabled(row, files.problems):
            continue
        school = _school(row, places, orgs, schools, files.problems)
        person = _person(row, role, school, files.problems)
        if person is not None and school:
            roster.people[identifier] = person
    if not any(person.role == "student" for person in roster.people.values()):
        files.problems.add(Location("users.csv", 1), "there is no student in it")
    return known


def _role(row: Row, problems: Problems) -> str:
    role = row["role"].casefold()
    if role not in _TAKEN and role not in _PASSED_OVER and not role.startswith("ext:"):
        said = f"“{role[:20]}” is no role of OneRoster" if role else "it is empty"
        problems.add(row.at, f"role: {said}")
    return role


def _roles(files: Files) -> dict[str, tuple[str, str]]:
    """OneRoster 1.2: the role and the school of each user.

    Of several roles student or teacher comes before any other, and then the primary one.
    """
    roles: dict[str, tuple[str, str]] = {}
    rows = files.rows_of_today("roles")
    rows.sort(key=lambda row: row["roleType"].casefold() != "primary")
    for row in rows:
        role = _role(row, files.problems)
        held = roles.get(row["userSourcedId"])
        if held is None or (held[0] not in _TAKEN and role in _TAKEN):
            roles[row["userSourcedId"]] = (role, row["orgSourcedId"])
    return roles


def _is_enabled(row: Row, problems: Problems) -> bool:
    enabled = row["enabledUser"].casefold()
    if enabled not in {"true", "false"}:
        problems.add(row.at, "enabledUser: it is true or false")
    return enabled != "false"


def _schools_of_classes(roster: Roster, enrolled: Iterable[Row]) -> dict[str, str]:
    """The school of the first class that somebody is in, by user."""
    schools: dict[str, str] = {}
    for row in enrolled:
        classroom = roster.classes.get(row["classSourcedId"])
        if classroom is not None:
            schools.setdefault(row["userSourcedId"], classroom.school_id)
    return schools


def _school(
    row: Row, places: list[str], orgs: Orgs, of_classes: dict[str, str], problems: Problems
) -> str:
    """The school that somebody belongs to; empty where they have no place in this roster.

    Who works for the whole district belongs to the school of their class.
    """
    own = next((school for org in places if (school := orgs.school_of(org))), "")
    school = own or of_classes.get(row["sourcedId"], "")
    if not school and not any(org in orgs.parents for org in places):
        problems.pass_over(row.at, "school: it is not among the schools of orgs.csv")
    return school


def _person(row: Row, role: str, school_id: str, problems: Problems) -> RosterPerson | None:
    given = row["preferredGivenName"] or row["givenName"]
    family = row["preferredFamilyName"] or row["familyName"]
    grade, grade_reason = parse_grade(row["grades"])
    reasons = {
        "sourcedId": unfit(row["sourcedId"], 255, required=True),
        "name": unfit(f"{given} {family}".strip(), 80, required=True),
        "username": unfit_username(row["username"]),
        "email": unfit(row["email"], 254),
        "grades": grade_reason,
    }
    if problems.add_cells(row.at, reasons):
        return None
    return RosterPerson(
        id=row["sourcedId"],
        school_id=school_id,
        role=role,
        username=row["username"],
        given_name=given,
        family_name=family,
        grade=grade,
        email=row["email"],
        at=row.at,
    )

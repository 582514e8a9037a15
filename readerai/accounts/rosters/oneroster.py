"""OneRoster 1.1 and 1.2 as CSV files, in bulk.

Read: manifest, orgs, users, classes, enrollments, academicSessions, and in 1.2 roles. Passed over:
whoever is neither student nor teacher (guardians, administrators: staff are made by hand), and
everything that is not about who is in which class.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from .tables import Problems, Row, read_table
from .types import (
    Membership,
    Place,
    Roster,
    RosterClass,
    RosterPerson,
    RosterSchool,
)
from .values import grade_of, unfit, unfit_username

_VERSIONS = {"1.1": "1.1", "1.2": "1.2", "1.2.0": "1.2", "1.1.0": "1.1"}
_ROLES = {"student": "student", "teacher": "teacher"}
_FILES = {
    "orgs": {"sourcedId", "name", "type"},
    "users": {"sourcedId", "givenName", "familyName"},
    "classes": {"sourcedId", "title", "schoolSourcedId"},
    "enrollments": {"sourcedId", "classSourcedId", "userSourcedId", "role"},
    "academicSessions": {"sourcedId", "title"},
    "roles": {"userSourcedId", "role", "orgSourcedId"},
    "manifest": {"propertyName", "value"},
}
_OTHER_COLUMNS = {
    "status", "enabledUser", "orgSourcedIds", "role", "username", "email", "grades",
    "preferredGivenName", "preferredFamilyName", "primaryOrgSourcedId", "roleType",
    "termSourcedIds", "schoolYear", "parentSourcedId", "endDate",
}  # fmt: skip
_HEADERS = {name.casefold(): name for name in set().union(*_FILES.values(), _OTHER_COLUMNS)}


def is_oneroster(folder: Path) -> bool:
    return (folder / "manifest.csv").is_file()


def read_oneroster(folder: Path) -> Roster:
    """The roster in a folder of OneRoster files. Raises ``RosterError`` with all that is wrong."""
    version = _version(folder)
    problems = Problems()
    roster = Roster(ids_span_schools=True)
    _read_schools(folder, roster, problems)
    roles = _roles(folder) if version == "1.2" else {}
    known = _read_people(folder, roster, roles, problems)
    _read_classes(folder, roster, problems)
    _read_memberships(folder, roster, known, problems)
    problems.raise_any()
    return roster


def _table(folder: Path, name: str) -> list[Row]:
    """The rows in force; a row marked ``tobedeleted`` is as good as gone."""
    columns = _FILES[name]
    rows = read_table(folder / f"{name}.csv", columns, header_names=_HEADERS)
    return [row for row in rows if row["status"].casefold() != "tobedeleted"]


def _version(folder: Path) -> str:
    said = {row["propertyName"].casefold(): row for row in _table(folder, "manifest")}
    at = Place("manifest.csv", 1)
    problems = Problems()
    row = said.get("oneroster.version")
    version = _VERSIONS.get(row["value"], "") if row else ""
    if not version:
        problems.add(row.at if row else at, "oneroster.version must be 1.1 or 1.2")
    for name in ("orgs", "users", "classes", "enrollments"):
        row = said.get(f"file.{name}".casefold())
        how = row["value"].casefold() if row else "bulk"
        if how != "bulk":
            where = row.at if row else at
            problems.add(where, f"file.{name} is “{how[:20]}”; whole lists (bulk) are needed")
    problems.raise_any()
    return version


def _checked(row: Row, names: tuple[str, ...], longest: int, problems: Problems) -> bool:
    """Whether the cells can be kept; says which cannot."""
    reasons = {
        name: "it is empty" if not row[name] else unfit(row[name], longest) for name in names
    }
    for name, reason in reasons.items():
        if reason:
            problems.add(row.at, f"{name}: {reason}")
    return not any(reasons.values())


def _is_new(identifier: str, seen: Container[str], row: Row, problems: Problems) -> bool:
    if identifier in seen:
        problems.add(row.at, f"the id “{identifier[:60]}” was there before")
        return False
    return True


def _read_schools(folder: Path, roster: Roster, problems: Problems) -> None:
    for row in _table(folder, "orgs"):
        if row["type"].casefold() != "school":
            continue
        if _checked(row, ("sourcedId", "name"), 200, problems) and _is_new(
            row["sourcedId"], roster.schools, row, problems
        ):
            roster.schools[row["sourcedId"]] = RosterSchool(row["sourcedId"], row["name"], row.at)
    if not roster.schools:
        problems.add(Place("orgs.csv", 1), "there is no school in it")


def _roles(folder: Path) -> dict[str, tuple[str, str]]:
    """OneRoster 1.2: each user's role and school, the primary one before others."""
    found: dict[str, tuple[str, str]] = {}
    rows = _table(folder, "roles")
    rows.sort(key=lambda row: row["roleType"].casefold() != "primary")
    for row in rows:
        role = row["role"].casefold()
        if role in _ROLES or row["userSourcedId"] not in found:
            held = found.get(row["userSourcedId"])
            if held is None or held[0] not in _ROLES:
                found[row["userSourcedId"]] = (role, row["orgSourcedId"])
    return found


def _read_people(
    folder: Path, roster: Roster, roles: dict[str, tuple[str, str]], problems: Problems
) -> set[str]:
    """Fills ``roster.people``; gives back every user's id, whatever their role."""
    known: set[str] = set()
    for row in _table(folder, "users"):
        identifier = row["sourcedId"]
        if not _is_new(identifier, known, row, problems):
            continue
        known.add(identifier)
        role, school = roles.get(identifier, (row["role"].casefold(), ""))
        if role not in _ROLES or row["enabledUser"].casefold() == "false":
            continue
        schools = [school, row["primaryOrgSourcedId"], *_list(row["orgSourcedIds"])]
        school_id = next((one for one in schools if one in roster.schools), "")
        person = _person(row, role, school_id, problems)
        if person is not None:
            roster.people[identifier] = person
    if not any(person.role == "student" for person in roster.people.values()):
        problems.add(Place("users.csv", 1), "there is no student in it")
    return known


def _person(row: Row, role: str, school_id: str, problems: Problems) -> RosterPerson | None:
    given = row["preferredGivenName"] or row["givenName"]
    family = row["preferredFamilyName"] or row["familyName"]
    reasons = {
        "sourcedId": "it is empty" if not row["sourcedId"] else unfit(row["sourcedId"], 255),
        "name": unfit(f"{given} {family}", 80) if given or family else "it is empty",
        "username": unfit_username(row["username"]) if row["username"] else "",
        "email": unfit(row["email"], 254),
        "school": "" if school_id else "it is not among the schools of orgs.csv",
        "grades": "",
    }
    grade = None
    try:
        grade = grade_of(row["grades"])
    except ValueError as error:
        reasons["grades"] = str(error)
    for name, reason in reasons.items():
        if reason:
            problems.add(row.at, f"{name}: {reason}")
    if any(reasons.values()):
        return None
    return RosterPerson(
        id=row["sourcedId"],
        school_id=school_id,
        role=_ROLES[role],
        username=row["username"],
        given_name=given,
        family_name=family,
        grade=grade,
        email=row["email"],
        at=row.at,
    )


def _read_classes(folder: Path, roster: Roster, problems: Problems) -> None:
    years = _school_years(folder)
    for row in _table(folder, "classes"):
        if not _checked(row, ("sourcedId", "title"), 120, problems):
            continue
        if not _is_new(row["sourcedId"], roster.classes, row, problems):
            continue
        if row["schoolSourcedId"] not in roster.schools:
            problems.add(row.at, "schoolSourcedId: it is not among the schools of orgs.csv")
            continue
        terms = [years[term] for term in _list(row["termSourcedIds"]) if term in years]
        roster.classes[row["sourcedId"]] = RosterClass(
            row["sourcedId"], row["schoolSourcedId"], row["title"], max(terms, default=""), row.at
        )


def _school_years(folder: Path) -> dict[str, str]:
    if not (folder / "academicSessions.csv").is_file():
        return {}
    rows = _table(folder, "academicSessions")
    return {row["sourcedId"]: (row["schoolYear"] or row["endDate"][:4])[:20] for row in rows}


def _read_memberships(folder: Path, roster: Roster, known: set[str], problems: Problems) -> None:
    seen: set[str] = set()
    for row in _table(folder, "enrollments"):
        role = row["role"].casefold()
        if not _is_new(row["sourcedId"], seen, row, problems):
            continue
        seen.add(row["sourcedId"])
        if role not in _ROLES:
            continue
        if row["classSourcedId"] not in roster.classes:
            problems.add(row.at, "classSourcedId: it is not among the classes of classes.csv")
        elif row["userSourcedId"] not in known:
            problems.add(row.at, "userSourcedId: it is not among the users of users.csv")
        else:
            _enrol(row, role, roster, problems)


def _enrol(row: Row, role: str, roster: Roster, problems: Problems) -> None:
    person = roster.people.get(row["userSourcedId"])
    if person is None:
        return  # known, but disabled or neither student nor teacher
    if person.role != _ROLES[role]:
        problems.add(row.at, f"role: users.csv says that this is a {person.role}")
        return
    key = (person.id, row["classSourcedId"])
    roster.memberships[key] = Membership(person.id, row["classSourcedId"], row.at)


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]

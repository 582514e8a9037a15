"""``classes.csv``, and in ``enrollments.csv`` who is in them."""

from __future__ import annotations

from collections.abc import Iterable

from ..tables import Problems, Row
from ..types import Membership, Roster, RosterClass
from .files import Files, ids_in, is_fit, is_new
from .people import Known


def read_classes(files: Files, roster: Roster) -> None:
    """Fills ``roster.classes``."""
    years = _school_years(files)
    for row in files.rows("classes"):
        if not is_fit(row, ("sourcedId", "title"), 120, files.problems):
            continue
        if not is_new(row["sourcedId"], roster.classes, row, files.problems):
            continue
        if row["schoolSourcedId"] not in roster.schools:
            files.problems.add(row.at, "schoolSourcedId: it is not among the schools of orgs.csv")
            continue
        terms = [years[term] for term in ids_in(row["termSourcedIds"]) if term in years]
        roster.classes[row["sourcedId"]] = RosterClass(
            row["sourcedId"], row["schoolSourcedId"], row["title"], max(terms, default=""), row.at
        )


def _school_years(files: Files) -> dict[str, str]:
    """The school year of every session, however long; the file may be left out."""
    if not (files.folder / "academicSessions.csv").is_file():
        return {}
    rows = files.rows("academicSessions")
    return {row["sourcedId"]: (row["schoolYear"] or row["endDate"][:4])[:20] for row in rows}


def enrollments(files: Files) -> list[Row]:
    """The enrolments of today."""
    return files.rows_of_today("enrollments")


def read_memberships(
    enrolled: Iterable[Row], roster: Roster, known: Known, problems: Problems
) -> None:
    """Fills ``roster.memberships``."""
    seen: set[str] = set()
    for row in enrolled:
        if not is_new(row["sourcedId"], seen, row, problems):
            continue
        seen.add(row["sourcedId"])
        role = row["role"].casefold()
        if role not in ("student", "teacher"):
            continue
        if row["classSourcedId"] not in roster.classes:
            problems.add(row.at, "classSourcedId: it is not among the classes of classes.csv")
        elif row["userSourcedId"] not in known:
            problems.add(row.at, "userSourcedId: it is not among the users of users.csv")
        else:
            _enrol(row, role, roster, known[row["userSourcedId"]], problems)


def _enrol(row: Row, role: str, roster: Roster, known_as: str, problems: Problems) -> None:
    person = roster.people.get(row["userSourcedId"])
    if person is None and not known_as:
        problems.add(row.at, "userSourcedId: roles.csv gives this user no role")
    elif person is not None and person.role != role:
        problems.add(row.at, f"role: elsewhere in the set this is a {person.role}")
    elif person is not None:
        key = (person.id, row["classSourcedId"])
        roster.memberships[key] = Membership(person.id, row["classSourcedId"], row.at)
    # Anybody else is known, but may not sign in or is neither student nor teacher.

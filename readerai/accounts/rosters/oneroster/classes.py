"""``classes.csv``, and in ``enrollments.csv`` who is in them."""

from __future__ import annotations

from collections.abc import Iterable

from ..files.tables import Problems, Row
from ..types import Membership, Roster, RosterClass
from .files import Files, ids_in, is_fit, is_new
from .people import Known
from .sessions import Sessions, year_of


def read_classes(files: Files, roster: Roster, sessions: Sessions) -> dict[str, set[str]]:
    """Fill ``roster.classes``. Returns the sessions that the classes of each school are in."""
    named: dict[str, set[str]] = {}
    for row in files.rows("classes"):
        if not is_fit(row, ("sourcedId", "title"), 120, files.problems):
            continue
        if not is_new(row["sourcedId"], roster.classes, row, files.problems):
            continue
        school = row["schoolSourcedId"]
        if school not in roster.schools:
            files.problems.pass_over(
                row.at, "schoolSourcedId: it is not among the schools of orgs.csv"
            )
            continue
        terms = [term for term in ids_in(row["termSourcedIds"]) if term in sessions]
        named.setdefault(school, set()).update(terms)
        year = max((year_of(sessions[term]) for term in terms), default="")
        roster.classes[row["sourcedId"]] = RosterClass(
            row["sourcedId"], school, row["title"], year, row.at
        )
    return named


def enrollments(files: Files) -> list[Row]:
    """The enrolments of today."""
    return files.rows_of_today("enrollments")


def read_memberships(
    enrolled: Iterable[Row], roster: Roster, known: Known, problems: Problems
) -> None:
    """Fill ``roster.memberships``."""
    seen: set[str] = set()
    for row in enrolled:
        if not is_new(row["sourcedId"], seen, row, problems):
            continue
        seen.add(row["sourcedId"])
        role = row["role"].casefold()
        if role not in ("student", "teacher"):
            continue
        if row["classSourcedId"] not in roster.classes:
            problems.pass_over(row.at, "classSourcedId: it is not among the classes of classes.csv")
        elif row["userSourcedId"] not in known:
            problems.pass_over(row.at, "userSourcedId: it is not among the users of users.csv")
        else:
            _enrol(row, role, roster, known[row["userSourcedId"]], problems)


def _enrol(row: Row, role: str, roster: Roster, known_as: str, problems: Problems) -> None:
    person = roster.people.get(row["userSourcedId"])
    if person is None and not known_as:
        problems.pass_over(row.at, "userSourcedId: roles.csv gives this user no role")
    elif person is not None and person.role != role:
        problems.pass_over(row.at, f"role: elsewhere in the set this is a {person.role}")
    elif person is not None:
        key = (person.id, row["classSourcedId"])
        roster.memberships[key] = Membership(person.id, row["classSourcedId"], row.at)
    # Anybody else is known, but may not sign in or is neither student nor teacher.

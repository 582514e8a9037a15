"""A plan as a table: every single change, for whoever wants to see it before it is made."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from readerai.spreadsheets import harmless

from ..models import Term, User
from .people import person_changes
from .plan import RosterPlan
from .types import Location, Roster, RosterClass, RosterPerson, RosterTerm

COLUMNS = (
    "change", "school", "class", "role", "name", "roster id", "field", "before", "after",
    "file", "line",
)  # fmt: skip
_FIELDS = {
    "first_name": "given name",
    "last_name": "family name",
    "source_id": "roster id",
}

Change = dict[str, str]


def changes_of(roster: Roster, plan: RosterPlan) -> list[Change]:
    """Every single change, in the order in which an import makes them.

    Call it before the plan is carried out, which changes what it holds.
    """
    return list(_Changes(roster, plan))


def write_changes(file: IO[str], changes: Iterable[Change]) -> None:
    """Write them as CSV that no spreadsheet program takes for anything else."""
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    for change in changes:
        writer.writerow({name: harmless(text) for name, text in change.items()})


def save_changes(path: Path, changes: Iterable[Change]) -> None:
    """Write them into a file that its owner alone may read, since it names children."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        write_changes(file, changes)


class _Changes:
    def __init__(self, roster: Roster, plan: RosterPlan) -> None:
        self._roster, self._plan = roster, plan

    def __iter__(self) -> Iterator[Change]:
        parts = (self._schools, self._people, self._classes, self._memberships, self._terms)
        return chain.from_iterable(part() for part in parts)

    def _schools(self) -> Iterator[Change]:
        for key in self._plan.new_schools:
            new = self._roster.schools[key]
            yield _change("new school", new.at, school=new.name) | {"roster id": new.id}
        for school, wanted in self._plan.linked_schools:
            pairs = {"name": (school.name, wanted.name), "roster id": (school.source_id, wanted.id)}
            yield from _fields(_change("school changed", wanted.at, school=school.name), pairs)

    def _people(self) -> Iterator[Change]:
        for key in self._plan.new_people:
            yield self._person("new person", self._roster.people[key])
        for user, wanted in self._plan.changed_people:
            pairs = person_changes(user, wanted, self._plan.schools.get(wanted.school_id))
            if "school" in pairs:
                pairs["school"] = (str(user.school or ""), self._school(wanted))
            named = {_FIELDS.get(field, field): pair for field, pair in pairs.items()}
            yield from _fields(_of_user("person changed", user, wanted.at), named)
        for user, key in self._plan.look_alikes:
            new = self._roster.people[key]
            pair = {"same person?": (user.source_id, f"{new.display_name}, {new.id}")}
            yield from _fields(_of_user("looks like a new person", user, new.at), pair)
        for user in self._plan.returning_people:
            yield _of_user("person returns", user)
        for user in self._plan.leaving_people:
            yield _of_user("person deactivated", user)

    def _classes(self) -> Iterator[Change]:
        for key in self._plan.new_classes:
            yield self._class("new class", self._roster.classes[key])
        for classroom, wanted in self._plan.changed_classes:
            pairs = {
                "name": (classroom.name, wanted.name),
                "school year": (classroom.school_year, wanted.school_year),
                "running": ("yes" if classroom.is_active else "no", "yes"),
            }
            yield from _fields(self._class("class changed", wanted), pairs)
        for classroom in self._plan.ending_classes:
            ended = {"class": classroom.name, "roster id": classroom.source_id}
            yield _change("class ended", school=str(classroom.school)) | ended

    def _memberships(self) -> Iterator[Change]:
        for person, classroom in self._plan.joining:
            yield self._membership("student joins a class", person, classroom)
        for enrolment in self._plan.leaving_classes:
            left = {"class": enrolment.classroom.name}
            yield _of_user("student leaves a class", enrolment.student.user) | left
        for person, classroom in self._plan.new_teachings:
            yield self._membership("teacher given a class", person, classroom)
        for user, taught in self._plan.ending_teachings:
            yield _of_user("teacher taken off a class", user) | {"class": taught.name}

    def _terms(self) -> Iterator[Change]:
        for new in self._plan.terms.new:
            yield self._term("new term", new) | {"after": _days(new)}
        for term, wanted in self._plan.terms.changed:
            pair = {"before": f"{term}, {_days(term)}", "after": f"{wanted}, {_days(wanted)}"}
            yield self._term("term changed", wanted) | pair

    def _school(self, wanted: RosterPerson | RosterClass | RosterTerm) -> str:
        return self._roster.schools[wanted.school_id].name

    def _term(self, kind: str, term: RosterTerm) -> Change:
        change = _change(kind, term.at, school=self._school(term), name=str(term))
        return change | {"roster id": term.id}

    def _person(self, kind: str, person: RosterPerson) -> Change:
        change = _change(kind, person.at, school=self._school(person), role=person.role)
        return change | {"name": person.display_name, "roster id": person.id}

    def _class(self, kind: str, wanted: RosterClass) -> Change:
        change = _change(kind, wanted.at, school=self._school(wanted))
        return change | {"class": wanted.name, "roster id": wanted.id}

    def _membership(self, kind: str, person: str, classroom: str) -> Change:
        change = self._person(kind, self._roster.people[person])
        change |= {"class": self._roster.classes[classroom].name}
        return change | _at(self._roster.memberships[person, classroom].at)


def _change(kind: str, at: Location | None = None, **columns: str) -> Change:
    return {"change": kind} | columns | (_at(at) if at else {})


def _of_user(kind: str, user: User, at: Location | None = None) -> Change:
    change = _change(kind, at, school=str(user.school or ""), role=user.role)
    return change | {"name": user.get_full_name(), "roster id": user.source_id}


def _fields(change: Change, pairs: dict[str, tuple[str, str]]) -> Iterator[Change]:
    """The change once for each field that differs; ``pairs`` are before and after, by field."""
    for field, (before, after) in pairs.items():
        if before != after:
            yield change | {"field": field, "before": before, "after": after}


def _at(location: Location) -> Change:
    return {"file": location.file, "line": str(location.line)}


def _days(term: Term | RosterTerm) -> str:
    return f"{term.first_day} to {term.last_day}"

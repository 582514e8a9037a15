"""A plan as a table: every single change, for whoever wants to see it before it is made."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from readerai.spreadsheets import harmless

from ..models import Classroom, Term, User
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
        self._roster = roster
        self._plan = plan

    def __iter__(self) -> Iterator[Change]:
        yield from self._schools()
        yield from self._people()
        yield from self._classes()
        yield from self._places()
        yield from self._terms()

    def _schools(self) -> Iterator[Change]:
        for key in self._plan.new_schools:
            school = self._roster.schools[key]
            yield {"change": "new school", "school": school.name, "roster id": school.id} | _at(
                school.at
            )
        for existing, wanted in self._plan.linked_schools:
            pairs = {
                "name": (existing.name, wanted.name),
                "roster id": (existing.source_id, wanted.id),
            }
            for field, before, after in _differing(pairs):
                yield {
                    "change": "school changed", "school": existing.name, "field": field,
                    "before": before, "after": after,
                } | _at(wanted.at)  # fmt: skip

    def _people(self) -> Iterator[Change]:
        for key in self._plan.new_people:
            yield {"change": "new person"} | self._wanted(self._roster.people[key])
        for user, wanted in self._plan.changed_people:
            pairs = person_changes(user, wanted, self._plan.schools.get(wanted.school_id))
            if "school" in pairs:
                school = self._roster.schools[wanted.school_id]
                pairs["school"] = (str(user.school or ""), school.name)
            for field, before, after in _differing(pairs):
                yield {"change": "person changed"} | _here(user) | {
                    "field": _FIELDS.get(field, field), "before": before, "after": after,
                } | _at(wanted.at)  # fmt: skip
        for user in self._plan.returning_people:
            yield {"change": "person returns"} | _here(user)
        for user in self._plan.leaving_people:
            yield {"change": "person deactivated"} | _here(user)

    def _classes(self) -> Iterator[Change]:
        for key in self._plan.new_classes:
            yield {"change": "new class"} | self._class(self._roster.classes[key])
        for classroom, wanted in self._plan.changed_classes:
            pairs = {
                "name": (classroom.name, wanted.name),
                "school year": (classroom.school_year, wanted.school_year),
                "running": ("yes" if classroom.is_active else "no", "yes"),
            }
            for field, before, after in _differing(pairs):
                yield {"change": "class changed"} | self._class(wanted) | {
                    "field": field, "before": before, "after": after,
                }  # fmt: skip
        for classroom in self._plan.ending_classes:
            yield {"change": "class ended"} | _room(classroom)

    def _places(self) -> Iterator[Change]:
        for person, classroom in self._plan.joining:
            yield {"change": "student joins a class"} | self._place(person, classroom)
        for enrolment in self._plan.leaving_classes:
            yield (
                {"change": "student leaves a class"}
                | _here(enrolment.student.user)
                | {"class": enrolment.classroom.name}
            )
        for person, classroom in self._plan.new_teachings:
            yield {"change": "teacher given a class"} | self._place(person, classroom)
        for user, taught in self._plan.ending_teachings:
            yield {"change": "teacher taken off a class"} | _here(user) | {"class": taught.name}

    def _terms(self) -> Iterator[Change]:
        for term in self._plan.terms.new:
            yield {"change": "new term"} | self._term(term) | {"after": _spell(term)}
        for existing, term in self._plan.terms.changed:
            before, after = f"{existing}, {_spell(existing)}", f"{term}, {_spell(term)}"
            yield {"change": "term changed"} | self._term(term) | {"before": before, "after": after}

    def _term(self, term: RosterTerm) -> Change:
        school = self._roster.schools[term.school_id].name
        return {"school": school, "name": str(term), "roster id": term.id} | _at(term.at)

    def _wanted(self, person: RosterPerson) -> Change:
        return {
            "school": self._roster.schools[person.school_id].name,
            "role": person.role,
            "name": person.display_name,
            "roster id": person.id,
        } | _at(person.at)

    def _class(self, wanted: RosterClass) -> Change:
        school = self._roster.schools[wanted.school_id].name
        return {"school": school, "class": wanted.name, "roster id": wanted.id} | _at(wanted.at)

    def _place(self, person: str, classroom: str) -> Change:
        membership = self._roster.memberships[person, classroom]
        return (
            self._wanted(self._roster.people[person])
            | {"class": self._roster.classes[classroom].name}
            | _at(membership.at)
        )


def _here(user: User) -> Change:
    return {
        "school": str(user.school or ""),
        "role": user.role,
        "name": user.get_full_name(),
        "roster id": user.source_id,
    }


def _room(classroom: Classroom) -> Change:
    return {
        "school": str(classroom.school),
        "class": classroom.name,
        "roster id": classroom.source_id,
    }


def _spell(term: Term | RosterTerm) -> str:
    return f"{term.first_day} to {term.last_day}"


def _at(place: Location) -> Change:
    return {"file": place.file, "line": str(place.line)}


def _differing(pairs: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for field, (before, after) in pairs.items():
        if before != after:
            yield field, before, after

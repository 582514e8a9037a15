"""Concerns in a grown-up's words: where the child is, how soon to look, who looks after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from readerai.accounts.models import Classroom, School, Student, User

from ..school_time import school_time_zone
from ..wording import SEVERITIES, listed
from .cases import ConcernCase, cases, classes_of_children, school_of


@dataclass(frozen=True)
class ConcernEntry:
    """A concern as pages show it."""

    case: ConcernCase
    classes: list[Classroom]
    school: School | None

    @property
    def zone(self) -> dt.tzinfo:
        return school_time_zone(self.school)

    @property
    def where(self) -> str:
        return listed([room.name for room in self.classes])

    @property
    def severity_in_words(self) -> str:
        return SEVERITIES[self.case.severity]

    @property
    def state_in_words(self) -> str:
        record = self.case.record
        if record is None or record.seen_at is None:
            return "Nobody has seen it yet"
        if record.dealt_with_at is None:
            return f"{grown_up_name(record.seen_by)} looks after it"
        return f"Dealt with by {grown_up_name(record.dealt_with_by)}"

    @property
    def steps(self) -> list[tuple[dt.datetime, str]]:
        """What grown-ups did and when, the first thing first."""
        record = self.case.record
        if record is None:
            return []
        steps = [
            (record.seen_at, f"{grown_up_name(record.seen_by)} saw it"),
            (record.dealt_with_at, f"{grown_up_name(record.dealt_with_by)} dealt with it"),
        ]
        return [(at, text) for at, text in steps if at is not None]


def grown_up_name(user: User | None) -> str:
    """A grown-up as pages name them; one whose account is gone has no name."""
    return "Somebody" if user is None else user.get_full_name() or user.username


def concern_entries(found: Sequence[ConcernCase]) -> list[ConcernEntry]:
    """Concerns with their children's classes, in their order."""
    classes = classes_of_children(case.session.student_id for case in found) if found else {}
    entries = []
    for case in found:
        rooms = classes.get(case.session.student_id, [])
        entries.append(ConcernEntry(case, rooms, school_of(case.student, rooms)))
    return entries


def open_entries(students: Iterable[int] | QuerySet[Student]) -> list[ConcernEntry]:
    """The open urgent concerns about these children, as they stand at the top of a page."""
    return concern_entries(cases(students))

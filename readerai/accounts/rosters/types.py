"""What a roster says, whichever files it came in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file. ``line`` counts from 1; 0 stands for the whole file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


class RosterError(Exception):
    """Nothing was changed, for these reasons."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the files something stands."""

    file: str
    line: int


@dataclass(frozen=True)
class RosterSchool:
    id: str
    name: str
    at: Location


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """``role`` is "student" or "teacher". ``grade`` is 0 (kindergarten) to 12, None if not said.

    ``username`` may be empty: one is made then.
    """

    id: str
    school_id: str
    role: str
    username: str
    given_name: str
    family_name: str
    grade: int | None
    email: str
    at: Location

    @property
    def display_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class RosterClass:
    id: str
    school_id: str
    name: str
    school_year: str
    at: Location


@dataclass(frozen=True)
class RosterTerm:
    """A part of a school's year, both days in it."""

    id: str
    school_id: str
    school_year: str
    name: str
    first_day: dt.date
    last_day: dt.date
    at: Location

    def __str__(self) -> str:
        return f"{self.name}, {self.school_year}"


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in a class, as what their role says they are."""

    person_id: str
    class_id: str
    at: Location


@dataclass
class Roster:
    """Everything in force now, by id. Who is not in it has left.

    ``ids_span_schools``: an id means the same person in every school, so that somebody can move
    from one to another and stay themself. ``passed_over`` are rows that were not taken, and why.
    """

    schools: dict[str, RosterSchool] = field(default_factory=dict)
    people: dict[str, RosterPerson] = field(default_factory=dict)
    classes: dict[str, RosterClass] = field(default_factory=dict)
    memberships: dict[tuple[str, str], Membership] = field(default_factory=dict)
    terms: list[RosterTerm] = field(default_factory=list)
    passed_over: list[Problem] = field(default_factory=list)
    ids_span_schools: bool = False

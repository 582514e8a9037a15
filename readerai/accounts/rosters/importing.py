"""The steps of an import, for the command and the page alike: read, plan, preview, carry out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.db import IntegrityError, transaction

from ..models import School
from .apply import apply_plan
from .changes import Change, changes_of
from .compare import make_plan
from .plan import RosterPlan
from .read import read_roster
from .types import Roster


class TooManyLeaveError(Exception):
    """Nothing was changed: this looks like half a file."""


class ChangedMeanwhileError(Exception):
    """Nothing was changed: somebody changed people at the same time."""


@dataclass
class RosterImport:
    """A roster and what it would change, within the transaction in which it can be carried out."""

    roster: Roster
    plan: RosterPlan

    @cached_property
    def changes(self) -> list[Change]:
        """Every single one; to be asked for before ``carry_out``."""
        return changes_of(self.roster, self.plan)

    def join(self, ticked: Iterable[int]) -> None:
        """Plan anew where somebody said which of the plan's look-alikes are one person."""
        pairs = [self.plan.look_alikes[number] for number in ticked]
        if pairs:
            self.plan = make_plan(self.roster, {key: user.pk for user, key in pairs})
            self.__dict__.pop("changes", None)

    @property
    def look_alikes(self) -> list[tuple[str, str]]:
        """Who is here, in words, beside the new person who may be the same."""
        return [
            (
                f"{user.get_full_name()} ({user.source_id})",
                f"{self.roster.people[key].display_name} ({self.roster.people[key].id})",
            )
            for user, key in self.plan.look_alikes
        ]

    def carry_out(self, *, many_leave: bool) -> None:
        """Carry out the plan. Raises ``TooManyLeaveError`` unless ``many_leave``."""
        if self.plan.too_many_leave and not many_leave:
            raise TooManyLeaveError
        apply_plan(self.roster, self.plan)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind of change there are; kinds that there are none of are left out."""
        return {what: count for what, count in self.plan.counts.items() if count}

    @property
    def read(self) -> str:
        """How much was read, in a sentence that names nobody."""
        roster = self.roster
        return (
            f"{_many(len(roster.schools), 'school', 'schools')}, "
            f"{_many(len(roster.people), 'person', 'people')}, "
            f"{_many(len(roster.classes), 'class', 'classes')}, "
            f"{_many(len(roster.memberships), 'place', 'places')} in them"
        )


@contextmanager
def plan_import(path: Path, *, school: str = "") -> Iterator[RosterImport]:
    """Read the roster at ``path`` and compare it with what is here.

    The comparison and what is done within the block are one transaction.
    ``school`` is the name or short name of the school of a spreadsheet that does not say it.
    Raises ``RosterError`` and ``ChangedMeanwhileError``.
    """
    roster = read_roster(path, school=_school_name(school))
    try:
        with transaction.atomic():
            yield RosterImport(roster, make_plan(roster))
    except IntegrityError:
        raise ChangedMeanwhileError from None


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _school_name(given: str) -> str:
    """The full name of the school that was given, or of the only one there is."""
    if given:
        school = School.objects.filter(slug=given).first()
        return school.name if school else given
    names = list(School.objects.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""

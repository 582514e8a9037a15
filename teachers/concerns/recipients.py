"""Who is told of a concern, and from when on: the teachers of the child's classes and a school's
first contacts at once, its second contacts if nobody has seen it in time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readerai.accounts.models import (
    Classroom,
    Role,
    SafeguardingContact,
    SafeguardingPolicy,
    School,
    User,
)

from .cases import ConcernCase, classes_of_children, school_of


@dataclass(frozen=True)
class Ways:
    """How a school has concerns told: its decisions, and the contacts who still work there."""

    policy: SafeguardingPolicy = field(default_factory=SafeguardingPolicy)
    contacts: list[SafeguardingContact] = field(default_factory=list)

    @property
    def repeat(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.policy.repeat_minutes)

    def begin(self, contact: SafeguardingContact, at: dt.datetime) -> dt.datetime:
        """From when on a contact is told of what was written ``at`` that time."""
        if contact.order == SafeguardingContact.Order.FIRST:
            return at
        return at + dt.timedelta(minutes=self.policy.escalate_minutes)


@dataclass(frozen=True)
class Telling:
    """One concern, and the people who are to be told of it: each from a time on."""

    case: ConcernCase
    classes: Sequence[Classroom]
    school: School | None
    repeat: dt.timedelta
    recipients: list[tuple[User, dt.datetime]]


def tellings(found: Sequence[ConcernCase]) -> list[Telling]:
    """For each of these concerns, whom to tell: the same few queries for any number of them."""
    classes = classes_of_children(case.session.student_id for case in found)
    teachers = _teachers({room.pk for rooms in classes.values() for room in rooms})
    ways = ways_of(
        school
        for case in found
        if (school := school_of(case.student, classes.get(case.session.student_id, ())))
    )
    return [
        _telling(case, classes.get(case.session.student_id, []), teachers, ways) for case in found
    ]


def _telling(
    case: ConcernCase,
    rooms: list[Classroom],
    teachers: dict[int, list[User]],
    ways: dict[int, Ways],
) -> Telling:
    school = school_of(case.student, rooms)
    way = ways[school.pk] if school is not None else Ways()
    people = {user.pk: (user, case.at) for room in rooms for user in teachers.get(room.pk, ())}
    for contact in way.contacts:
        people.setdefault(contact.user_id, (contact.user, way.begin(contact, case.at)))
    reachable = [each for each in people.values() if each[0].email]
    return Telling(case, rooms, school, way.repeat, reachable)


def ways_of(schools: Iterable[School]) -> dict[int, Ways]:
    """How each of these schools has concerns told, by school."""
    pks = {school.pk for school in schools}
    policies = {each.pk: each for each in SafeguardingPolicy.objects.filter(pk__in=pks)}
    contacts: defaultdict[int, list[SafeguardingContact]] = defaultdict(list)
    acting = SafeguardingContact.objects.acting().filter(policy__in=pks)
    for contact in acting.select_related("user").order_by("order", "pk"):
        contacts[contact.policy_id].append(contact)
    return {pk: Ways(policies.get(pk, SafeguardingPolicy()), contacts[pk]) for pk in pks}


def _teachers(classrooms: set[int]) -> dict[int, list[User]]:
    """The people who teach these classes now, by class."""
    found: defaultdict[int, list[User]] = defaultdict(list)
    through = Classroom.teachers.through.objects.filter(
        classroom__in=classrooms, user__is_active=True, user__role=Role.TEACHER
    )
    for row in through.select_related("user").order_by("user"):
        found[row.classroom_id].append(row.user)
    return found

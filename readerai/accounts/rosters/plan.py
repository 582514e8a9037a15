"""What a roster would change: compared with the database, before anything is touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..models import Classroom, Enrolment, Role, School, User
from .tables import Problems
from .terms import TermPlan, plan_terms
from .types import Roster, RosterClass, RosterPerson, RosterSchool

_CHUNK = 500
_FEW_LEAVERS = 20


@dataclass
class Plan:
    """Each list is what ``apply`` does in that order; empty lists mean that nothing changes.

    People, classes and schools are named by their key in the roster where they are in it.
    """

    new_schools: list[str] = field(default_factory=list)
    linked_schools: list[tuple[School, RosterSchool]] = field(default_factory=list)
    new_people: list[str] = field(default_factory=list)
    changed_people: list[tuple[User, RosterPerson]] = field(default_factory=list)
    returning_people: list[User] = field(default_factory=list)
    leaving_people: list[User] = field(default_factory=list)
    new_classes: list[str] = field(default_factory=list)
    changed_classes: list[tuple[Classroom, RosterClass]] = field(default_factory=list)
    ending_classes: list[Classroom] = field(default_factory=list)
    joining: list[tuple[str, str]] = field(default_factory=list)
    leaving_classes: list[Enrolment] = field(default_factory=list)
    new_teachings: list[tuple[str, str]] = field(default_factory=list)
    ending_teachings: list[tuple[User, Classroom]] = field(default_factory=list)
    terms: TermPlan = field(default_factory=TermPlan)
    schools: dict[str, School] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    classes: dict[str, Classroom] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind of change, in words for whoever runs the import."""
        return {
            "new schools": len(self.new_schools),
            "schools given their roster id": len(self.linked_schools),
            "new people": len(self.new_people),
            "people changed": len(self.changed_people),
            "people who return": len(self.returning_people),
            "people deactivated": len(self.leaving_people),
            "new classes": len(self.new_classes),
            "classes changed": len(self.changed_classes),
            "classes ended": len(self.ending_classes),
            "students who join a class": len(self.joining),
            "students who leave a class": len(self.leaving_classes),
            "teachers given a class": len(self.new_teachings),
            "teachers taken off a class": len(self.ending_teachings),
            "new terms": len(self.terms.new),
            "terms changed": len(self.terms.changed),
        }

    @property
    def too_many_leave(self) -> bool:
        """Whether so many would be deactivated that half a file is likelier than half a school."""
        leaving, staying = len(self.leaving_people), len(self.people)
        return leaving > max(staying, _FEW_LEAVERS)

    @property
    def changes_nothing(self) -> bool:
        return not any(self.counts.values())


def make_plan(roster: Roster) -> Plan:
    """Compare; raises ``RosterError`` where the roster and what is here cannot both be."""
    plan = Plan()
    problems = Problems()
    _plan_schools(roster, plan)
    _plan_people(roster, plan, problems)
    _plan_classes(roster, plan)
    _plan_memberships(roster, plan)
    plan.terms = plan_terms(roster, plan.schools)
    problems.raise_any()
    return plan


def _plan_schools(roster: Roster, plan: Plan) -> None:
    here = list(School.objects.select_for_update())
    by_id = {school.source_id: school for school in here if school.source_id}
    # A school that came by a spreadsheet has its name for an id until a better one comes.
    by_name = {
        school.name.casefold(): school
        for school in here
        if school.source_id in {"", school.name.casefold()}
    }
    for key, wanted in roster.schools.items():
        school = by_id.get(wanted.id) or by_name.get(wanted.name.casefold())
        if school is None:
            plan.new_schools.append(key)
            continue
        plan.schools[key] = school
        if school.source_id != wanted.id or school.name != wanted.name:
            plan.linked_schools.append((school, wanted))


def _plan_people(roster: Roster, plan: Plan, problems: Problems) -> None:
    here = list(
        User.objects.filter(
            school__in=plan.schools.values(), role__in=[Role.STUDENT, Role.TEACHER]
        ).select_related("school")
    )
    find = _Finder(here, roster, plan)
    matched: set[int] = set()
    for key, wanted in roster.people.items():
        user = find(wanted)
        if user is None:
            plan.new_people.append(key)
        elif user.pk in matched:
            problems.add(wanted.at, "this is the same person as in another row")
        else:
            matched.add(user.pk)
            _compare_person(key, user, wanted, plan, problems)
    rostered = [user for user in here if user.source_id and user.pk not in matched]
    plan.leaving_people = [user for user in rostered if user.is_active]
    _refuse_taken_names(roster, plan, problems)


class _Finder:
    """Finds who somebody in the roster is here: by roster id, else by username.

    A username finds only an account that had no roster id, or whose id was that username. One
    with another id may be another child's, whose reading must not become this one's.
    """

    def __init__(self, here: list[User], roster: Roster, plan: Plan) -> None:
        self._schools = {key: school.pk for key, school in plan.schools.items()}
        self._by_id = {(user.school_id, user.source_id): user for user in here if user.source_id}
        self._anywhere = {user.source_id: user for user in here if user.source_id}
        self._spans = roster.ids_span_schools
        self._by_name = {
            (user.school_id, user.username): user
            for user in here
            if user.source_id in {"", f"username:{user.username}"}
        }

    def __call__(self, wanted: RosterPerson) -> User | None:
        school = self._schools.get(wanted.school_id)
        user = self._by_id.get((school, wanted.id))
        if user is None and self._spans:
            user = self._anywhere.get(wanted.id)
        if user is None and wanted.username:
            user = self._by_name.get((school, wanted.username))
        return user


def _compare_person(
    key: str, user: User, wanted: RosterPerson, plan: Plan, problems: Problems
) -> None:
    plan.people[key] = user
    if user.role != wanted.role:
        problems.add(wanted.at, f"role: here this is a {user.role}; change that by hand first")
        return
    if person_changes(user, wanted, plan.schools.get(wanted.school_id)):
        plan.changed_people.append((user, wanted))
    # An account that was disabled by hand stays so, whatever the roster says.
    if not user.is_active and user.left_roster_on is not None:
        plan.returning_people.append(user)


def person_changes(
    user: User, wanted: RosterPerson, school: School | None
) -> dict[str, tuple[str, str]]:
    """What the roster says otherwise of somebody: by field, what is here and what it will be.

    ``school`` is the one that is wanted, None where it is a new one.
    """
    here = {
        "first_name": (user.first_name, wanted.given_name),
        "last_name": (user.last_name, wanted.family_name),
        "source_id": (user.source_id, wanted.id),
        "email": (user.email, wanted.email or user.email),
        "username": (user.username, wanted.username or user.username),
    }
    changes = {name: pair for name, pair in here.items() if pair[0] != pair[1]}
    if school is None or user.school_id != school.pk:
        changes["school"] = (str(user.school_id or ""), str(school.pk) if school else "")
    return changes


def _refuse_taken_names(roster: Roster, plan: Plan, problems: Problems) -> None:
    """A username belongs to one person anywhere, so it is looked for in every school."""
    wanting: dict[str, str] = {}
    for key, person in roster.people.items():
        if person.username and wanting.setdefault(person.username, key) != key:
            problems.add(person.at, "username: somebody else in the roster has it")
    holders = (
        user
        for names in _chunks(wanting)
        for user in User.objects.filter(username__in=names).only("username")
    )
    for user in holders:
        key = wanting[user.username]
        # Whoever holds it now may be getting another name by the same roster; asking for that
        # to happen in the right order is more than a roster can be trusted with.
        if plan.people.get(key) is None or plan.people[key].pk != user.pk:
            problems.add(roster.people[key].at, "username: it belongs to somebody else already")


def _plan_classes(roster: Roster, plan: Plan) -> None:
    here = Classroom.objects.filter(school__in=plan.schools.values()).exclude(source_id="")
    here = here.select_related("school")
    by_id = {(room.school_id, room.source_id): room for room in here}
    school_of = {key: school.pk for key, school in plan.schools.items()}
    kept: set[int] = set()
    for key, wanted in roster.classes.items():
        school = school_of.get(wanted.school_id)
        room = by_id.get((school, wanted.id)) if school is not None else None
        if room is None:
            plan.new_classes.append(key)
            continue
        kept.add(room.pk)
        plan.classes[key] = room
        now = (room.name, room.school_year, room.is_active)
        if now != (wanted.name, wanted.school_year, True):
            plan.changed_classes.append((room, wanted))
    plan.ending_classes = [
        room for room in by_id.values() if room.is_active and room.pk not in kept
    ]


def _plan_memberships(roster: Roster, plan: Plan) -> None:
    """Only people and classes that came by a roster; what was arranged by hand stays."""
    person_keys = {user.pk: key for key, user in plan.people.items()}
    class_keys = {room.pk: key for key, room in plan.classes.items()}
    rooms = [*plan.classes.values(), *plan.ending_classes]
    students, teachers = _wanted(roster)
    enrolled = Enrolment.objects.filter(ended_on=None, classroom__in=rooms).select_related(
        "student__user__school", "classroom"
    )
    for enrolment in enrolled:
        user = enrolment.student.user
        pair = (person_keys.get(user.pk, ""), class_keys.get(enrolment.classroom_id, ""))
        if pair in students:
            students.pop(pair)
        elif user.source_id:
            plan.leaving_classes.append(enrolment)
    plan.joining = list(students)
    by_pk = {room.pk: room for room in rooms}
    links = Classroom.teachers.through.objects.filter(classroom__in=rooms).select_related(
        "user__school"
    )
    for link in links:
        pair = (person_keys.get(link.user_id, ""), class_keys.get(link.classroom_id, ""))
        if pair in teachers:
            teachers.pop(pair)
        elif link.user.source_id and link.classroom_id in class_keys:
            plan.ending_teachings.append((link.user, by_pk[link.classroom_id]))
    plan.new_teachings = list(teachers)


def _wanted(roster: Roster) -> tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]:
    students: dict[tuple[str, str], None] = {}
    teachers: dict[tuple[str, str], None] = {}
    for pair in roster.memberships:
        role = roster.people[pair[0]].role
        (students if role == Role.STUDENT else teachers)[pair] = None
    return students, teachers


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
    everything = list(names)
    for start in range(0, len(everything), _CHUNK):
        yield everything[start : start + _CHUNK]

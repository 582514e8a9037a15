"""Compare a roster with the database, before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping

from ..models import Classroom, Enrolment, Role, School, Student, User
from .batches import rows_by_pk
from .files.tables import Problems
from .people import plan_people
from .plan import RosterPlan
from .terms import plan_terms
from .types import Roster


def make_plan(roster: Roster, joined: Mapping[str, int] | None = None) -> RosterPlan:
    """Compare; ``joined`` says of new people, by key, which user they are.

    Raises ``RosterError`` where the roster and what is here cannot both be.
    """
    plan = RosterPlan()
    problems = Problems()
    _plan_schools(roster, plan)
    plan_people(roster, plan, problems, joined or {})
    _plan_classes(roster, plan)
    _plan_memberships(roster, plan)
    plan.terms = plan_terms(roster, plan.schools)
    problems.raise_any()
    return plan


def _plan_schools(roster: Roster, plan: RosterPlan) -> None:
    existing = list(School.objects.select_for_update())
    by_id = {school.source_id: school for school in existing if school.source_id}
    # A school that came by a spreadsheet has its name for an id until a better one comes.
    by_name = {
        school.name.casefold(): school
        for school in existing
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


def _plan_classes(roster: Roster, plan: RosterPlan) -> None:
    existing = Classroom.objects.filter(school__in=plan.schools.values()).exclude(source_id="")
    existing = existing.select_related("school")
    by_id = {(classroom.school_id, classroom.source_id): classroom for classroom in existing}
    school_of = {key: school.pk for key, school in plan.schools.items()}
    kept: set[int] = set()
    for key, wanted in roster.classes.items():
        school = school_of.get(wanted.school_id)
        classroom = by_id.get((school, wanted.id)) if school is not None else None
        if classroom is None:
            plan.new_classes.append(key)
            continue
        kept.add(classroom.pk)
        plan.classes[key] = classroom
        now = (classroom.name, classroom.school_year, classroom.is_active)
        if now != (wanted.name, wanted.school_year, True):
            plan.changed_classes.append((classroom, wanted))
    plan.ending_classes = [
        classroom
        for classroom in by_id.values()
        if classroom.is_active and classroom.pk not in kept
    ]


def _plan_memberships(roster: Roster, plan: RosterPlan) -> None:
    """Only people and classes that came by a roster; what was arranged by hand stays."""
    person_keys = {user.pk: key for key, user in plan.people.items()}
    class_keys = {classroom.pk: key for key, classroom in plan.classes.items()}
    classrooms = [*plan.classes.values(), *plan.ending_classes]
    students, teachers = _wanted(roster)
    enrolled = list(Enrolment.objects.filter(ended_on=None, classroom__in=classrooms))
    links = list(Classroom.teachers.through.objects.filter(classroom__in=classrooms))
    children = rows_by_pk(Student.objects.all(), (row.student_id for row in enrolled))
    user_pks = [*(child.user_id for child in children.values()), *(link.user_id for link in links)]
    users = rows_by_pk(User.objects.select_related("school"), user_pks)
    by_pk = {classroom.pk: classroom for classroom in classrooms}
    for enrolment in enrolled:
        student = children[enrolment.student_id]
        user = users[student.user_id]
        pair = (person_keys.get(user.pk, ""), class_keys.get(enrolment.classroom_id, ""))
        if pair in students:
            students.pop(pair)
        elif user.source_id:
            student.user, enrolment.student = user, student
            enrolment.classroom = by_pk[enrolment.classroom_id]
            plan.leaving_classes.append(enrolment)
    plan.joining = list(students)
    for link in links:
        user = users[link.user_id]
        pair = (person_keys.get(user.pk, ""), class_keys.get(link.classroom_id, ""))
        if pair in teachers:
            teachers.pop(pair)
        elif user.source_id and link.classroom_id in class_keys:
            plan.ending_teachings.append((user, by_pk[link.classroom_id]))
    plan.new_teachings = list(teachers)


def _wanted(roster: Roster) -> tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]:
    students: dict[tuple[str, str], None] = {}
    teachers: dict[tuple[str, str], None] = {}
    for pair in roster.memberships:
        role = roster.people[pair[0]].role
        (students if role == Role.STUDENT else teachers)[pair] = None
    return students, teachers

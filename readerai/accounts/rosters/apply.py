"""Carry out a plan, in bulk: an import of thousands is a few dozen statements."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from ..login.class_login import new_class_code
from ..login.pictures import FACES
from ..login.sign_ins import end_sign_ins
from ..models import ClassGroup, Classroom, Enrolment, Role, School, Student, User
from ..secrets import new_student_slug
from .batches import BATCH, batches
from .identity import kept_id
from .plan import RosterPlan
from .terms import apply_terms
from .types import Roster, RosterPerson

_FROM_THE_ROSTER = ["first_name", "last_name", "school", "source_id", "email", "username"]


def apply_plan(roster: Roster, plan: RosterPlan) -> None:
    """Carry out the plan. Call it in the transaction in which the plan was made."""
    _apply_schools(roster, plan)
    _change_people(plan)
    _make_people(roster, plan)
    _apply_classes(roster, plan)
    _apply_memberships(plan)
    apply_terms(plan.terms, plan.schools)


def _apply_schools(roster: Roster, plan: RosterPlan) -> None:
    for school, wanted in plan.linked_schools:
        school.source_id, school.name = wanted.id, wanted.name
        school.save(update_fields=["source_id", "name"])
    for key in plan.new_schools:
        wanted = roster.schools[key]
        slug = _free_slug(School.objects.all(), wanted.name)
        plan.schools[key] = School.objects.create(slug=slug, name=wanted.name, source_id=wanted.id)


def _change_people(plan: RosterPlan) -> None:
    renamed: dict[int, str] = {}
    for user, wanted in plan.changed_people:
        if (user.first_name, user.last_name) != (wanted.given_name, wanted.family_name):
            renamed[user.pk] = wanted.display_name
        user.first_name, user.last_name = wanted.given_name, wanted.family_name
        user.source_id = kept_id(user.source_id, wanted.id)
        user.school = plan.schools[wanted.school_id]
        user.email = wanted.email or user.email
        user.username = wanted.username or user.username
    changed = [user for user, _ in plan.changed_people]
    User.objects.bulk_update(changed, _FROM_THE_ROSTER, batch_size=BATCH)
    _rename_students(renamed)
    for users in batches(plan.returning_people):
        existing = User.objects.filter(pk__in=[user.pk for user in users])
        existing.update(is_active=True, left_roster_on=None)
    for users in batches(plan.leaving_people):
        leaving = User.objects.filter(pk__in=[user.pk for user in users])
        leaving.update(is_active=False, left_roster_on=timezone.now().date())
        end_sign_ins(users)


def _rename_students(names: dict[int, str]) -> None:
    """A nickname given by hand stays until the roster itself has another name."""
    students = [
        student
        for pks in batches(list(names))
        for student in Student.objects.filter(user__in=pks).only("user_id")
    ]
    for student in students:
        student.display_name = names[student.user_id]
    Student.objects.bulk_update(students, ["display_name"], batch_size=BATCH)


def _make_people(roster: Roster, plan: RosterPlan) -> None:
    users = {key: _new_user(roster.people[key], plan) for key in plan.new_people}
    User.objects.bulk_create(users.values(), batch_size=BATCH)
    plan.people |= users
    having = set(
        Student.objects.filter(user__school__in=plan.schools.values()).values_list(
            "user_id", flat=True
        )
    )
    Student.objects.bulk_create(
        (
            _new_student(user, roster.people[key], number)
            for number, (key, user) in enumerate(plan.people.items())
            if user.role == Role.STUDENT and user.pk not in having
        ),
        batch_size=BATCH,
    )


def _new_user(person: RosterPerson, plan: RosterPlan) -> User:
    return User(
        username=person.username or f"{person.role}-{secrets.token_hex(6)}",
        # Nobody knows it: children sign in by class code or badge, teachers are given one.
        password=make_password(None),
        first_name=person.given_name,
        last_name=person.family_name,
        email=person.email,
        role=person.role,
        school=plan.schools[person.school_id],
        source_id=person.id,
    )


def _new_student(user: User, person: RosterPerson, number: int) -> Student:
    """The public id is random: it stands in addresses, where no name belongs."""
    grade = {} if person.grade is None else {"reading_level": person.grade}
    return Student(
        user=user,
        slug=new_student_slug(),
        display_name=person.display_name,
        face=FACES[number % len(FACES)],
        **grade,
    )


def _apply_classes(roster: Roster, plan: RosterPlan) -> None:
    for classroom, wanted in plan.changed_classes:
        classroom.name, classroom.school_year, classroom.is_active = (
            wanted.name,
            wanted.school_year,
            True,
        )
        classroom.save(update_fields=["name", "school_year", "is_active"])
    for classrooms in batches(plan.ending_classes):
        Classroom.objects.filter(pk__in=[classroom.pk for classroom in classrooms]).update(
            is_active=False
        )
    slugs = set(Classroom.objects.values_list("slug", flat=True))
    codes = set(Classroom.objects.values_list("code", flat=True))
    made: dict[str, Classroom] = {}
    for key in plan.new_classes:
        wanted = roster.classes[key]
        made[key] = Classroom(
            school=plan.schools[wanted.school_id],
            slug=_class_slug(wanted.name, slugs),
            name=wanted.name,
            code=_class_code(codes),
            source_id=wanted.id,
            school_year=wanted.school_year,
        )
    Classroom.objects.bulk_create(made.values(), batch_size=BATCH)
    plan.classes |= made


def _apply_memberships(plan: RosterPlan) -> None:
    today = timezone.now().date()
    for leaving in batches(plan.leaving_classes):
        ids = [enrolment.pk for enrolment in leaving]
        Enrolment.objects.filter(pk__in=ids).update(ended_on=today)
        end_sign_ins(User.objects.filter(student__enrolments__in=ids))
    for enrolment in plan.leaving_classes:
        grouped = ClassGroup.students.through.objects.filter(student=enrolment.student_id)
        grouped.filter(classgroup__classroom=enrolment.classroom_id).delete()
    student_of = dict(
        Student.objects.filter(user__school__in=plan.schools.values()).values_list("user_id", "pk")
    )
    Enrolment.objects.bulk_create(
        (
            Enrolment(
                student_id=student_of[plan.people[person].pk], classroom=plan.classes[classroom]
            )
            for person, classroom in plan.joining
        ),
        batch_size=BATCH,
    )
    teaching = Classroom.teachers.through
    for user, classroom in plan.ending_teachings:
        teaching.objects.filter(user=user, classroom=classroom).delete()
    teaching.objects.bulk_create(
        (
            teaching(user=plan.people[person], classroom=plan.classes[classroom])
            for person, classroom in plan.new_teachings
        ),
        batch_size=BATCH,
    )


def _class_slug(name: str, taken: set[str]) -> str:
    base = slugify(name)[:40].strip("-") or "class"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _class_code(taken: set[str]) -> str:
    code = new_class_code()
    while code in taken:
        code = new_class_code()
    taken.add(code)
    return code


def _free_slug(schools: QuerySet[School], name: str) -> str:
    return _class_slug(name, set(schools.values_list("slug", flat=True)))

"""The people that the tests of accounts are about: a school with a class, and its neighbours."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import make_password

from readerai.accounts.models import Classroom, Enrolment, Role, School, Student, User

PASSWORD = "a-lantern-in-the-dark"


@cache
def _password_hash() -> str:
    return make_password(PASSWORD)  # slow on purpose, so once is enough


def make_user(username: str, role: str = Role.STUDENT, school: School | None = None) -> User:
    user = User(username=username, role=role, school=school, is_staff=role == Role.STAFF)
    user.password = _password_hash()
    user.save()
    return user


def make_student(username: str, classroom: Classroom | None = None) -> Student:
    school = classroom.school if classroom else None
    user = make_user(username, school=school)
    student = Student.objects.create(user=user, slug=username, display_name=username.title())
    if classroom is not None:
        Enrolment.objects.create(student=student, classroom=classroom)
    return student


def make_class(
    slug: str, *, teacher: User | None = None, school: School | None = None
) -> Classroom:
    school = school or School.objects.get_or_create(slug="hill", name="Hill School")[0]
    code = slug.replace("-", "").upper()
    classroom = Classroom.objects.create(school=school, slug=slug, name=slug.title(), code=code)
    if teacher is not None:
        classroom.teachers.add(teacher)
    return classroom

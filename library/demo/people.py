"""The demo's schools, classes and people. All of them have the same password."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from readerai.accounts.login.pictures import FACES, set_picture_password
from readerai.accounts.models import Classroom, Enrolment, Role, School, Student, User

PASSWORD = "read-with-me"
PICTURES = ("moon", "boat", "apple")
LOAD_CLASS_SIZE = 30

# Name, number behind it in the id, reading level (a school grade).
_ROOM_12 = """
alice 123 2, bob 456 3, carol 789 1, amara 104 2, mateo 118 3, yuki 127 2, hassan 131 1,
freya 142 4, diego 155 2, priya 163 3, oskar 174 2, leila 186 3, tomas 192 1, nia 203 2,
ravi 217 4, elif 225 2, jonah 238 3, mei 244 2, samuel 259 0, ingrid 262 3, kofi 271 2,
zofia 283 5, aaron 296 2, fatima 308 3, lucas 314 1, hana 327 2, emeka 335 3, clara 349 2,
arjun 352 3, noor 366 2
"""
_ROOM_14 = """
ada 401 4, bilal 412 5, chiara 423 4, dev 434 6, esme 445 5, finn 467 4, grace 478 5,
hugo 481 3, iman 492 6, jack 503 4, kenji 514 5, lucia 525 4
"""
_ROOM_3 = "dora 321 3, elias 332 2, frida 343 3, gustav 354 4, helga 365 2, ivar 376 3"


@dataclass(frozen=True)
class _Teacher:
    username: str
    first_name: str
    last_name: str


@dataclass(frozen=True)
class _Class:
    slug: str
    name: str
    code: str
    teacher: _Teacher
    students: str


_SCHOOLS = {
    ("willow-street", "Willow Street School"): [
        _Class("room-12", "Room 12", "ROOM12", _Teacher("ms-rivera", "Elena", "Rivera"), _ROOM_12),
        _Class("room-14", "Room 14", "ROOM14", _Teacher("mr-okafor", "Chidi", "Okafor"), _ROOM_14),
    ],
    ("harbor-hill", "Harbor Hill School"): [
        _Class("room-3", "Room 3", "HARBOR3", _Teacher("mrs-lund", "Astrid", "Lund"), _ROOM_3),
    ],
}


class _Password:
    """The shared password, hashed once and only when somebody new needs it."""

    _hash = ""

    def __call__(self) -> str:
        self._hash = self._hash or make_password(PASSWORD)
        return self._hash


def make_people() -> int:
    """Make whoever of the demo's people is missing; says how many that were."""
    password = _Password()
    made = 0
    with transaction.atomic():
        for (slug, name), classes in _SCHOOLS.items():
            school, _ = School.objects.get_or_create(slug=slug, defaults={"name": name})
            for described in classes:
                made += _make_class(school, described, password)
        made += _make_admin(password)
    return made


def _make_class(school: School, described: _Class, password: _Password) -> int:
    classroom, _ = Classroom.objects.get_or_create(
        slug=described.slug,
        defaults={"school": school, "name": described.name, "code": described.code},
    )
    rows = [part.split() for part in described.students.split(",")]
    wanted = {f"{name}-{number}": (name, int(level)) for name, number, level in rows}
    known = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    missing = {slug: row for slug, row in wanted.items() if slug not in known}
    students = _make_students(
        school,
        classroom,
        [(slug, name.capitalize(), level) for slug, (name, level) in missing.items()],
        password,
    )
    for student in students:
        set_picture_password(student, PICTURES)
    made = len(students)
    teacher = described.teacher
    if not User.objects.filter(username=teacher.username).exists():
        user = User.objects.create(
            username=teacher.username,
            first_name=teacher.first_name,
            last_name=teacher.last_name,
            role=Role.TEACHER,
            school=school,
            password=password(),
        )
        classroom.teachers.add(user)
        made += 1
    return made


def _make_students(
    school: School,
    classroom: Classroom,
    rows: list[tuple[str, str, int]],
    password: _Password,
) -> list[Student]:
    """Make students, (id, name, reading level) each, enrolled in a class."""
    users = User.objects.bulk_create(
        User(username=slug, first_name=name, school=school, password=password())
        for slug, name, _ in rows
    )
    students = Student.objects.bulk_create(
        Student(
            user=user,
            slug=slug,
            display_name=name,
            reading_level=level,
            face=FACES[place % len(FACES)],
        )
        for place, (user, (slug, name, level)) in enumerate(zip(users, rows, strict=True))
    )
    Enrolment.objects.bulk_create(
        Enrolment(student=student, classroom=classroom) for student in students
    )
    return students


def _make_admin(password: _Password) -> int:
    if User.objects.filter(username="admin").exists():
        return 0
    User.objects.create(
        username="admin",
        first_name="Sam",
        last_name="Keeper",
        role=Role.STAFF,
        is_staff=True,
        is_superuser=True,
        password=password(),
    )
    return 1


def make_load_students(count: int) -> int:
    """Students ``load-0001``… up to ``count`` in classes of thirty; says how many were new."""
    password = _Password()
    school = School.objects.get(slug="willow-street")
    known = set(
        User.objects.filter(username__startswith="load-").values_list("username", flat=True)
    )
    made = 0
    with transaction.atomic():
        for first in range(0, count, LOAD_CLASS_SIZE):
            number = first // LOAD_CLASS_SIZE + 1
            slug = f"load-class-{number:02d}"
            classroom, _ = Classroom.objects.get_or_create(
                slug=slug,
                defaults={
                    "school": school,
                    "name": f"Load class {number}",
                    "code": f"LOAD{number:04d}",
                },
            )
            ids = [f"load-{n + 1:04d}" for n in range(first, min(first + LOAD_CLASS_SIZE, count))]
            rows = [(slug, slug.capitalize(), 2) for slug in ids if slug not in known]
            made += len(_make_students(school, classroom, rows, password))
    return made

"""Which classes and children a teacher or member of staff manages.

For them nothing else exists.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from .login.class_login import child_of, children_of
from .models import Badge, Classroom, Student, User

_IN_A_ROSTER = ("school", "user", "student", "classroom", "enrolment", "term")


def may_import_rosters(user: User | AnonymousUser) -> bool:
    """Whether somebody may do by hand all that a roster does."""
    return user.has_perms(
        [f"accounts.{verb}_{model}" for model in _IN_A_ROSTER for verb in ("add", "change")]
    )


def managed_classes(user: User) -> QuerySet[Classroom]:
    """A teacher's own running classes; for staff with the right to change students all that run.

    Whoever makes a child's badge could sign in as that child.
    """
    if user.is_staff_role:
        running = Classroom.objects.filter(is_active=True)
        return running if user.has_perm("accounts.change_student") else running.none()
    return Classroom.objects.visible_to(user)


def managed_class(user: User, slug: str) -> Classroom:
    """Raises ``Http404`` alike for a foreign, an ended and an unknown class."""
    classroom = managed_classes(user).filter(slug=slug).first()
    if classroom is None:
        raise Http404
    return classroom


def managed_child(classroom: Classroom, slug: str) -> Student:
    """A child of the class as it is today; raises ``Http404`` for any other."""
    child = child_of(classroom, slug)
    if child is None:
        raise Http404
    return child


def children_with_badges(classroom: Classroom) -> list[tuple[Student, bool]]:
    """The class's children by name, and whether a badge of theirs is in use."""
    children = children_of(classroom)
    in_use = Badge.objects.filter(student__in=children, revoked_at=None)
    having = set(in_use.values_list("student_id", flat=True))
    return [(child, child.pk in having) for child in children]

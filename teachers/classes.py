"""A teacher's classes, the children in them, and those children's sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from readerai.accounts.models import Classroom, Enrolment, Role, Student, User
from sessions_app.models import Session

_ENROLLED: Final = Q(ended_on=None, student__user__is_active=True, student__user__role=Role.STUDENT)


def _enrolments() -> QuerySet[Enrolment]:
    """Today's enrolments, by the child's name."""
    rows = Enrolment.objects.filter(_ENROLLED).select_related("student")
    return rows.order_by("student__display_name", "student__slug")


def classes_of(user: User) -> QuerySet[Classroom]:
    """The running classes that ``user`` teaches, for ``enrolled_children``."""
    return (
        Classroom.objects.visible_to(user)
        .select_related("school")
        .prefetch_related(Prefetch("enrolments", _enrolments(), to_attr="enrolled"))
        .order_by("name", "slug")
    )


def class_of(user: User, slug: str) -> Classroom:
    """A class that ``user`` teaches; raises ``Http404`` alike for any other and for none."""
    classroom = classes_of(user).filter(slug=slug).first()
    if classroom is None:
        raise Http404
    return classroom


def enrolled_children(classroom: Classroom) -> list[Student]:
    """The children of a class that came from ``classes_of``, by name."""
    enrolments: list[Enrolment] = getattr(classroom, "enrolled")  # noqa: B009 - the prefetch's
    return [enrolment.student for enrolment in enrolments]


def children_enrolled_now(class_pk: int) -> list[Student]:
    """A class's children of today, by name; none where it does not run any more."""
    rows = _enrolments().filter(classroom=class_pk, classroom__is_active=True)
    return [enrolment.student for enrolment in rows]


def overview_rows(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """``sessions`` with all that an overview needs, without those whose key was erased."""
    return sessions.filter(key__erased_at=None).select_related("student", "book", "key", "presence")


def sessions_of(students: Iterable[int]) -> QuerySet[Session]:
    """Every session of these children, for overviews."""
    return overview_rows(Session.objects.filter(student__in=list(students)))

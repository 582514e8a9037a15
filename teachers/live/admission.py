"""Who may watch a class live, at the beginning and while they do."""

from __future__ import annotations

from collections.abc import Iterable

from readerai.accounts.models import Classroom, Role, SignIn, User

from ..access import log_class_access
from ..classes import classes_of


def admit_viewer(user: User, slug: str) -> Classroom | None:
    """The class that ``user`` wants to watch, if it is theirs; that they do is logged."""
    classroom = classes_of(user).filter(slug=slug).first()
    if classroom is not None:
        log_class_access(user, classroom)
    return classroom


def still_signed_in(sign_ins: Iterable[int]) -> set[int]:
    """Which of these sign-ins are live."""
    rows = SignIn.objects.live().filter(pk__in=list(sign_ins))
    return set(rows.values_list("pk", flat=True))


def still_teaching(class_pk: int, users: Iterable[int]) -> set[int]:
    """Which of these people teach the class, if it still runs."""
    rows = User.objects.filter(
        pk__in=list(users),
        role=Role.TEACHER,
        classrooms__pk=class_pk,
        classrooms__is_active=True,
    )
    return set(rows.values_list("pk", flat=True))

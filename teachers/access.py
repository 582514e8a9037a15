"""Who may see a teacher's pages, and the school's access log of who did."""

from __future__ import annotations

from typing import ParamSpec

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readerai.accounts.access import PersonView, View, teacher_required
from readerai.accounts.models import Classroom, Student, User
from sessions_app.models import AccessLogEntry
from sessions_app.records.access_log import log_of, record_access

from .classes import enrolled_children

P = ParamSpec("P")


def teacher_page(view: PersonView[P]) -> View[P]:
    """A page that only teachers see, that only shows, and that no cache keeps."""
    return never_cache(require_safe(teacher_required(view)))


def log_class_access(
    user: User, classroom: Classroom, what: AccessLogEntry.What = AccessLogEntry.What.CLASS
) -> None:
    """``user`` saw what the children of ``classroom`` (from ``classes_of``) do."""
    record_access(
        school=classroom.school,
        actor=user,
        what=what,
        subject=classroom.slug,
        students=[child.pk for child in enrolled_children(classroom)],
    )


def log_student_access(
    user: User, student: Student, what: AccessLogEntry.What = AccessLogEntry.What.STUDENT
) -> None:
    """``user`` saw how one child reads (``student`` with account and school at hand)."""
    school = log_of(student, user)
    if school is not None:
        record_access(
            school=school, actor=user, what=what, subject=student.slug, students=[student.pk]
        )

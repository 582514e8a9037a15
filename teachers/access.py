"""Who looked at what: written to the school's access log, beside the sessions."""

from __future__ import annotations

from readerai.accounts.models import Classroom, Student, User
from sessions_app.models import AccessLogEntry
from sessions_app.records.access_log import log_of, record_access

from .classes import children


def log_class_access(
    user: User, classroom: Classroom, what: AccessLogEntry.What = AccessLogEntry.What.CLASS
) -> None:
    """``user`` saw what the children of ``classroom`` (from ``classes_of``) do."""
    record_access(
        school=classroom.school,
        actor=user,
        what=what,
        subject=classroom.slug,
        students=[child.pk for child in children(classroom)],
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

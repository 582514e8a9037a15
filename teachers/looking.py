"""Who looked at what: written to the school's log of looks, beside the sessions."""

from __future__ import annotations

from readerai.accounts.models import Classroom, Student, User
from sessions_app.domain.looks import log_of, record_look
from sessions_app.models import Look

from .classes import children


def log_class_look(user: User, classroom: Classroom, what: Look.What = Look.What.CLASS) -> None:
    """``user`` saw what the children of ``classroom`` (from ``classes_of``) do."""
    record_look(
        school=classroom.school,
        actor=user,
        what=what,
        subject=classroom.slug,
        students=[child.pk for child in children(classroom)],
    )


def log_student_look(user: User, student: Student, what: Look.What = Look.What.STUDENT) -> None:
    """``user`` saw how one child reads (``student`` with account and school at hand)."""
    school = log_of(student, user)
    if school is not None:
        record_look(
            school=school, actor=user, what=what, subject=student.slug, students=[student.pk]
        )

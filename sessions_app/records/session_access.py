"""A grown-up looked at a session: written to the school's access log, beside the sessions."""

from __future__ import annotations

from collections.abc import Iterable

from readerai.accounts.models import Classroom, Enrolment, User

from ..models import AccessLogEntry, Session
from . import access_log


def log_session_access(
    user: User, session: Session, what: AccessLogEntry.What, reason: str = ""
) -> None:
    """``user`` saw something of one session (with key and account at hand), staff for a reason."""
    school = access_log.log_of(session.student, user)
    if school is not None:
        access_log.record_access(
            school=school,
            actor=user,
            what=what,
            subject=session.pk,
            students=[session.student_id],
            reason=reason,
        )


def log_list_access(user: User, sessions: Iterable[Session]) -> None:
    """A teacher saw sessions in a list. One entry for each class whose children are in it, with
    all its children: what is asked for next within minutes is the same look."""
    students = {session.student_id for session in sessions}
    seen = Enrolment.objects.filter(student__in=students, ended_on=None)
    classes = Classroom.objects.visible_to(user).filter(pk__in=seen.values("classroom"))
    for classroom in classes.select_related("school"):
        children = classroom.enrolments.filter(ended_on=None)
        access_log.record_access(
            school=classroom.school,
            actor=user,
            what=AccessLogEntry.What.CLASS,
            subject=classroom.slug,
            students=list(children.values_list("student", flat=True)),
        )

"""What a request for a page or a file is about, if whoever asks may see it."""

from __future__ import annotations

from django.http import Http404

from readerai.accounts.access import PersonRequest
from readerai.accounts.models import Student, User
from sessions_app.models import Session

from ..classes import class_of, enrolled_children, overview_rows
from .period_report import ClassReport, StudentReport
from .reading_records import ReadingRecord
from .school_periods import school_period
from .unsealing import reading_record, reading_records


def visible_student(user: User, student_id: str) -> Student:
    """A child whom ``user`` teaches; raises ``Http404`` for any other."""
    rows = Student.objects.visible_to(user).select_related("user__school")
    student = rows.filter(slug=student_id).first()
    if student is None:
        raise Http404
    return student


def visible_session(user: User, session_id: str) -> tuple[Session, ReadingRecord]:
    """A session of a child whom ``user`` teaches, its row ready for an overview, and what happened
    in it; raises ``Http404`` for any other and for one that cannot be opened."""
    rows = overview_rows(Session.objects.visible_to(user)).select_related("student__user__school")
    session = rows.filter(pk=session_id).first()
    record = None if session is None else reading_record(session)
    if session is None or record is None:
        raise Http404
    return session, record


def student_report(request: PersonRequest, student_id: str) -> StudentReport:
    """The report on a child over the period that the request names."""
    student = visible_student(request.user, student_id)
    ranges, period = school_period(student.user.school, request.GET.get("period", ""))
    sessions = Session.objects.filter(student=student)
    records = reading_records(sessions, period.since, period.until)
    return StudentReport(ranges, period, records, student)


def class_report(request: PersonRequest, class_id: str) -> ClassReport:
    """The report on a class over the period that the request names."""
    classroom = class_of(request.user, class_id)
    ranges, period = school_period(classroom.school, request.GET.get("period", ""))
    sessions = Session.objects.filter(student__in=enrolled_children(classroom))
    records = reading_records(sessions, period.since, period.until)
    return ClassReport(ranges, period, records, classroom)

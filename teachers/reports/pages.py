"""One session, one child, one class over time: pages to read and to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readerai.accounts.access import PersonRequest, teacher_required
from readerai.accounts.models import Classroom, Student, User
from readerai.clock import db_now
from sessions_app.domain.attention import Reason
from sessions_app.domain.overviews import overviews
from sessions_app.models import AccessLogEntry, Session
from sessions_app.records.session_access import log_session_access

from ..access import log_class_access, log_student_access
from ..classes import class_of, readable
from ..school_time import zone_of
from ..wording import REASONS, RULES
from . import book_page, letter, over_time, session_plots, session_report
from .periods import Period, last_week, period_of
from .reading_records import Record, record_of, records
from .report import ClassReport, StudentReport, report_on_class, report_on_student
from .sums import added, day_by_day, sums_of


def visible_session(user: User, session_id: str) -> Session:
    """A session of a child whom ``user`` teaches; raises ``Http404`` for any other."""
    rows = readable(Session.objects.visible_to(user)).select_related("student__user__school")
    session = rows.filter(pk=session_id).first()
    if session is None:
        raise Http404
    return session


def visible_student(user: User, student_id: str) -> Student:
    """A child whom ``user`` teaches; raises ``Http404`` for any other."""
    rows = Student.objects.visible_to(user).select_related("user__school")
    student = rows.filter(slug=student_id).first()
    if student is None:
        raise Http404
    return student


def zone_for(student: Student) -> dt.tzinfo:
    return zone_of(student.user.school)


def opened_record(session: Session) -> Record:
    record = record_of(session)
    if record is None:
        raise Http404
    return record


@never_cache
@require_safe
@teacher_required
def session(request: PersonRequest, session_id: str) -> HttpResponse:
    """One session: where the child is, and everything that happened."""
    found = visible_session(request.user, session_id)
    record = opened_record(found)
    log_session_access(request.user, found, AccessLogEntry.What.SESSION)
    log_session_access(request.user, found, AccessLogEntry.What.WORDS)
    zone = zone_for(record.student)
    overview = next(iter(overviews([found])), None)
    context = {
        "record": record,
        "session": found,
        "overview": overview,
        "reasons": [] if overview is None else _reasons(overview.reasons),
        "page": book_page.page_of(record),
        "plots": session_plots.plots_of(record),
        "tables": session_report.tables(record),
        "zone": zone,
    }
    return render(request, "teachers/session.html", context)


def _reasons(found: Sequence[Reason]) -> list[tuple[str, str]]:
    return [(REASONS[each], RULES[each]) for each in found]


def student_report(request: PersonRequest, student_id: str) -> StudentReport:
    student = visible_student(request.user, student_id)
    return report_on_student(student, request.GET.get("period", ""))


@never_cache
@require_safe
@teacher_required
def student(request: PersonRequest, student_id: str) -> HttpResponse:
    """One child over a period."""
    report = student_report(request, student_id)
    log_student_access(request.user, report.student)
    context = {
        "student": report.student,
        "report": report,
        "period": report.period,
        "classes": _classes(request.user, report.student),
        "zone": report.period.zone,
    }
    return render(request, "teachers/student.html", context)


def _classes(user: User, student: Student) -> list[Classroom]:
    rows = Classroom.objects.visible_to(user)
    return list(rows.filter(enrolments__student=student, enrolments__ended_on=None).distinct())


@never_cache
@require_safe
@teacher_required
def week(request: PersonRequest, student_id: str) -> HttpResponse:
    """A child's week in words for a guardian, on one page to print."""
    student = visible_student(request.user, student_id)
    log_student_access(request.user, student)
    this = _week_before(student, dt.timedelta())
    last = _week_before(student, dt.timedelta(days=7))
    found = records(Session.objects.filter(student=student), last.since, this.until)
    days = day_by_day(found, this)
    context = {
        "student": student,
        "period": this,
        "said": letter.week_in_words(
            student.display_name, found, added(days.values()), sums_of(found, last)
        ),
        "plot": over_time.time_plots(days, this)[0],
        "school": student.user.school,
    }
    return render(request, "teachers/week.html", context)


def _week_before(student: Student, age: dt.timedelta) -> Period:
    zone = zone_for(student)
    day = db_now().astimezone(zone).date() - age
    return period_of(last_week(day), zone, day)


def class_report(request: PersonRequest, class_id: str) -> ClassReport:
    classroom = class_of(request.user, class_id)
    return report_on_class(classroom, request.GET.get("period", ""))


@never_cache
@require_safe
@teacher_required
def report(request: PersonRequest, class_id: str) -> HttpResponse:
    """A class over a period: child by child, and what to teach again."""
    found = class_report(request, class_id)
    log_class_access(request.user, found.classroom)
    context = {
        "classroom": found.classroom,
        "here": "report",
        "report": found,
        "period": found.period,
        "zone": found.period.zone,
    }
    return render(request, "teachers/report.html", context)

"""One child, one class over time: pages to read and to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from readerai.accounts.access import PersonRequest
from readerai.accounts.models import Classroom, Student, User
from sessions_app.models import Session

from ..access import log_class_access, log_student_access, teacher_page
from ..classes import enrolled_children
from ..concerns.entries import open_entries
from . import letter, over_time
from .requested import class_report, student_report, visible_student
from .school_periods import school_week
from .sums import daily_sums, total
from .unsealing import reading_records


@teacher_page
def student(request: PersonRequest, student_id: str) -> HttpResponse:
    """One child over a period."""
    report = student_report(request, student_id)
    log_student_access(request.user, report.student)
    context = {
        "student": report.student,
        "report": report,
        "period": report.period,
        "classes": _classes(request.user, report.student),
        "concerns": open_entries([report.student.pk]),
        "zone": report.period.zone,
    }
    return render(request, "teachers/student.html", context)


def _classes(user: User, student: Student) -> list[Classroom]:
    rows = Classroom.objects.visible_to(user)
    return list(rows.filter(enrolments__student=student, enrolments__ended_on=None).distinct())


@teacher_page
def week(request: PersonRequest, student_id: str) -> HttpResponse:
    """A child's week in words for a guardian, on one page to print."""
    student = visible_student(request.user, student_id)
    log_student_access(request.user, student)
    school = student.user.school
    this_week, week_before = school_week(school), school_week(school, weeks_ago=1)
    sessions = Session.objects.filter(student=student)
    records = reading_records(sessions, week_before.since, this_week.until)
    days = daily_sums(records, this_week)
    context = {
        "student": student,
        "period": this_week,
        "sentences": letter.week_in_words(
            student.display_name,
            records,
            total(days.values()),
            total(daily_sums(records, week_before).values()),
        ),
        "plot": over_time.time_plots(days, this_week)[0],
        "school": school,
    }
    return render(request, "teachers/week.html", context)


@teacher_page
def class_over_time(request: PersonRequest, class_id: str) -> HttpResponse:
    """A class over a period: child by child, and what to teach again."""
    report = class_report(request, class_id)
    log_class_access(request.user, report.classroom)
    context = {
        "classroom": report.classroom,
        "here": "report",
        "concerns": open_entries(child.pk for child in enrolled_children(report.classroom)),
        "report": report,
        "period": report.period,
        "zone": report.period.zone,
    }
    return render(request, "teachers/report.html", context)

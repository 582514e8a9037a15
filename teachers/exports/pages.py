"""Every table as CSV and XLSX, and reading as xAPI statements: for looking, elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse

from readerai.accounts.access import PersonRequest
from readerai.accounts.models import Classroom, User
from sessions_app.models import AccessLogEntry
from sessions_app.records.session_access import log_session_access

from ..access import log_class_access, log_student_access, teacher_page
from ..classes import class_of
from ..lists.pages import report_of_list
from ..lists.report import report_lists
from ..lists.tables import list_table, lists_table
from ..reports.period_report import ClassReport, StudentReport
from ..reports.requested import class_report, student_report, visible_session
from ..reports.session.tables import session_tables
from ..school_time import school_time_zone
from ..tables import ReportTable
from .files import download, table_file
from .xapi import xapi_statements

EXPORT = AccessLogEntry.What.EXPORT


@dataclass(frozen=True)
class ReportExport:
    """A report to be taken away: whom it is about, and what logs that it was."""

    report: ClassReport | StudentReport
    subject: str
    log: Callable[[], None]

    @property
    def _name(self) -> str:
        return f"{self.subject}-{self.report.period.first}-to-{self.report.period.last}"

    def table(self, table: str, form: str) -> HttpResponse:
        zone = self.report.period.zone
        response = table_file(self.report.tables, table, form, about=self._name, zone=zone)
        self.log()
        return response

    def statements(self, request: PersonRequest) -> HttpResponse:
        home = f"{request.scheme}://{request.get_host()}"
        content = json.dumps(xapi_statements(self.report.records, home)).encode()
        self.log()
        return download(content, f"{self._name}-xapi.json", "application/json")


def _of_student(request: PersonRequest, student_id: str) -> ReportExport:
    report = student_report(request, student_id)
    log = partial(log_student_access, request.user, report.student, EXPORT)
    return ReportExport(report, report.student.slug, log)


def _of_class(request: PersonRequest, class_id: str) -> ReportExport:
    report = class_report(request, class_id)
    log = partial(log_class_access, request.user, report.classroom, EXPORT)
    return ReportExport(report, report.classroom.slug, log)


@teacher_page
def session_table(request: PersonRequest, session_id: str, table: str, form: str) -> HttpResponse:
    """One table of a session."""
    session, record = visible_session(request.user, session_id)
    zone = school_time_zone(record.student.user.school)
    about = f"{record.student.slug}-{session.book.slug}"
    about += f"-{session.started_at.astimezone(zone).date()}"
    response = table_file(session_tables(record), table, form, about=about, zone=zone)
    log_session_access(request.user, session, EXPORT)
    return response


@teacher_page
def student_table(request: PersonRequest, student_id: str, table: str, form: str) -> HttpResponse:
    """One table of a child's report, over the period asked for."""
    return _of_student(request, student_id).table(table, form)


@teacher_page
def student_statements(request: PersonRequest, student_id: str) -> HttpResponse:
    """A child's reading in the period asked for, as xAPI statements."""
    return _of_student(request, student_id).statements(request)


@teacher_page
def class_table(request: PersonRequest, class_id: str, table: str, form: str) -> HttpResponse:
    """One table of a class's report, over the period asked for."""
    return _of_class(request, class_id).table(table, form)


@teacher_page
def class_statements(request: PersonRequest, class_id: str) -> HttpResponse:
    """A class's reading in the period asked for, as xAPI statements."""
    return _of_class(request, class_id).statements(request)


@teacher_page
def lists_file(request: PersonRequest, class_id: str, form: str) -> HttpResponse:
    """The reading lists of a class."""
    classroom = class_of(request.user, class_id)
    table = lists_table(report_lists(request.user, classroom))
    return _list_file(request.user, classroom, table, form, classroom.slug)


@teacher_page
def list_file(request: PersonRequest, class_id: str, list_id: int, form: str) -> HttpResponse:
    """One reading list, child by child."""
    classroom = class_of(request.user, class_id)
    table = list_table(report_of_list(request.user, classroom, list_id))
    return _list_file(request.user, classroom, table, form, f"{classroom.slug}-list-{list_id}")


def _list_file(
    user: User, classroom: Classroom, table: ReportTable, form: str, about: str
) -> HttpResponse:
    zone = school_time_zone(classroom.school)
    response = table_file([table], table.key, form, about=about, zone=zone)
    log_class_access(user, classroom, EXPORT)
    return response

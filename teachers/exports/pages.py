"""Every table as CSV and XLSX, and reading as xAPI statements: for looking, elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readerai.accounts.access import PersonRequest, teacher_required
from readerai.accounts.models import Classroom, User
from sessions_app.models import AccessLogEntry
from sessions_app.records.session_access import log_session_access

from ..access import log_class_access, log_student_access
from ..classes import class_of
from ..lists.pages import report_of_list
from ..lists.report import report_lists
from ..lists.tables import children_table, lists_table
from ..reports import session_report
from ..reports.pages import class_report, opened_record, student_report, visible_session, zone_for
from ..reports.report import ClassReport, StudentReport
from ..reports.tables import Table, by_key
from ..school_time import zone_of
from . import xapi
from .files import file_response

FORMS: Final = ("csv", "xlsx")


def _file(
    tables: Iterable[Table], table: str, form: str, *, name: str, zone: dt.tzinfo
) -> HttpResponse:
    found = by_key(tables).get(table)
    if found is None or form not in FORMS:
        raise Http404
    return file_response(found, f"{name}-{table}", form, zone)


@dataclass(frozen=True)
class _Asked:
    """A report whose files are asked for: whom it is about, and the note that it was taken."""

    report: ClassReport | StudentReport
    subject: str
    note: Callable[[], None]

    @property
    def _name(self) -> str:
        return f"{self.subject}-{self.report.period.first}-to-{self.report.period.last}"

    def table(self, table: str, form: str) -> HttpResponse:
        zone = self.report.period.zone
        response = _file(self.report.tables, table, form, name=self._name, zone=zone)
        self.note()
        return response

    def statements(self, request: PersonRequest) -> HttpResponse:
        home = f"{request.scheme}://{request.get_host()}"
        response = JsonResponse(xapi.statements(self.report.records, home), safe=False)
        response["Content-Disposition"] = f'attachment; filename="{self._name}-xapi.json"'
        self.note()
        return response


def _of_student(request: PersonRequest, student_id: str) -> _Asked:
    report = student_report(request, student_id)
    child = report.student
    note = partial(log_student_access, request.user, child, AccessLogEntry.What.EXPORT)
    return _Asked(report, child.slug, note)


def _of_class(request: PersonRequest, class_id: str) -> _Asked:
    report = class_report(request, class_id)
    room = report.classroom
    note = partial(log_class_access, request.user, room, AccessLogEntry.What.EXPORT)
    return _Asked(report, room.slug, note)


@never_cache
@require_safe
@teacher_required
def session_table(request: PersonRequest, session_id: str, table: str, form: str) -> HttpResponse:
    """One table of a session."""
    found = visible_session(request.user, session_id)
    record = opened_record(found)
    child = record.student
    zone = zone_for(child)
    name = f"{child.slug}-{found.book.slug}-{found.started_at.astimezone(zone).date()}"
    response = _file(session_report.tables(record), table, form, name=name, zone=zone)
    log_session_access(request.user, found, AccessLogEntry.What.EXPORT)
    return response


@never_cache
@require_safe
@teacher_required
def student_table(request: PersonRequest, student_id: str, table: str, form: str) -> HttpResponse:
    """One table of a child's report, over the period asked for."""
    return _of_student(request, student_id).table(table, form)


@never_cache
@require_safe
@teacher_required
def student_statements(request: PersonRequest, student_id: str) -> HttpResponse:
    """A child's reading in the period asked for, as xAPI statements."""
    return _of_student(request, student_id).statements(request)


@never_cache
@require_safe
@teacher_required
def class_table(request: PersonRequest, class_id: str, table: str, form: str) -> HttpResponse:
    """One table of a class's report, over the period asked for."""
    return _of_class(request, class_id).table(table, form)


@never_cache
@require_safe
@teacher_required
def class_statements(request: PersonRequest, class_id: str) -> HttpResponse:
    """A class's reading in the period asked for, as xAPI statements."""
    return _of_class(request, class_id).statements(request)


@never_cache
@require_safe
@teacher_required
def lists_file(request: PersonRequest, class_id: str, form: str) -> HttpResponse:
    """The reading lists of a class."""
    classroom = class_of(request.user, class_id)
    table = lists_table(report_lists(request.user, classroom))
    return _list_file(request.user, classroom, table, form, classroom.slug)


@never_cache
@require_safe
@teacher_required
def list_file(request: PersonRequest, class_id: str, list_id: int, form: str) -> HttpResponse:
    """One reading list, child by child."""
    classroom = class_of(request.user, class_id)
    table = children_table(report_of_list(request.user, classroom, list_id))
    return _list_file(request.user, classroom, table, form, f"{classroom.slug}-list-{list_id}")


def _list_file(
    user: User, classroom: Classroom, table: Table, form: str, name: str
) -> HttpResponse:
    zone = zone_of(classroom.school)
    response = _file([table], table.key, form, name=name, zone=zone)
    log_class_access(user, classroom, AccessLogEntry.What.EXPORT)
    return response

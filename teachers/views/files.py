"""Every table as CSV and XLSX, and reading as xAPI statements: for looking, elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readerai.accounts.access import PersonRequest, teacher_required
from sessions_app.models import Look

from .. import session_report, xapi
from ..exports import file_response
from ..looking import log_class_look, log_session_look, log_student_look
from ..records import Record
from ..tables import Table, by_key
from .reports import class_report, opened_record, student_report, visible_session

FORMS = ("csv", "xlsx")


def _file(tables: Iterable[Table], table: str, form: str, name: str) -> HttpResponse:
    found = by_key(tables).get(table)
    if found is None or form not in FORMS:
        raise Http404
    return file_response(found, name, form)


def _statements(request: PersonRequest, records: list[Record], name: str) -> HttpResponse:
    home = f"{request.scheme}://{request.get_host()}"
    response = JsonResponse(xapi.statements(records, home), safe=False)
    response["Content-Disposition"] = f'attachment; filename="{name}-xapi.json"'
    return response


@never_cache
@require_safe
@teacher_required
def session_table(request: PersonRequest, session_id: str, table: str, form: str) -> HttpResponse:
    """One table of a session."""
    found = visible_session(request.user, session_id)
    response = _file(session_report.tables(opened_record(found)), table, form, found.pk)
    log_session_look(request.user, found, Look.What.EXPORT)
    return response


@never_cache
@require_safe
@teacher_required
def student_table(request: PersonRequest, student_id: str, table: str, form: str) -> HttpResponse:
    """One table of a child's report, over the period asked for."""
    report = student_report(request, student_id)
    response = _file(report.tables, table, form, report.student.slug)
    log_student_look(request.user, report.student, Look.What.EXPORT)
    return response


@never_cache
@require_safe
@teacher_required
def student_statements(request: PersonRequest, student_id: str) -> HttpResponse:
    """A child's reading in the period asked for, as xAPI statements."""
    report = student_report(request, student_id)
    log_student_look(request.user, report.student, Look.What.EXPORT)
    return _statements(request, report.records, report.student.slug)


@never_cache
@require_safe
@teacher_required
def class_table(request: PersonRequest, class_id: str, table: str, form: str) -> HttpResponse:
    """One table of a class's report, over the period asked for."""
    report = class_report(request, class_id)
    response = _file(report.tables, table, form, report.classroom.slug)
    log_class_look(request.user, report.classroom, Look.What.EXPORT)
    return response


@never_cache
@require_safe
@teacher_required
def class_statements(request: PersonRequest, class_id: str) -> HttpResponse:
    """A class's reading in the period asked for, as xAPI statements."""
    report = class_report(request, class_id)
    log_class_look(request.user, report.classroom, Look.What.EXPORT)
    return _statements(request, report.records, report.classroom.slug)

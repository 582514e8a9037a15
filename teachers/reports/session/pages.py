"""The report on one session, to read and to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from readerai.accounts.access import PersonRequest
from sessions_app.domain.overviews import overviews
from sessions_app.models import AccessLogEntry
from sessions_app.records.session_access import log_session_access

from ...access import teacher_page
from ...concerns.cases import session_cases
from ...concerns.entries import concern_entries, open_entries
from ...concerns.marking import mark_concerns
from ...school_time import school_time_zone
from ...wording import REASONS, RULES
from ..figures import session_figures
from ..requested import visible_session
from .open_page import open_page
from .plots import session_plots
from .tables import session_tables


@teacher_page
def session(request: PersonRequest, session_id: str) -> HttpResponse:
    """One session: where the child is, and everything that happened."""
    row, record = visible_session(request.user, session_id)
    log_session_access(request.user, row, AccessLogEntry.What.SESSION)
    log_session_access(request.user, row, AccessLogEntry.What.WORDS)
    overview = next(iter(mark_concerns(overviews([row]))), None)
    context = {
        "record": record,
        "session": row,
        "overview": overview,
        "reasons": [(REASONS[why], RULES[why]) for why in overview.reasons] if overview else [],
        "concerns": open_entries([row.student_id]),
        "dealt_with": [
            entry for entry in concern_entries(session_cases(row)) if entry.case.is_dealt_with
        ],
        "figures": session_figures(record, overview.summary.score if overview else None),
        "page": open_page(record),
        "plots": session_plots(record),
        "tables": session_tables(record),
        "zone": school_time_zone(record.student.user.school),
    }
    return render(request, "teachers/session.html", context)

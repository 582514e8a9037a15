"""Reading lists: the books that a teacher recommends, and who began and finished them.

The only pages of a teacher's that write: lists, and nothing else.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from library.models import ReadingList
from library.reading_lists import (
    ListGone,
    ListRefused,
    change_list,
    make_list,
    remove_list,
    with_books,
)
from readerai.accounts.access import PersonRequest, teacher_required
from readerai.accounts.models import Classroom, User
from readerai.clock import db_now

from ..access import log_class_access, teacher_page
from ..classes import class_of
from ..school_time import school_time_zone
from .draft import (
    LONGEST_SEARCH,
    ListDraft,
    offered_books,
    offered_levels,
    saved_draft,
    sent_draft,
    wants_saving,
)
from .report import ListReport, report_lists


@teacher_page
def reading_lists(request: PersonRequest, class_id: str) -> HttpResponse:
    """Every list of a class, whom it is for, and how many began and finished."""
    classroom = class_of(request.user, class_id)
    reports = report_lists(request.user, classroom)
    if reports:
        log_class_access(request.user, classroom)
    context = {"classroom": classroom, "here": "lists", "reports": reports}
    return render(request, "teachers/reading_lists/overview.html", context)


@teacher_page
def reading_list(request: PersonRequest, class_id: str, list_id: int) -> HttpResponse:
    """One list: for every child and book, whether and when it was begun and finished."""
    classroom = class_of(request.user, class_id)
    report = report_of_list(request.user, classroom, list_id)
    log_class_access(request.user, classroom)
    context = {
        "classroom": classroom,
        "here": "lists",
        "report": report,
        "list": report.reading_list,
        "zone": school_time_zone(classroom.school),
        "now": db_now(),
    }
    return render(request, "teachers/reading_lists/list.html", context)


def report_of_list(user: User, classroom: Classroom, list_id: int) -> ListReport:
    """A list of a class that came from ``class_of``; raises ``Http404`` for any other."""
    for report in report_lists(user, classroom, list_id=list_id):
        return report
    raise Http404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@teacher_required
def new_list(request: PersonRequest, class_id: str) -> HttpResponse:
    """The form of a new list; POST saves it, or sends the form back with what it asked for."""
    return _form_page(request, class_of(request.user, class_id), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@teacher_required
def edit_list(request: PersonRequest, class_id: str, list_id: int) -> HttpResponse:
    """The form of a list there is; POST as for a new one."""
    classroom = class_of(request.user, class_id)
    return _form_page(request, classroom, _list_of(request.user, classroom, list_id))


@require_POST
@teacher_required
def take_away_list(request: PersonRequest, class_id: str, list_id: int) -> HttpResponse:
    """Remove a list. What the children read stays as it is."""
    classroom = class_of(request.user, class_id)
    try:
        remove_list(reading_list=_list_of(request.user, classroom, list_id))
    except ListGone:
        raise Http404 from None
    messages.success(request, "The list is removed. What was read stays read.")
    return redirect("teacher-reading-lists", classroom.slug)


def _list_of(user: User, classroom: Classroom, list_id: int) -> ReadingList:
    lists = ReadingList.objects.visible_to(user).filter(classroom=classroom, pk=list_id)
    reading_list = with_books(lists, user).select_related("student").first()
    if reading_list is None:
        raise Http404
    return reading_list


def _form_page(
    request: PersonRequest, classroom: Classroom, changed: ReadingList | None
) -> HttpResponse:
    if request.method != "POST":
        return _show(request, classroom, changed, saved_draft(classroom, changed))
    draft = sent_draft(classroom, request.POST, request.user)
    if not wants_saving(request.POST):
        return _show(request, classroom, changed, draft)
    try:
        saved = _save(request.user, classroom, changed, draft)
    except ListRefused as refused:
        return _show(request, classroom, changed, draft, str(refused))
    except ListGone:
        raise Http404 from None
    messages.success(request, "The list is saved.")
    return redirect("teacher-reading-list", classroom.slug, saved.pk)


def _save(
    user: User, classroom: Classroom, changed: ReadingList | None, draft: ListDraft
) -> ReadingList:
    wanted = draft.wanted()
    if changed is None:
        return make_list(classroom=classroom, made_by=user, wanted=wanted)
    return change_list(reading_list=changed, wanted=wanted)


def _show(
    request: PersonRequest,
    classroom: Classroom,
    changed: ReadingList | None,
    draft: ListDraft,
    error: str = "",
) -> HttpResponse:
    context = {
        "classroom": classroom,
        "here": "lists",
        "list": changed,
        "draft": draft,
        "error": error,
        "offered": offered_books(request.user, draft),
        "levels": offered_levels(request.user),
        "longest_search": LONGEST_SEARCH,
    }
    return render(request, "teachers/reading_lists/form.html", context)

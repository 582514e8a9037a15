"""The safeguarding desk: what children wrote that may mean trouble, and what was done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from readerai.accounts.access import PersonRequest
from readerai.accounts.models import Student, User

from .access import desk_required, visible_case
from .cases import ConcernCase
from .desk import desk_of, log_desk, log_words, words_of_case
from .entries import concern_entries
from .handling import LONGEST_NOTE, CaseGone, NoteRefused, deal_with, mark_seen
from .telling import send_probe


@never_cache
@require_safe
@desk_required
def desk(request: PersonRequest) -> HttpResponse:
    """Every concern of one's classes, or of the school that named one as a contact."""
    found = desk_of(request.user)
    log_desk(request.user, found)
    return render(request, "teachers/concerns/desk.html", {"desk": found})


@never_cache
@require_safe
@desk_required
def concern(request: PersonRequest, concern_id: str) -> HttpResponse:
    """One concern: what the child wrote, who was told, and what was done."""
    return _page(request, concern_id)


@never_cache
@require_POST
@desk_required
def seen(request: PersonRequest, concern_id: str) -> HttpResponse:
    """The one who asks has seen it; nobody is reminded any more."""
    case = visible_case(request.user, concern_id)
    try:
        mark_seen(case, request.user)
    except CaseGone:
        raise Http404 from None
    return redirect("teacher-concern", concern_id)


@never_cache
@require_POST
@desk_required
def dealt_with(request: PersonRequest, concern_id: str) -> HttpResponse:
    """It is dealt with, and the note says how; without a note the page asks for one."""
    case = visible_case(request.user, concern_id)
    note = request.POST.get("note", "")
    try:
        deal_with(case, request.user, note)
    except NoteRefused as refused:
        return _page(request, concern_id, note, str(refused))
    except CaseGone:
        raise Http404 from None
    messages.success(request, "It is noted as dealt with.")
    return redirect("teacher-concerns")


@never_cache
@require_POST
@desk_required
def test_mail(request: PersonRequest) -> HttpResponse:
    """Send the one who asks a test mail, and say whether it went."""
    failure = send_probe(request.user)
    if failure:
        messages.error(request, f"The test mail did not go. {failure}")
    else:
        messages.success(request, f"A test mail is on its way to {request.user.email}.")
    return redirect("teacher-concerns")


def _page(request: PersonRequest, concern_id: str, note: str = "", error: str = "") -> HttpResponse:
    case = visible_case(request.user, concern_id)
    log_words(request.user, case)
    context = {
        "entry": concern_entries([case])[0],
        "is_own": _is_own(request.user, case),
        "words": words_of_case(case),
        "note": note,
        "error": error,
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "teachers/concerns/concern.html", context)


def _is_own(user: User, case: ConcernCase) -> bool:
    """Whether the whole session is for ``user`` to see, too."""
    own = Student.objects.visible_to(user).filter(pk=case.student.pk)
    return user.is_teacher and own.exists()

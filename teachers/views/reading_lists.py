"""Reading lists: what a teacher recommends, and what came of it. The only forms of the teachers'
pages; they write lists and nothing else."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from library.models import Book, ReadingList
from library.recommending import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    ListGone,
    ListRefused,
    change_list,
    make_list,
    remove_list,
)
from readerai.accounts.access import PersonRequest, teacher_required
from readerai.accounts.models import ClassGroup, Classroom

from ..classes import children, class_of
from ..lists import progress_of, wanted
from ..looking import log_class_look


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@teacher_required
def lists(request: PersonRequest, class_id: str) -> HttpResponse:
    """A class's lists with who began and who finished; below them a form for a new one."""
    classroom = class_of(request.user, class_id)
    if request.method != "POST":
        return _page(request, classroom)
    try:
        asked = wanted(request.POST, request.user, classroom)
        make_list(classroom=classroom, made_by=request.user, wanted=asked)
    except ListRefused as why:
        return _page(request, classroom, str(why))
    return _back(classroom)


@never_cache
@require_POST
@teacher_required
def one_list(request: PersonRequest, class_id: str, list_id: int) -> HttpResponse:
    """Change a list, or take it away."""
    classroom = class_of(request.user, class_id)
    mine = ReadingList.objects.visible_to(request.user).filter(classroom=classroom)
    found = next((each for each in mine if each.pk == list_id), None)
    if found is None:
        raise Http404
    try:
        if "delete" in request.POST:
            remove_list(reading_list=found)
        else:
            asked = wanted(request.POST, request.user, classroom)
            change_list(reading_list=found, wanted=asked)
    except ListRefused as why:
        return _page(request, classroom, str(why))
    except ListGone:
        raise Http404 from None
    return _back(classroom)


def _back(classroom: Classroom) -> HttpResponse:
    return HttpResponseRedirect(reverse("teacher-reading-lists", args=[classroom.slug]))


def _page(request: PersonRequest, classroom: Classroom, error: str = "") -> HttpResponse:
    log_class_look(request.user, classroom)
    context = {
        "classroom": classroom,
        "here": "lists",
        "lists": progress_of(classroom, request.user),
        "books": Book.objects.visible_to(request.user).order_by("level", "title", "slug"),
        "groups": ClassGroup.objects.filter(classroom=classroom),
        "children": children(classroom),
        "longest_title": LONGEST_TITLE,
        "longest_note": LONGEST_NOTE,
        "error": error,
    }
    return render(request, "teachers/reading_lists.html", context)

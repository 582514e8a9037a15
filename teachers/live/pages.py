"""A teacher's home, and the live wall of a class."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readerai.accounts.access import PersonRequest, teacher_required

from ..access import log_class_access
from ..classes import class_of, classes_of
from .wall import SHOWS, SORTS, wall_of, walls_of


@never_cache
@require_safe
@teacher_required
def home(request: PersonRequest) -> HttpResponse:
    """My classes, and who reads what and where in each."""
    walls = walls_of(list(classes_of(request.user)))
    for wall in walls:
        log_class_access(request.user, wall.classroom)
    return render(request, "teachers/home.html", {"walls": walls})


@never_cache
@require_safe
@teacher_required
def live(request: PersonRequest, class_id: str) -> HttpResponse:
    """The wall of a class: a card per child, in an order that stays."""
    classroom = class_of(request.user, class_id)
    asked = request.GET
    sort = asked["sort"] if asked.get("sort") in SORTS else "name"
    show = asked["show"] if asked.get("show") in SHOWS else "all"
    projector = asked.get("view") == "projector"
    if projector:
        show = "all"
    log_class_access(request.user, classroom)
    context = {
        "classroom": classroom,
        "wall": wall_of(classroom, sort=sort, projector=projector),
        "here": "live",
        "show": show,
        "sort": sort,
        "shows": SHOWS.items(),
        "sorts": [(key, name) for key, (name, _) in SORTS.items()],
        "projector": projector,
    }
    return render(request, "teachers/live.html", context)

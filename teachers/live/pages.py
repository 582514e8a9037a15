"""A teacher's home, and the live wall of a class."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from readerai.accounts.access import PersonRequest

from ..access import log_class_access, teacher_page
from ..classes import class_of, classes_of
from ..concerns.access import children_of_desk
from ..concerns.entries import open_entries
from .wall import SHOWS, SORTS, class_wall, class_walls


@teacher_page
def my_classes(request: PersonRequest) -> HttpResponse:
    """My classes, and who reads what and where in each."""
    walls = class_walls(list(classes_of(request.user)))
    for wall in walls:
        log_class_access(request.user, wall.classroom)
    concerns = open_entries(children_of_desk(request.user))
    return render(request, "teachers/home.html", {"walls": walls, "concerns": concerns})


@teacher_page
def live_class(request: PersonRequest, class_id: str) -> HttpResponse:
    """The wall of a class: a card per child, in an order that stays."""
    classroom = class_of(request.user, class_id)
    query = request.GET
    sort = query["sort"] if query.get("sort") in SORTS else "name"
    show = query["show"] if query.get("show") in SHOWS else "all"
    projector = query.get("view") == "projector"
    log_class_access(request.user, classroom)
    context = {
        "classroom": classroom,
        "wall": class_wall(classroom, sort=sort, projector=projector),
        "here": "live",
        "show": "all" if projector else show,
        "sort": sort,
        "shows": SHOWS.items(),
        "sorts": [(key, name) for key, (name, _) in SORTS.items()],
        "projector": projector,
    }
    return render(request, "teachers/live.html", context)

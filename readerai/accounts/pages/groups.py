"""For teachers and staff: groups within a class, which reading lists are made for."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..access import PersonRequest, manager_required
from ..groups import GroupNameTaken, delete_group, save_group
from ..login.class_login import children_of
from ..models import ClassGroup, Classroom, Student
from ..permissions import managed_class

_LONGEST = 80


@dataclass(frozen=True)
class Fields:
    """What stands in the form of a group: its name and the children (by key) that are ticked."""

    name: str = ""
    ticked: frozenset[int] = frozenset()


class _Refused(Exception):
    """What is wrong with a group as it was sent, in a sentence for the page."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@manager_required
def groups(request: PersonRequest, slug: str) -> HttpResponse:
    """The class's groups; POST makes a new one."""
    classroom = managed_class(request.user, slug)
    if request.method != "POST":
        return _page(request, classroom)
    return _save(request, classroom, ClassGroup(classroom=classroom))


@never_cache
@require_POST
@manager_required
def group(request: PersonRequest, slug: str, group_id: int) -> HttpResponse:
    """Change a group, or with ``delete`` take it away; its children stay in the class."""
    classroom = managed_class(request.user, slug)
    found = ClassGroup.objects.filter(classroom=classroom, pk=group_id).first()
    if found is None:
        raise Http404
    if "delete" in request.POST:
        delete_group(found)
        messages.success(request, "The group is gone. Its children are still in the class.")
        return redirect("class-groups", classroom.slug)
    return _save(request, classroom, found)


def _save(request: HttpRequest, classroom: Classroom, changed: ClassGroup) -> HttpResponse:
    try:
        save_group(changed, _name(request), _members(request, classroom))
    except GroupNameTaken:
        taken = "There is a group of that name already."
        return _page(request, classroom, taken, refused_pk=changed.pk)
    except _Refused as refused:
        return _page(request, classroom, str(refused), refused_pk=changed.pk)
    messages.success(request, "The group is saved.")
    return redirect("class-groups", classroom.slug)


def _name(request: HttpRequest) -> str:
    name = " ".join(request.POST.get("name", "").split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise _Refused(f"A group needs a name of at most {_LONGEST} letters.")
    return name


def _members(request: HttpRequest, classroom: Classroom) -> list[Student]:
    wanted = set(request.POST.getlist("students"))
    members = [child for child in children_of(classroom) if child.slug in wanted]
    if len(members) != len(wanted):
        raise _Refused("Somebody chosen is not in this class any more. Please look again.")
    return members


def _page(
    request: HttpRequest, classroom: Classroom, error: str = "", refused_pk: int | None = None
) -> HttpResponse:
    """The groups; with an error, the form that was refused (the new one's has no key) as sent."""
    found = ClassGroup.objects.filter(classroom=classroom).prefetch_related("students")
    children = children_of(classroom)
    here = {child.pk for child in children}
    forms = {
        one.pk: Fields(one.name, frozenset(child.pk for child in one.students.all()) & here)
        for one in found
    }
    groups = [(one, forms[one.pk].ticked) for one in found]
    sent = _sent(request, children) if error else Fields()
    if error and refused_pk is not None:
        forms[refused_pk], sent = sent, Fields()
    shown = {
        "classroom": classroom,
        "groups": [(one, members, forms[one.pk]) for one, members in groups],
        "new": sent,
        "children": children,
        "error": error,
        "refused_pk": refused_pk,
    }
    return render(request, "accounts/groups.html", shown)


def _sent(request: HttpRequest, children: list[Student]) -> Fields:
    wanted = set(request.POST.getlist("students"))
    ticked = frozenset(child.pk for child in children if child.slug in wanted)
    return Fields(request.POST.get("name", "")[:_LONGEST], ticked)

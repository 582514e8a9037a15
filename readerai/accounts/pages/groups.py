"""For teachers and staff: groups within a class, which reading lists are made for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..access import PersonRequest, manager_required
from ..groups import GroupNameTaken, delete_group, save_group
from ..login.class_login import children_of
from ..models import ClassGroup, Classroom
from ..permissions import managed_class
from .group_form import GroupForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@manager_required
def groups(request: PersonRequest, slug: str) -> HttpResponse:
    """The class's groups; POST makes a new one."""
    classroom = managed_class(request.user, slug)
    if request.method != "POST":
        return _page(request, classroom)
    return _save(request, classroom, None)


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


def _save(request: HttpRequest, classroom: Classroom, group: ClassGroup | None) -> HttpResponse:
    form = GroupForm(children_of(classroom), group, sent=request.POST)
    if form.is_valid():
        saved = group or ClassGroup(classroom=classroom)
        try:
            save_group(saved, form.cleaned_data["name"], form.chosen)
        except GroupNameTaken:
            form.add_error("name", "There is a group of that name already.")
        else:
            messages.success(request, "The group is saved.")
            return redirect("class-groups", classroom.slug)
    return _page(request, classroom, form)


def _page(
    request: HttpRequest, classroom: Classroom, refused: GroupForm | None = None
) -> HttpResponse:
    """The groups; with one, the form that was refused, as it was sent."""
    children = children_of(classroom)
    here = {child.pk for child in children}
    rows = []
    for group in ClassGroup.objects.filter(classroom=classroom).prefetch_related("students"):
        members = [child for child in group.students.all() if child.pk in here]
        is_refused = refused is not None and refused.group == group
        form = refused if is_refused else GroupForm(children, group, members)
        rows.append((group, members, form))
    is_new = refused is not None and refused.group is None
    shown = {
        "classroom": classroom,
        "groups": rows,
        "new": refused if is_new else GroupForm(children),
        "refused": refused,
    }
    return render(request, "accounts/classes/groups.html", shown)

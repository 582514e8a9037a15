"""For teachers and staff: how each child of a class signs in, and the cards to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access import PersonRequest, manager_required
from ..history import record_class_change, record_login_change
from ..login.badges import issue_badges
from ..login.class_login import change_class_code, children_of
from ..login.overview import lift_locks, tries_in
from ..login.pictures import (
    IN_A_PASSWORD,
    PICTURES,
    clear_picture_password,
    face_of,
    is_password,
    set_picture_password,
)
from ..models import Classroom, Student, User
from ..permissions import children_with_badges, managed_child, managed_class


@dataclass(frozen=True)
class LoginCard:
    """One child's card; ``qr`` is an inline drawing, empty where no badge was made just now."""

    child: Student
    face: str
    qr: SafeString


@never_cache
@require_safe
@manager_required
def login_methods(request: PersonRequest, slug: str) -> HttpResponse:
    """The class code, each child's login methods, and who tried to come in."""
    shown = _class_context(request.user, slug)
    shown["tries"] = tries_in(shown["classroom"], [child for child, _, _ in shown["children"]])
    return render(request, "accounts/classes/login_methods.html", shown)


@never_cache
@require_POST
@manager_required
def new_code(request: PersonRequest, slug: str) -> HttpResponse:
    """Give the class another code; the old one opens nothing any more."""
    classroom = managed_class(request.user, slug)
    change_class_code(classroom)
    record_class_change(request.user, classroom, "New class code.")
    messages.success(request, f"The class code is {classroom.code} now. The old one is no use.")
    return redirect("class-login-methods", classroom.slug)


@never_cache
@require_POST
@manager_required
def lift(request: PersonRequest, slug: str) -> HttpResponse:
    """End what makes the class's children wait after wrong tries."""
    classroom = managed_class(request.user, slug)
    lift_locks(classroom, children_of(classroom))
    record_class_change(request.user, classroom, "Waits after wrong tries ended.")
    messages.success(request, "Everybody of this class may try again at once.")
    return redirect("class-login-methods", classroom.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@manager_required
def cards(request: PersonRequest, slug: str) -> HttpResponse:
    """Cards to print: GET with code, name and face; POST with new badges, shown this once.

    ``badges`` names the children who get a new one; whoever is not named keeps theirs.
    """
    classroom = managed_class(request.user, slug)
    children = children_of(classroom)
    secrets: dict[int, str] = {}
    if request.method == "POST":
        children = _named(request, children)
        if not children:
            messages.info(request, "Nobody was chosen, so every badge stays as it is.")
            return redirect("class-new-badges", classroom.slug)
        secrets = issue_badges(children)
        record_login_change(request.user, children, "New badge.")
    shown = {
        "classroom": classroom,
        "cards": [_card(request, child, secrets.get(child.pk)) for child in children],
        "is_new": bool(secrets),
        "address": f"{request.get_host()}{reverse('login')}",
    }
    return render(request, "accounts/classes/cards.html", shown)


@never_cache
@require_safe
@manager_required
def new_badges(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask for whom new badges are to be made, since old ones stop working."""
    return render(request, "accounts/classes/new_badges.html", _class_context(request.user, slug))


def _class_context(user: User, slug: str) -> dict[str, Any]:
    classroom = managed_class(user, slug)
    children = [(child, face_of(child), has) for child, has in children_with_badges(classroom)]
    return {"classroom": classroom, "children": children}


@never_cache
@sensitive_post_parameters("first", "second", "third")
@require_http_methods(["GET", "HEAD", "POST"])
@manager_required
def picture_password(request: PersonRequest, slug: str, student_id: str) -> HttpResponse:
    """Choose a child's three pictures with them, or take them away."""
    classroom = managed_class(request.user, slug)
    child = managed_child(classroom, student_id)
    if request.method != "POST":
        return _picture_form(request, classroom, child)
    if "clear" in request.POST:
        clear_picture_password(child)
        record_login_change(request.user, [child], "Pictures taken away.")
        messages.success(request, "The pictures are taken away.")
        return redirect("class-login-methods", classroom.slug)
    chosen = [request.POST.get(name, "") for name in ("first", "second", "third")]
    if not is_password(chosen):
        return _picture_form(request, classroom, child, chosen, "Choose three different pictures.")
    set_picture_password(child, chosen)
    record_login_change(request.user, [child], "New pictures.")
    messages.success(request, "The new pictures are set.")
    return redirect("class-login-methods", classroom.slug)


def _picture_form(
    request: HttpRequest,
    classroom: Classroom,
    child: Student,
    chosen: list[str] | None = None,
    error: str = "",
) -> HttpResponse:
    names = ("first", "second", "third")
    places = list(zip(names, chosen or [""] * IN_A_PASSWORD, strict=True))
    shown = {
        "classroom": classroom,
        "child": child,
        "face": face_of(child),
        "places": places,
        "pictures": PICTURES,
        "error": error,
    }
    return render(request, "accounts/classes/picture_password.html", shown)


def _named(request: HttpRequest, children: list[Student]) -> list[Student]:
    wanted = set(request.POST.getlist("badges"))
    named = [child for child in children if child.slug in wanted]
    if wanted - {child.slug for child in named}:
        raise Http404
    return named


def _card(request: HttpRequest, child: Student, secret: str | None) -> LoginCard:
    qr = ""
    if secret is not None:
        address = f"{request.build_absolute_uri(reverse('badge'))}#{secret}"
        # Drawn by segno from our own address: no text of anybody's is in it.
        qr = segno.make(address, error="m", micro=False).svg_inline(
            omitsize=True, border=2, dark="#000", light="#fff", title="Badge"
        )
    return LoginCard(child, face_of(child), mark_safe(qr))  # noqa: S308

"""How children sign in without a name and a password: class code, one's own face, three pictures.

Nothing about a child is in an address: the browser's session remembers which class code was
entered and which child wants to sign in. Works without JavaScript; with it, tapping needs no
round trip.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ..login.class_login import (
    child_of,
    children_of,
    choose_child,
    chosen_child,
    class_of_code,
    class_of_login,
    end_class_login,
    start_class_login,
)
from ..login.known_browsers import remember_browser, visitor_of
from ..login.pictures import IN_A_PASSWORD, PICTURES, check_picture_password, face_of
from ..login.throttling import Locked
from ..models import Student
from .redirects import sign_in_and_redirect
from .sign_in import login_page

_NO_SUCH_CODE = "There is no class with that code. Look at your card, or ask your teacher."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def class_login(request: HttpRequest) -> HttpResponse:
    """POST a class code to begin; GET shows who is in the class that it belongs to."""
    if request.method == "POST":
        return _enter_code(request)
    classroom = class_of_login(request)
    if classroom is None:
        return redirect("login")
    children = [(child, face_of(child)) for child in children_of(classroom)]
    shown = {"classroom": classroom, "children": children}
    return render(request, "accounts/class_login.html", shown)


def _enter_code(request: HttpRequest) -> HttpResponse:
    try:
        classroom = class_of_code(request, request.POST.get("code", ""))
    except Locked as locked:
        text = "Too many codes were tried here. Please wait a few minutes, or ask your teacher."
        response = login_page(request, code_error=text, status=429)
        response["Retry-After"] = str(locked.retry_after)
        return response
    if classroom is None:
        return login_page(request, code_error=_NO_SUCH_CODE)
    start_class_login(request, classroom)
    response = redirect("class-login")
    remember_browser(request, response)
    return response


@never_cache
@require_POST
def class_login_leave(request: HttpRequest) -> HttpResponse:
    """Leave for another class: the list of names goes away."""
    end_class_login(request)
    return redirect("login")


@never_cache
@require_POST
def class_login_child(request: HttpRequest) -> HttpResponse:
    """Say which child of the class one is."""
    classroom = class_of_login(request)
    if classroom is None:
        return redirect("login")
    child = child_of(classroom, request.POST.get("child", ""))
    if child is None:
        raise Http404
    choose_child(request, child)
    return redirect("class-login-pictures")


@never_cache
@sensitive_post_parameters("picked", "picture")
@require_http_methods(["GET", "HEAD", "POST"])
def class_login_pictures(request: HttpRequest) -> HttpResponse:
    """Three pictures in order. Each tap may be a POST of its own, carrying those before it."""
    classroom, child = class_of_login(request), chosen_child(request)
    if classroom is None or child is None:
        return redirect("class-login")
    if not child.picture_password:
        return render(request, "accounts/no_pictures.html", {"child": child})
    picked = _picked(request)
    if len(picked) < IN_A_PASSWORD:
        return _picture_page(request, child, picked)
    try:
        is_right = check_picture_password(
            child, picked, classroom=classroom, visitor=visitor_of(request)
        )
    except Locked as locked:
        return _locked_page(request, child, locked)
    if not is_right:
        return _picture_page(request, child, [], wrong=True)
    return sign_in_and_redirect(request, child.user)


def _picked(request: HttpRequest) -> list[str]:
    if request.method != "POST" or "again" in request.POST:
        return []
    names = [*request.POST.getlist("picked"), *request.POST.getlist("picture")]
    return [name for name in names if name in PICTURES][:IN_A_PASSWORD]


def _picture_page(
    request: HttpRequest, child: Student, picked: list[str], *, wrong: bool = False
) -> HttpResponse:
    shown = {
        "child": child,
        "face": face_of(child),
        "pictures": PICTURES,
        "picked": picked,
        "slots": [*picked, *[""] * (IN_A_PASSWORD - len(picked))],
        "wrong": wrong,
    }
    return render(request, "accounts/pictures.html", shown)


def _locked_page(request: HttpRequest, child: Student, locked: Locked) -> HttpResponse:
    shown = {"child": child, "face": face_of(child), "minutes": locked.minutes}
    response = render(request, "accounts/locked.html", shown, status=429)
    response["Retry-After"] = str(locked.retry_after)
    return response

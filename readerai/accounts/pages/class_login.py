"""The children's way in: the class's code, one's own face, three pictures.

Nothing about a child is in an address: the browser's session remembers which door is open
and who stands at it. Works without JavaScript; with it, tapping needs no round trip.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ..login.class_login import (
    children_of,
    choose_child,
    chosen_child,
    class_of_code,
    close_door,
    open_class,
    open_door,
)
from ..login.known_browsers import remember_browser
from ..login.pictures import IN_A_PASSWORD, PICTURES, face_of, pictures_open
from ..login.throttling import Locked
from ..models import Student
from .redirects import enter
from .sign_in import login_page

_NO_SUCH_CODE = "There is no class with that code. Look at your card, or ask your teacher."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def class_door(request: HttpRequest) -> HttpResponse:
    """POST a class code to open the door; GET shows who is in the class behind it."""
    if request.method == "POST":
        return _knock(request)
    classroom = open_class(request)
    if classroom is None:
        return redirect("login")
    children = [(child, face_of(child)) for child in children_of(classroom)]
    shown = {"classroom": classroom, "children": children}
    return render(request, "accounts/class_door.html", shown)


def _knock(request: HttpRequest) -> HttpResponse:
    try:
        classroom = class_of_code(request, request.POST.get("code", ""))
    except Locked as locked:
        text = "Too many codes were tried here. Please wait a few minutes, or ask your teacher."
        response = login_page(request, code_error=text, status=429)
        response["Retry-After"] = str(locked.retry_after)
        return response
    if classroom is None:
        return login_page(request, code_error=_NO_SUCH_CODE)
    open_door(request, classroom)
    response = redirect("class-door")
    remember_browser(request, response)
    return response


@never_cache
@require_POST
def leave_door(request: HttpRequest) -> HttpResponse:
    """Another class: the list of names goes away."""
    close_door(request)
    return redirect("login")


@never_cache
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """This is me."""
    if open_class(request) is None:
        return redirect("login")
    if choose_child(request, request.POST.get("child", "")) is None:
        raise Http404
    return redirect("class-door-pictures")


@never_cache
@sensitive_post_parameters("picked", "picture")
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest) -> HttpResponse:
    """Three pictures in order. Each tap may be a POST of its own, carrying those before it."""
    child = chosen_child(request)
    if child is None:
        return redirect("class-door")
    if not child.picture_password:
        return render(request, "accounts/no_pictures.html", {"child": child})
    picked = _picked(request)
    if len(picked) < IN_A_PASSWORD:
        return _picture_page(request, child, picked)
    try:
        is_right = pictures_open(child, picked)
    except Locked as locked:
        return _resting(request, child, locked)
    if not is_right:
        return _picture_page(request, child, [], wrong=True)
    return enter(request, child.user)


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


def _resting(request: HttpRequest, child: Student, locked: Locked) -> HttpResponse:
    shown = {"child": child, "face": face_of(child), "minutes": locked.minutes}
    response = render(request, "accounts/resting.html", shown, status=429)
    response["Retry-After"] = str(locked.retry_after)
    return response

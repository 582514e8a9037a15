"""Signing in by name and password, signing out, and where each role begins."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from readerai.busy import Busy

from ..access import to_login
from ..login.known_browsers import visitor_of
from ..login.passwords import user_with_password
from ..login.pictures import face_of
from ..login.throttling import Locked
from ..models import Student, User
from .redirects import safe_next, sign_in_and_redirect, sign_out_and_redirect

_BUSY = "Many people are coming in just now. Please try again in a moment."
_WRONG = "That name and password do not belong together. Please try again."


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The form for a class code, and below it the one for a name and a password."""
    going_to = safe_next(request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        if request.user.is_authenticated:
            return _already_in(request, request.user, going_to)
        return login_page(request, going_to=going_to)
    username, password = request.POST.get("username", ""), request.POST.get("password", "")
    if not username or not password:
        return login_page(request, going_to=going_to, error="Please give a name and a password.")
    try:
        user = user_with_password(username, password, visitor=visitor_of(request))
    except Locked as locked:
        return locked_page(request, locked, going_to=going_to)
    except Busy as busy:
        response = login_page(request, going_to=going_to, error=_BUSY, username=username)
        response.status_code, response["Retry-After"] = busy.status_code, str(busy.wait)
        return response
    if user is None:
        return login_page(request, going_to=going_to, error=_WRONG, username=username)
    return sign_in_and_redirect(request, user, going_to)


def _already_in(request: HttpRequest, user: User, going_to: str) -> HttpResponse:
    """Ask a child whether it is them: on a shared machine the next child comes here, too."""
    child = Student.objects.filter(user=user).first()
    if child is None or "next" in request.GET:
        return HttpResponseRedirect(going_to)
    return render(request, "accounts/still_here.html", {"child": child, "face": face_of(child)})


def login_page(
    request: HttpRequest,
    *,
    going_to: str = "/",
    error: str = "",
    code_error: str = "",
    username: str = "",
    status: int = 200,
) -> HttpResponse:
    """``error`` is said at the password form, ``code_error`` at the class code's."""
    shown = {
        "next": going_to if going_to != "/" else "",
        "error": error,
        "code_error": code_error,
        "username": username[:150],
        "has_mail": settings.READERAI_MAIL,
    }
    return render(request, "accounts/login.html", shown, status=status)


def locked_page(request: HttpRequest, locked: Locked, *, going_to: str = "/") -> HttpResponse:
    """The same words for every name, whether or not there is such an account."""
    minutes = f"{locked.minutes} minutes" if locked.minutes > 1 else "a minute"
    text = f"That was tried too often. Please wait {minutes} and try again."
    response = login_page(request, going_to=going_to, error=text, status=429)
    response["Retry-After"] = str(locked.retry_after)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """Ask on GET, sign out on POST."""
    if request.method == "POST":
        return sign_out_and_redirect(request)
    if not request.user.is_authenticated:
        return redirect("login")
    return render(request, "accounts/logout.html")


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Redirect to the page where the person's role begins."""
    if not request.user.is_authenticated:
        return to_login(request)
    user = request.user
    if user.is_staff_role:
        return redirect("admin:index")
    if user.is_teacher:
        return redirect("teacher-home")
    if user.is_student and hasattr(user, "student"):
        return redirect("library")
    # An account that lacks what its role needs, such as a student without a record.
    return render(request, "accounts/unfinished.html")

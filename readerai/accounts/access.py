"""Who may open a page. Signed out: led to sign in. The wrong role: there is no such page.

@teacher_required
def class_page(request: PersonRequest, class_id: str) -> HttpResponse: ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from .models import User

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request whose ``user`` is signed in. For type hints; never constructed."""

    user: User


PersonView = Callable[Concatenate[PersonRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def to_login(request: HttpRequest, back_to: str = "") -> HttpResponseRedirect:
    """To the sign-in page, and afterwards to ``back_to`` or back here."""
    query = urlencode({"next": back_to or request.get_full_path()})
    return HttpResponseRedirect(f"{resolve_url('login')}?{query}")


def required(allowed: Callable[[User], bool]) -> Callable[[PersonView[P]], View[P]]:
    """A decorator for a page that is for those who are ``allowed``."""

    def decorate(view: PersonView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not allowed(request.user):
                raise Http404
            return view(cast(PersonRequest, request), *args, **kwargs)

        return checked

    return decorate


def student_required(view: PersonView[P]) -> View[P]:
    """Only students, who then have ``request.user.student``."""
    return required(lambda user: user.is_student and hasattr(user, "student"))(view)


def teacher_required(view: PersonView[P]) -> View[P]:
    """Only teachers. Which class or child they may see is for ``visible_to`` to say."""
    return required(lambda user: user.is_teacher)(view)


def manager_required(view: PersonView[P]) -> View[P]:
    """Teachers and staff: who manages classes and their login methods."""
    return required(lambda user: user.is_teacher or user.is_staff_role)(view)

"""A browser's login counts only while its sign-in is live."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from .sign_ins import SESSION_FIELD, browser_sign_in, sign_in_browser


class SignInMiddleware:
    """Signs a browser out whose sign-in was ended elsewhere (an account disabled, a class left).

    A login without a sign-in (one that came by Django's own admin form) gets one here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            if SESSION_FIELD not in request.session:
                sign_in_browser(request, request.user)
            elif browser_sign_in(request) is None:
                logout(request)
        return self.get_response(request)


class KindErrorsMiddleware:
    """The same page for what is not there and what one may not see, in development too.

    Django's own debug page would tell the two apart, by naming the view that raised.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Http404):
            return render(request, "404.html", status=404)
        if isinstance(error, PermissionDenied):
            return render(request, "403.html", status=403)
        return None


def no_such_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address that is none."""
    raise Http404

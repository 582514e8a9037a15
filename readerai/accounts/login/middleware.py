"""A browser's login counts only while its sign-in is live."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

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

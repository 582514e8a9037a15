"""How a REST call says who it is: a bearer token, or the browser's own login."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.request import Request

from ..models import SignIn, User
from .sign_ins import browser_sign_in, sign_in_of_token


class BearerAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``. ``request.auth`` is the ``SignIn``."""

    def authenticate(self, request: Request) -> tuple[User, SignIn] | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        sign_in = sign_in_of_token(token.strip())
        if sign_in is None:
            raise AuthenticationFailed
        return sign_in.user, sign_in

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BrowserAuthentication(SessionAuthentication):
    """The login cookie, with CSRF checked on what writes. ``request.auth`` is the ``SignIn``."""

    def authenticate(self, request: Request) -> tuple[User, SignIn] | None:
        http: HttpRequest = request._request  # noqa: SLF001 - DRF has no other way to it
        if not http.user.is_authenticated:
            return None
        sign_in = browser_sign_in(http)
        if sign_in is None:
            return None
        # On Django's own request: the framework's would read the body, in vain for a view
        # that reads it itself.
        self.enforce_csrf(cast(Request, http))
        return sign_in.user, sign_in


class NotSignedIn(APIException):
    status_code = 401
    auth_header = "Bearer"


def sign_in_of(request: HttpRequest) -> SignIn:
    """Who makes a call, for a view that is a coroutine. Queries the database.

    Raises an ``APIException`` for nobody, a bad token and a missing CSRF token.
    """
    authenticators: list[BaseAuthentication] = [BearerAuthentication(), BrowserAuthentication()]
    wrapped = Request(request, authenticators=authenticators)
    if not wrapped.user.is_authenticated or not isinstance(wrapped.auth, SignIn):
        raise NotSignedIn
    return wrapped.auth

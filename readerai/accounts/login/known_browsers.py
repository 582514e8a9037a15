"""Browsers at which somebody once gave a right class code.

A whole school may come from one address. Without this a single child, or somebody next door,
could type wrong codes until nobody of that school gets to their class. The cookie is a random
number, signed; it says nothing about a child and signs nobody in.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_COOKIE: Final = "readerai_class_login"
_SALT: Final = "readerai.class-login"
_REMEMBERED: Final = dt.timedelta(days=400)


def known_browser(request: HttpRequest) -> str | None:
    """This browser's number, or None where no right code was ever given at it."""
    number: str | None = request.get_signed_cookie(
        _COOKIE, default=None, salt=_SALT, max_age=_REMEMBERED
    )
    return number


def remember_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Make this browser a known one: a right code was given."""
    response.set_signed_cookie(
        _COOKIE,
        known_browser(request) or secrets.token_hex(16),
        salt=_SALT,
        max_age=_REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/login",
    )

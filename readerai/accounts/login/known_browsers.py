"""Browsers at which somebody came in before.

A whole school may come from one address, and anybody may try pictures from anywhere. What tells a
class's own tablets from a stranger's machine is a cookie: a random number, signed. It says nothing
about a child and signs nobody in; the database knows, under a keyed hash of it, who came in there.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from readerai.security import client_address

from ..models import Classroom, KnownBrowser, User
from ..secrets import keyed_hash

COOKIE: Final = "readerai_browser"
_SALT: Final = "readerai.browser"
REMEMBERED: Final = dt.timedelta(days=400)


@dataclass(frozen=True)
class Visitor:
    """From where somebody tries to come in; ``browser`` is None at one that nobody knows."""

    address: str
    browser: str | None


def visitor_of(request: HttpRequest) -> Visitor:
    number = _number(request)
    browser = None if number is None else keyed_hash("browser", number)
    return Visitor(client_address(request), browser)


def _number(request: HttpRequest) -> str | None:
    number: str | None = request.get_signed_cookie(
        COOKIE, default=None, salt=_SALT, max_age=REMEMBERED
    )
    return number


def remember_browser(
    request: HttpRequest, response: HttpResponse, *, user: User | None = None
) -> None:
    """Make this browser a known one: a right class code was given, or ``user`` signed in."""
    number = _number(request) or secrets.token_hex(16)
    if user is not None:
        KnownBrowser.objects.update_or_create(
            browser=keyed_hash("browser", number), user=user, defaults={"last_used_at": Now()}
        )
    response.set_signed_cookie(
        COOKIE,
        number,
        salt=_SALT,
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def came_in_here(browser: str | None, *, username: str) -> bool:
    """Whether the account of this name signed in at this browser before."""
    if browser is None:
        return False
    return KnownBrowser.objects.filter(browser=browser, user__username=username).exists()


def somebody_of_class_came_in_here(browser: str | None, classroom: Classroom) -> bool:
    """Whether a child who is in the class now signed in at this browser before."""
    if browser is None:
        return False
    return KnownBrowser.objects.filter(
        browser=browser,
        user__student__enrolments__classroom=classroom,
        user__student__enrolments__ended_on=None,
    ).exists()

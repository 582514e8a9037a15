"""Where a browser goes after it signed in or out, and what it forgets on the way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from ..login.known_browsers import remember_browser
from ..login.sign_ins import sign_in_browser, sign_out_browser
from ..models import User


def safe_next(address: str | None) -> str:
    """An address on this site to go back to, or "/" for any other."""
    if not address or not address.startswith("/"):
        return "/"
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return "/"
    return address


def sign_in_and_redirect(request: HttpRequest, user: User, to: str = "/") -> HttpResponse:
    """Sign ``user`` in. Whatever the last person left in the browser's storage goes."""
    sign_in_browser(request, user)
    response = HttpResponseRedirect(to)
    response["Clear-Site-Data"] = '"storage"'
    remember_browser(request, response, user=user)
    return response


def sign_out_and_redirect(request: HttpRequest) -> HttpResponse:
    """Sign out, and have the browser forget everything that it kept."""
    sign_out_browser(request)
    response = redirect("login")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response

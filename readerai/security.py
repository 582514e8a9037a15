"""What Django has no setting for: headers of every answer, and whose address a request is from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_PERMISSIONS = "camera=(self), geolocation=(), microphone=(self), payment=(), usb=()"


class HeadersMiddleware:
    """Permissions policy on every answer, and no caching of anything about a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def client_address(request: HttpRequest) -> str:
    """The address that a request is from; what a proxy says only where the operator trusts it."""
    if settings.READERAI_TRUST_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        last = forwarded.rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR") or "")

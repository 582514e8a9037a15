"""The pages of 404 and 403 for people; the API's errors are in ``api/errors.py``."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from .busy import Busy


class ErrorPagesMiddleware:
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
        if isinstance(error, Busy):
            response = render(request, "503.html", status=error.status_code)
            response["Retry-After"] = str(error.wait)
            return response
        return None


def page_not_found(request: HttpRequest, path: str = "") -> HttpResponse:
    """The view of every address that no other view has."""
    raise Http404

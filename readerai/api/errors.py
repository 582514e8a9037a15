"""Every error of the REST API in one shape: ``{"error": {code, message, fields?}}``."""

from __future__ import annotations

import logging
import math
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .renderers import JSONRenderer

log = logging.getLogger(__name__)

_CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_fast",
    500: "internal",
    503: "unavailable",
}
_MESSAGES = {
    400: "Something in the request is not right.",
    401: "Please sign in.",
    403: "This is not for you to do.",
    404: "There is nothing here.",
    405: "That cannot be done here.",
    429: "That was a little fast. Please wait and try again.",
    500: "Something went wrong on our side. Please try again.",
    503: "We cannot do that right now. Please try again soon.",
}


class ApiError(exceptions.APIException):
    """An error with a code of its own: ``ApiError(429, "audio_quota", "…", retry_after=60)``."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str = "",
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(detail=message or _MESSAGES.get(status, ""), code=code)
        self.status_code = status
        self.code = code
        self.retry_after = retry_after


def error_body(
    status: int,
    *,
    code: str = "",
    message: str = "",
    fields: dict[str, Any] | None = None,
) -> dict[str, Any]:
    error: dict[str, Any] = {
        "code": code or _CODES.get(status, "error"),
        "message": message or _MESSAGES.get(status, "Something in the request is not right."),
    }
    if fields:
        error["fields"] = fields
    return {"error": error}


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler. Never lets an exception's own text out."""
    set_rollback()
    if "request" in context:
        # Also where the call itself would have answered with audio, YAML or a page.
        context["request"].accepted_renderer = JSONRenderer()
        context["request"].accepted_media_type = JSONRenderer.media_type
    if isinstance(error, Http404 | exceptions.NotFound):
        return Response(error_body(404), status=404)
    if isinstance(error, PermissionDenied):
        return Response(error_body(403), status=403)
    if isinstance(error, ApiError):
        body = error_body(error.status_code, code=error.code, message=str(error.detail))
        return Response(
            body,
            status=error.status_code,
            headers=_retry_after(getattr(error, "retry_after", None)),
        )
    if isinstance(error, exceptions.ValidationError):
        detail = error.detail
        fields = detail if isinstance(detail, dict) else {"body": detail}
        return Response(error_body(400, code="invalid", fields=fields), status=400)
    if isinstance(error, exceptions.APIException):
        status = error.status_code
        headers = _retry_after(getattr(error, "wait", None))
        challenge = getattr(error, "auth_header", None)
        if challenge:
            headers["WWW-Authenticate"] = challenge
        message = str(error.detail) if status == 400 else ""
        return Response(error_body(status, message=message), status=status, headers=headers)
    if isinstance(error, OperationalError | InterfaceError):
        log.error("the database did not answer", exc_info=error)
        return Response(error_body(503), status=503, headers={"Retry-After": "5"})
    log.error("an API call failed", exc_info=error)
    return Response(error_body(500), status=500)


def error_response(error: Exception) -> JsonResponse:
    """The same for a view that is a coroutine, which DRF does not call."""
    answer = answer_error(error, {})
    headers = {name: value for name, value in answer.items() if name.lower() != "content-type"}
    return JsonResponse(answer.data, status=answer.status_code, headers=headers)


def refusal(status: int, *, code: str = "", message: str = "", **headers: Any) -> JsonResponse:
    """An error of such a view's own; ``headers`` have ``_`` for ``-`` in their names."""
    response = JsonResponse(error_body(status, code=code, message=message), status=status)
    for name, value in headers.items():
        response[name.replace("_", "-")] = str(value)
    return response


def _retry_after(seconds: float | None) -> dict[str, str]:
    return {} if seconds is None else {"Retry-After": str(max(1, math.ceil(seconds)))}


@csrf_exempt  # nothing is there to be protected, and a client is told so in its own words
def api_not_found(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any address under ``/api`` that is none."""
    return JsonResponse(error_body(404), status=404)

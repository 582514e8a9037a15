"""Signing in and errors for API views that are coroutines (the framework's are not)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from readerai.accounts.login.authentication import BearerAuthentication, BrowserAuthentication
from readerai.accounts.models import SignIn

from .errors import answer_error, error_body


def sign_in_of(request: HttpRequest) -> SignIn:
    """Who makes a call, as the framework's own views find out. Looks in the database.

    Raises an ``APIException`` for nobody, a bad token and a missing CSRF token.
    """
    authenticators: list[BaseAuthentication] = [BearerAuthentication(), BrowserAuthentication()]
    wrapped = Request(request, authenticators=authenticators)
    if not wrapped.user.is_authenticated or not isinstance(wrapped.auth, SignIn):
        raise NotSignedIn
    return wrapped.auth


class NotSignedIn(APIException):
    status_code = 401
    auth_header = "Bearer"


def error_response(error: Exception) -> JsonResponse:
    """The one error shape, for an exception."""
    answer = answer_error(error, {})
    headers = {name: value for name, value in answer.items() if name.lower() != "content-type"}
    return JsonResponse(answer.data, status=answer.status_code, headers=headers)


def refusal(status: int, *, code: str = "", message: str = "", **headers: Any) -> JsonResponse:
    response = JsonResponse(error_body(status, code=code, message=message), status=status)
    for name, value in headers.items():
        response[name.replace("_", "-")] = str(value)
    return response

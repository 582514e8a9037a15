"""``/healthz`` (alive) and ``/readyz`` (able to take a session), before any other middleware.

Load balancers ask by address, not by host name, and over plain HTTP.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from . import capacity

log = logging.getLogger(__name__)


def _ask_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close_if_unusable_or_obsolete()


async def _ask_layer() -> None:
    layer = get_channel_layer()
    if layer is not None:
        await layer.group_send("readyz", {"type": "ready.check"})


def _answers(what: str, ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, this server is not ready
        log.warning("not ready: the %s does not answer (%s)", what, type(error).__name__)
        return False
    return True


def readiness() -> dict[str, bool]:
    return {
        "database": _answers("database", _ask_database),
        "channelLayer": _answers("channel layer", async_to_sync(_ask_layer)),
        "room": capacity.has_room(),
    }


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            parts = readiness()
            ready = all(parts.values())
            response = JsonResponse(
                {"status": "ready" if ready else "not ready", **parts},
                status=200 if ready else 503,
            )
            if not ready:
                response["Retry-After"] = "5"
            return response
        return self.get_response(request)

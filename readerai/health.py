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


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # noqa: BLE001 - whatever it is, this server is not ready
        log.warning("not ready: the database does not answer (%s)", type(error).__name__)
        return False
    finally:
        connection.close_if_unusable_or_obsolete()
    return True


async def _send_to_nobody() -> None:
    layer = get_channel_layer()
    if layer is not None:
        await layer.group_send("readyz", {"type": "ready.check"})


def _layer_answers() -> bool:
    try:
        async_to_sync(_send_to_nobody)()
    except Exception as error:  # noqa: BLE001 - whatever it is, this server is not ready
        log.warning("not ready: the channel layer does not answer (%s)", type(error).__name__)
        return False
    return True


def readiness() -> dict[str, bool]:
    return {
        "database": _database_answers(),
        "channelLayer": _layer_answers(),
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

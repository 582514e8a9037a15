"""``/healthz`` (alive) and ``/readyz`` (able to take a session), before any other middleware.

Load balancers ask by address, not by host name, and over plain HTTP.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Final

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from readerai.logs import named

from . import capacity

log = logging.getLogger(__name__)

Check = Callable[[], None]
#: For a probe: a balancer gives up sooner than a writer who waits for others.
_BUSY_MILLISECONDS: Final = 2000


class NotReady(Exception):
    """The message says what is missing, in words for the log."""


class _Checks:
    """``keys`` compares the master keys, and writes. The application says how (``apps.ready``)."""

    def __init__(self) -> None:
        self.keys: Check = lambda: None
        #: Whether this server was found to have keys that open nothing. It serves nobody then.
        self.keys_are_wrong = False


checks: Final = _Checks()


def _ask_database() -> None:
    """The tables are there, and can be written."""
    try:
        _require_schema()
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
            try:
                checks.keys()
            finally:
                if connection.vendor == "sqlite":
                    cursor.execute("PRAGMA busy_timeout = 20000")
    finally:
        connection.close_if_unusable_or_obsolete()


@cache
def _require_schema() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("migrations are not applied")


@cache
def _require_static_files() -> None:
    storage = staticfiles_storage
    if isinstance(storage, ManifestFilesMixin) and not storage.read_manifest():
        raise NotReady("the static files are not collected")


async def _ask_layer() -> None:
    layer = get_channel_layer()
    if layer is not None:
        await layer.group_send("readyz", {"type": "ready.check"})


def _answers(what: str, ask: Check) -> bool:
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, this server is not ready
        why = str(error) if isinstance(error, NotReady) else named(error)
        log.warning("not ready: %s (%s)", what, why)
        return False
    return True


def readiness() -> tuple[dict[str, bool], dict[str, bool]]:
    """What a server must have to be sent anybody, and what it does without for a while: without
    the channel layer everything is saved and answered, and notices come with the next look."""
    required = {
        "database": _answers("the database", _ask_database),
        "staticFiles": _answers("static files", _require_static_files),
        "room": capacity.has_room(),
    }
    return required, {"channelLayer": _answers("the channel layer", async_to_sync(_ask_layer))}


def check_keys_at_start() -> None:
    """Find out whether the master keys are the right ones. Without a database nobody knows yet."""
    try:
        checks.keys()
        checks.keys_are_wrong = False
    except NotReady as error:
        log.critical("%s; nothing is served until it is set right", str(error))
        checks.keys_are_wrong = True
    except Exception as error:  # noqa: BLE001 - readiness goes on asking
        log.warning("the master keys could not be compared (%s)", named(error))
    finally:
        connection.close()


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            return _readyz()
        if checks.keys_are_wrong:
            return HttpResponse(
                "ReaderAI cannot open what it keeps. Its log says why.\n",
                status=503,
                content_type="text/plain",
                headers={"Retry-After": "60"},
            )
        return self.get_response(request)


def _readyz() -> JsonResponse:
    required, degraded = readiness()
    ready = all(required.values())
    status = "not ready" if not ready else "ready" if all(degraded.values()) else "degraded"
    response = JsonResponse(
        {"status": status, **required, **degraded}, status=200 if ready else 503
    )
    if not ready:
        response["Retry-After"] = "5"
    return response

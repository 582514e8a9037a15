"""The application with a fault in it, and the application without its guards: for these tests.

``READERAI_LEAK_TEST`` is read here and nowhere else. ``faulty``: handlers and a page raise with a
child's words in the exception. ``unguarded``: the same, and nothing is sealed, filtered or kept
out of the channel layer, so that a scan that looks in the right places finds everything.
"""

from __future__ import annotations

import logging
import os
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

# First of all: models can be imported only after it.
from readerai.asgi import application  # isort: skip

from readerai import logs, urls
from readerai.accounts.login import browser_sessions
from readerai.servers import last_resort
from sessions_app import vault
from sessions_app.live import handlers, notices
from sessions_app.protocol import client

said: list[str] = []
_ask = handlers.HANDLERS[client.StudentInterruption]


async def asks(connection: Any, payload: Any, message_id: int | None) -> None:
    said.append(payload.question_text)
    await _ask(connection, payload, message_id)


async def raises(connection: Any, payload: Any, message_id: int | None) -> None:
    raise ValueError(f"could not do it for {said[-1]}")


def page_that_raises(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.body.decode())


handlers.HANDLERS[client.StudentInterruption] = asks
handlers.HANDLERS[client.RaiseHand] = raises
urls.urlpatterns.insert(0, path("raises", page_that_raises))


async def beside(scope: Any, receive: Any, send: Any) -> None:
    """An exception that no handler of Django's or ours is there for."""
    if scope["type"] == "http" and scope["path"] == "/raises-beside":
        raise RuntimeError((await receive())["body"].decode())
    await application(scope, receive, send)


served: Any = last_resort.LastResort(beside)


def _open_guards() -> None:
    def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
        return b"\x01" + secrets.token_bytes(12) + plain

    def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        return sealed[13:]

    send = notices.Notices._group_send

    async def loud(self: Any, message: dict[str, Any]) -> None:
        await send(self, message | {"said": said})

    vault._seal, vault._open = seal, unseal
    browser_sessions.stored_key = lambda session_key: session_key
    notices.Notices._group_send = loud  # type: ignore[method-assign]
    logs.DiscreetFilter.filter = lambda self, record: True  # type: ignore[method-assign]
    for handler in logging.getLogger().handlers:
        handler.filters.clear()


if os.environ["READERAI_LEAK_TEST"] == "unguarded":
    _open_guards()

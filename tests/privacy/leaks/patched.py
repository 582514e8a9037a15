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
from sessions_app.domain.hand.hand import Hand
from sessions_app.live import notices
from sessions_app.messages.base import Reply
from sessions_app.messages.raise_hand import RaiseHand
from sessions_app.messages.student_interruption import StudentInterruption

said: list[str] = []
_ask = StudentInterruption.apply


def asks(self: StudentInterruption, hand: Hand) -> Reply:
    said.append(self.question_text)
    return _ask(self, hand)


def raises(self: RaiseHand, hand: Hand) -> Reply:
    raise ValueError(f"could not do it for {said[-1]}")


def page_that_raises(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.body.decode())


StudentInterruption.apply = asks  # type: ignore[method-assign]
RaiseHand.apply = raises  # type: ignore[method-assign]
urls.urlpatterns.insert(0, path("raises", page_that_raises))


async def beside(scope: Any, receive: Any, send: Any) -> None:
    """An exception that no handler of Django's or ours is there for."""
    if scope["type"] == "http" and scope["path"] == "/raises-beside":
        raise RuntimeError((await receive())["body"].decode())
    await application(scope, receive, send)


served: Any = last_resort.LastResort(beside)


def _open_guards() -> None:
    def seal(cipher: object, plain: bytes, bound_to: bytes) -> bytes:
        return b"\x01" + secrets.token_bytes(12) + plain

    def unseal(cipher: object, sealed: bytes, bound_to: bytes) -> bytes:
        return sealed[13:]

    do = notices.Notices._do

    async def loud(self: Any, what: str, group: str, notice: dict[str, Any]) -> None:
        await do(self, what, group, notice | {"said": said})

    vault._seal, vault._open = seal, unseal
    browser_sessions.stored_key = lambda session_key: session_key
    notices.Notices._do = loud  # type: ignore[method-assign]
    logs.DiscreetFilter.filter = lambda self, record: True  # type: ignore[method-assign]
    for handler in logging.getLogger().handlers:
        handler.filters.clear()


if os.environ["READERAI_LEAK_TEST"] == "unguarded":
    _open_guards()

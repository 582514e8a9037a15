"""Requests, each from its first middleware to its last in one thread of a lasting executor.

Why: Django's handler makes a thread for every request, with a database wrapper of its own, and goes
to and fro between it and the event loop for every middleware that is plain code, as all of ours
are. That cost more than what a request is for. Coroutine views go Django's way.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from asgiref.sync import ThreadSensitiveContext, iscoroutinefunction
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, set_script_prefix

#: Some wait for sound or for a book that is read in a process of its own; who waits costs little.
THREADS: Final = 64
#: Middleware that asks the event loop's own channel layer.
_ASKS_THE_LOOP: Final = frozenset({"/readyz"})


class ThreadedHTTP(ASGIHandler):
    """Django's ASGI handler; plain views run with all their middleware in one thread."""

    def __init__(self) -> None:
        super().__init__()
        self._plain = BaseHandler()
        self._plain.load_middleware()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="readerai-http")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if _is_coroutine_view(scope):
            await super().__call__(scope, receive, send)
            return
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            loop = asyncio.get_running_loop()
            response = await loop.run_in_executor(self._threads, self._respond, scope, body)
            if isinstance(response, StreamingHttpResponse):
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)

    def _respond(self, scope: Any, body: Any) -> Any:
        """The whole of a request, in a thread: its answer, closed where it is no stream."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = refused if request is None else self._answer(request)
        if not response.streaming:
            response.close()
        return response

    def _answer(self, request: HttpRequest) -> Any:
        response: Any = self._plain.get_response(request)
        response._handler_class = type(self)  # noqa: SLF001 - as Django's own handler does
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        return response

    async def _stream(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Send a stream until its end or the client's, and close it in a thread."""
        async with ThreadSensitiveContext():
            sending = asyncio.ensure_future(self.send_response(response, send))
            leaving = asyncio.ensure_future(self.listen_for_disconnect(receive))
            try:
                await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (sending, leaving):
                    task.cancel()
                ends = await asyncio.gather(sending, leaving, return_exceptions=True)
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._threads, response.close)
        if isinstance(ends[0], Exception):
            raise ends[0]


def _is_coroutine_view(scope: Any) -> bool:
    path = scope["path"].removeprefix(get_script_prefix(scope).removesuffix("/"))
    try:
        return path in _ASKS_THE_LOOP or iscoroutinefunction(resolve(path).func)
    except Resolver404:
        return False

"""Taking leave on SIGTERM and SIGINT, under any ASGI server that runs on asyncio.

The server's own handler would drop every socket without a word. Ours comes first: it drains
the process, then hands the signal to the handler that was there. Whatever hangs after that (a
client that does not read, a database that does not answer), the process is gone when
``READERAI_DRAIN_SECONDS`` are over: all that was answered is saved by then.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from django.conf import settings

from readerai.monitoring import capacity
from readerai.monitoring.health import check_keys_at_start

from .process import live_process, started_process

log = logging.getLogger(__name__)

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]


def _end_now() -> None:
    log.warning("time is up: leaving without waiting any longer")
    os._exit(0)


class Drain:
    """Wraps the application and installs itself with the first thing that comes in: by then
    the server has installed its own handlers, and the loop runs."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._installed_in: asyncio.AbstractEventLoop | None = None
        self._before: dict[int, Any] = {}
        self._leaving: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        if self._installed_in is not loop:
            self._install(loop)
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        await self._application(scope, receive, send)

    def _install(self, loop: asyncio.AbstractEventLoop) -> None:
        self._installed_in = loop
        if threading.current_thread() is not threading.main_thread():
            return
        for number in _SIGNALS:
            before = signal.getsignal(number)
            if before in (signal.SIG_DFL, signal.default_int_handler, None):
                # Nobody serves here (a test, a shell): their own ways are left alone.
                continue
            self._before[number] = before
            loop.add_signal_handler(number, self._leave, number)
        if self._before:
            loop.run_in_executor(None, check_keys_at_start)
            live_process()  # answers of a server that died are taken over before anybody connects

    def _leave(self, number: int) -> None:
        if self._leaving is None:
            self._leaving = asyncio.ensure_future(self._drain_then_pass_on(number))

    async def _drain_then_pass_on(self, number: int) -> None:
        capacity.here.closed = True
        end = threading.Timer(settings.READERAI_DRAIN_SECONDS, _end_now)
        end.daemon = True
        end.start()
        try:
            process = started_process()
            if process is not None:
                await process.drain()
        except Exception:
            log.exception("leaving failed")
        loop = asyncio.get_running_loop()
        for each, before in self._before.items():
            loop.remove_signal_handler(each)
            signal.signal(each, before)
        os.kill(os.getpid(), number)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """uvicorn's way of saying start and stop; the signals have done the work by then."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await send({"type": "lifespan.shutdown.complete"})
                return

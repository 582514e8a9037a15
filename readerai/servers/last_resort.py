"""What no handler caught ends here.

Why: daphne and uvicorn would write the exception into their log, with what it says of the data
that it failed on, and close the socket without an answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from readerai.logs import named

log = logging.getLogger(__name__)

_INTERNAL_ERROR: Final = 1011

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]


class LastResort:
    """Answers for an application that raised: 500, or close 1011, and a line in the log."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._application(scope, receive, send_and_note)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("a %s call failed", scope["type"])
            await _end(scope["type"], send, begun=begun)


async def _end(kind: str, send: Send, *, begun: bool) -> None:
    try:
        if kind == "websocket":
            await send({"type": "websocket.close", "code": _INTERNAL_ERROR})
        elif kind == "http" and not begun:
            await send({"type": "http.response.start", "status": 500, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif kind == "http":
            await send({"type": "http.response.body", "body": b""})
    except Exception as failure:  # noqa: BLE001 - the client is gone, and that is all there is
        log.info("a failed call could not be ended (%s)", named(failure))

"""How much a request may send, before any of it costs: 1 MiB, and files only from staff.

Django checks what it has already been given, and both servers hand it over once it has all come.
So what is too much is refused by the head of the request, or as soon as too much has come.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

MIB: Final = 1_048_576
_TAKEN_IN: Final = 16 * MIB
#: Says of a browser's login that it is one of staff, who upload books and rosters.
UPLOADS_COOKIE: Final = "readerai_uploads"
UPLOADS_PATH: Final = "/admin/"
_SALT: Final = "readerai.uploads"

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]


def allow_uploads(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser's login send files to the admin's pages, for as long as it lasts."""
    session_key = request.session.session_key
    if session_key:
        response.set_cookie(
            UPLOADS_COOKIE,
            _signed(session_key),
            path=UPLOADS_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def most_bytes(path: str, cookies: Iterable[bytes]) -> int:
    """How long the body of a request may be. The cookies are compared, nothing is looked up: it is
    asked before anything is known, and the page itself asks for the rights."""
    if not path.startswith(UPLOADS_PATH):
        return MIB
    jar = _jar(cookies)
    session_key = jar.get(settings.SESSION_COOKIE_NAME, "")
    is_staff = hmac.compare_digest(
        jar.get(UPLOADS_COOKIE, "").encode(), _signed(session_key).encode()
    )
    return (settings.READERAI_MAX_BOOK_MIB + 10) * MIB if is_staff else MIB


def _signed(session_key: str) -> str:
    return salted_hmac(_SALT, session_key, algorithm="sha256").hexdigest()


def _jar(cookies: Iterable[bytes]) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for header in cookies:
        try:
            jar.load(header.decode("latin-1"))
        except CookieError:
            continue
    return {name: morsel.value for name, morsel in jar.items()}


class BodyLimits:
    """ASGI middleware: answers 413 to what is too long, by what its head says and by what comes."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        headers = scope["headers"]
        cookies = [value for name, value in headers if name == b"cookie"]
        left = most_bytes(scope["path"], cookies)
        lengths = [value for name, value in headers if name == b"content-length"]
        if any(not value.isdigit() or int(value) > left for value in lengths):
            await _take_in(receive)
            await _refuse(send)
            return
        begun = refused = False

        async def counted() -> Any:
            nonlocal left, refused
            message = await receive()
            if message["type"] == "http.request":
                left -= len(message.get("body", b""))
            if left < 0 and not refused:
                refused = True
                if not begun:
                    await _refuse(send)
            return {"type": "http.disconnect"} if refused else message

        async def unless_refused(message: Any) -> None:
            nonlocal begun
            begun = True
            if not refused:
                await send(message)

        await self._application(scope, counted, unless_refused)


async def _take_in(receive: Receive) -> None:
    """Drop a little of what still comes: hung up on at once, a browser would show no answer."""
    left = _TAKEN_IN
    while left > 0:
        message = await receive()
        if not message.get("more_body"):
            return
        left -= len(message["body"])


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"That is too much at once.\n"})

"""Requests under daphne: its access log, the bodies of forms, and how long a body is.

Why: daphne has a setting for none of them. uvicorn's access log passes the filter of ``logs.py``,
and it leaves bodies to the application.
"""

from __future__ import annotations

from functools import partialmethod
from typing import Any, Final
from urllib.parse import unquote

from daphne.access import AccessLogGenerator
from daphne.http_protocol import WebRequest
from twisted.internet import reactor

from .body_limits import most_bytes

_TOO_LONG: Final = (
    b"HTTP/1.1 413 Content Too Large\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    b"Content-Length: 26\r\n\r\nThat is too much at once.\n"
)
_LEAVE_SECONDS: Final = 1.0


def quiet_access_log() -> None:
    """Have daphne's access log leave out what stands after a ``?``: a child's search words.

    Its writer takes the address as it came; there is no setting for it.
    """
    write = AccessLogGenerator.write_entry
    if getattr(write, "without_queries", False):
        return

    def write_entry(
        self: Any, host: Any, date: Any, request: str, *more: Any, **named: Any
    ) -> None:
        write(self, host, date, request.partition("?")[0], *more, **named)

    write_entry.without_queries = True  # type: ignore[attr-defined]
    AccessLogGenerator.write_entry = write_entry


def leave_bodies_unread() -> None:
    """Have Twisted, below daphne, not read what a form sends before Django does.

    For arguments that nobody asks for it takes twenty times the size of an upload in memory, and
    while it does no other request or socket of the process moves, whoever sent it.
    """
    WebRequest.__init__ = partialmethod(WebRequest.__init__, parsePOSTFormSubmission=False)


def limit_bodies() -> None:
    """Refuse a body that is too long by its head, or once too much of it has come.

    Twisted takes all of it before anybody is asked, and daphne reads it anew for the application:
    half a gigabyte of either was in memory at once.
    """
    if WebRequest.gotLength is not _got_length:
        WebRequest.gotLength, WebRequest.handleContentChunk = _got_length, _chunk


_begin_body = WebRequest.gotLength
_take_chunk = WebRequest.handleContentChunk


def _got_length(self: Any, length: int | None) -> None:
    target: bytes = self.channel._path  # noqa: SLF001 - the request has none before it has all come
    path = unquote(target.partition(b"?")[0].decode("latin-1"))
    self.bytes_left = most_bytes(path, self.requestHeaders.getRawHeaders(b"Cookie") or ())
    if length is not None and length > self.bytes_left:
        self.bytes_left = -1
        _refuse(self)
    _begin_body(self, 0 if self.bytes_left < 0 else length)


def _chunk(self: Any, data: bytes) -> None:
    if self.bytes_left >= 0:
        self.bytes_left -= len(data)
        if self.bytes_left >= 0:
            _take_chunk(self, data)
        else:
            _refuse(self)


def _refuse(request: Any) -> None:
    """Answer past the request, which has not come whole, and hang up. What the client still says
    is taken off the network and dropped, so that it sees the answer and no reset."""
    channel = request.channel
    channel.transport.write(_TOO_LONG)
    channel.dataReceived = lambda data: None
    reactor.callLater(_LEAVE_SECONDS, channel.loseConnection)  # type: ignore[arg-type]

"""Log lines without anybody's words: what failed and where, never what was being said."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

_QUERY: Final = re.compile(r"\?[^\s\"']*")
_FRAME_LINE: Final = re.compile(r"^ +File \"[^\"]*\", line \d+, in ", re.MULTILINE)
_TRACEBACK: Final = "Traceback (most recent call last)"
#: Their lines go on with the repr of tasks, handles and their arguments.
_FIRST_LINE_ONLY: Final = ("asyncio", "concurrent")


def discreet_traceback(error: BaseException, trace: TracebackType | None) -> str:
    """Where an exception came from and its type, without its message or any local value.

    A database error's message quotes the row, a decoder's the input: both can be a child's.
    """
    frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
    causes = [named(error)]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < 5:
        causes.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    return f"{frames}{' from '.join(causes)}"


def named(error: BaseException) -> str:
    """An exception's type, of a database's also what it calls the error: its SQLSTATE, or SQLite's
    name for it. Neither quotes anything."""
    name = type(error).__qualname__
    cause: BaseException | None = error
    while cause is not None:
        code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
        if isinstance(code, str):
            return f"{name} {code}"
        cause = cause.__cause__
    return name


_request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Gives each request a number of its own: in its log lines, and in ``X-Request-Id``.

    A number that came along is not believed: it could be anybody's words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = _request_id.get()
            return response
        finally:
            _request_id.reset(token)


class JSONFormatter(logging.Formatter):
    """A line of JSON (``READERAI_LOGS=json``). It comes after the filter, as every line does."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if _request_id.get():
            line["requestId"] = _request_id.get()
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


class DiscreetFilter(logging.Filter):
    """Drops what exceptions say and query strings from every record that is written.

    An exception among a message's arguments is replaced by its type; of a message that quotes a
    traceback only the places are kept; of the event loop's own complaints the first line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            record.exc_text = discreet_traceback(record.exc_info[1], record.exc_info[2])
        elif record.exc_text:
            record.exc_text = _places(record.exc_text)
        record.exc_info = None
        record.stack_info = None
        record.msg = _discreet(record)
        record.args = ()
        return True


def _discreet(record: logging.LogRecord) -> str:
    if isinstance(record.msg, BaseException):
        return named(record.msg)
    record.args = _without_exceptions(record.args)
    text = record.getMessage()
    if record.name.partition(".")[0] in _FIRST_LINE_ONLY:
        text = text.partition("\n")[0]
    if _TRACEBACK in text:
        text = _places(text)
    return _QUERY.sub("?…", text) if "?" in text else text


def _without_exceptions(args: Any) -> Any:
    if isinstance(args, Mapping):
        return {name: _plain(value) for name, value in args.items()}
    return tuple(_plain(value) for value in args or ())


def _plain(value: Any) -> Any:
    return named(value) if isinstance(value, BaseException) else value


def _places(text: str) -> str:
    """Of a written traceback the lines that say where; the first line of what came before."""
    before = text.partition(_TRACEBACK)[0].strip().partition("\n")[0]
    places = [line.strip() for line in text.splitlines() if _FRAME_LINE.match(line)]
    return "\n  ".join([before or "an exception", *places])


def last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """``sys.excepthook`` of the commands: an uncaught exception without what it says, but for a
    setting that makes no sense, which is said in its own words."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif issubclass(kind, ImproperlyConfigured):
        sys.stderr.write(f"{error}\n")
    else:
        sys.stderr.write(f"{discreet_traceback(error, trace)}\n")

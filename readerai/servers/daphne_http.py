"""Requests under daphne: its access log, and the bodies of forms.

Why: daphne has a setting for neither. uvicorn's access log passes the filter of ``logs.py``, and
it leaves bodies to the application.
"""

from __future__ import annotations

from functools import partialmethod
from typing import Any

from daphne.access import AccessLogGenerator
from daphne.http_protocol import WebRequest


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

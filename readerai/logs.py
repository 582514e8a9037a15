"""Log lines without anybody's words: what failed and where, never what was being said."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

_QUERY = re.compile(r"\?[^\s\"']*")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def discreet_traceback(error: BaseException, trace: TracebackType | None) -> str:
    """Where an exception came from and its type, without its message or any local value.

    A database error's message quotes the row, a decoder's the input: both can be a child's.
    """
    frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
    causes = [type(error).__qualname__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < 5:
        causes.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    return f"{frames}{' from '.join(causes)}"


class DiscreetFilter(logging.Filter):
    """Drops exception messages and query strings from every record that is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            text = discreet_traceback(record.exc_info[1], record.exc_info[2])
            record.exc_info = None
            record.exc_text = text
        message = record.getMessage()
        if "?" in message:
            record.msg = _QUERY.sub("?…", message)
            record.args = ()
        return True

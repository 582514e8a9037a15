"""The codes of ``ERROR`` frames and of closing sockets, each with its sentence."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from msgspec import UNSET

from .server import Error

_MESSAGES: Final[dict[str, tuple[str, bool]]] = {
    "bad_json": ("That message could not be read.", False),
    "unknown_type": ("There is no message of that type.", False),
    "bad_payload": ("Something in that message is not right.", False),
    "wrong_session": ("That message belongs to another session.", False),
    "not_active": ("This session is paused or complete.", False),
    "too_fast": ("That was a little fast. Please wait a moment.", True),
    "read_only": ("Nothing can be changed here.", False),
    "internal": ("Something went wrong on our side. Please try again.", True),
    "not_signed_in": ("Please sign in.", False),
    "not_found": ("There is nothing here.", False),
    "idle": ("You stopped for a while, so we saved your place.", True),
    "taken_over": ("This book was opened somewhere else.", True),
    "full": ("It is busy right now. Please try again in a moment.", True),
    "restarting": ("One moment, we will be right back.", True),
    "too_many_bad": ("Too many messages could not be read.", False),
    "too_many": ("Too many messages at once. Please wait a little.", True),
}


class Close(IntEnum):
    """Why a socket is closed (the wire contract's table of close codes)."""

    COMPLETE = 1000
    TOO_BIG = 1009
    RESTARTING = 1012
    BAD_FRAMES = 4400
    NOT_SIGNED_IN = 4401
    NOT_FOUND = 4404
    IDLE = 4408
    TAKEN_OVER = 4409
    TOO_MANY = 4429
    FULL = 4503


CLOSE_ERROR: Final[dict[Close, str]] = {
    Close.RESTARTING: "restarting",
    Close.BAD_FRAMES: "too_many_bad",
    Close.NOT_SIGNED_IN: "not_signed_in",
    Close.NOT_FOUND: "not_found",
    Close.IDLE: "idle",
    Close.TAKEN_OVER: "taken_over",
    Close.TOO_MANY: "too_many",
    Close.FULL: "full",
}


def error(code: str, field: str = "") -> Error:
    """The ``ERROR`` payload of ``code``; ``field`` is the path of what was wrong."""
    message, retryable = _MESSAGES[code]
    return Error(code=code, message=message, retryable=retryable, field=field or UNSET)

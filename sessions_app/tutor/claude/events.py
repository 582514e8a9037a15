"""The model's stream of server-sent events, decoded: only what an answer needs of each.

The SDK makes a pydantic object of every event, which costs more than all else that a token does.
So its client sends the request and answers for status, headers and transport, and what it streams
is decoded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

#: The API's events are a few hundred bytes; a line without an end is not from it.
LONGEST_LINE: Final = 1_000_000


class EventDelta(Struct):
    """What an event adds: text, or why the message stops."""

    type: str = ""
    text: str | None = None
    stop_reason: str | None = None


class EventError(Struct):
    """Why the API broke off."""

    type: str = ""


class WrittenCache(Struct):
    """How much was written for how long."""

    ephemeral_1h_input_tokens: int | None = None


class ReportedUsage(Struct):
    """Tokens so far; other servers leave some out, or send null."""

    input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation: WrittenCache | None = None
    output_tokens: int | None = None


class BegunMessage(Struct):
    """The message as it begins."""

    usage: ReportedUsage | None = None


class MessageEvent(Struct):
    """One event of the Messages API; of others only the type."""

    type: str
    delta: EventDelta | None = None
    error: EventError | None = None
    message: BegunMessage | None = None
    usage: ReportedUsage | None = None

    @property
    def added_text(self) -> str:
        if self.type != "content_block_delta" or self.delta is None:
            return ""
        return (self.delta.text or "") if self.delta.type == "text_delta" else ""


class StreamBroken(Exception):
    """An ``error`` event inside a stream that began well; ``kind`` is the API's name for it."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


_decoder: Final = msgspec.json.Decoder(MessageEvent)


class EventReader:
    """Feed bytes, get the events that are whole (HTML Living Standard, 9.2.6)."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, received: bytes) -> Iterator[MessageEvent]:
        """Raises ``ValueError`` for an event that is no JSON, after those before it, and for one
        that has no end."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            raise ValueError("an event has no end")
        for line in lines:
            text = line.removesuffix(b"\r")
            if text.startswith(b"data:"):
                self._data.append(text[5:])
            elif not text and self._data:
                whole = b"\n".join(self._data)
                self._data.clear()
                yield _decoder.decode(whole)

"""Replies of the Messages streaming API: the right one, and everything that goes wrong."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

JSON = dict[str, Any]


@dataclass(frozen=True)
class Pause:
    """Nothing is sent for `seconds`; for ever when None."""

    seconds: float | None = None


@dataclass(frozen=True)
class Reply:
    """What one request gets: `parts` in order, then the end, or a cut connection."""

    parts: tuple[bytes | Pause, ...] = ()
    status: int = 200
    content_type: str = "text/event-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: bool = False


def says(
    *pieces: str, stop_reason: str = "end_turn", drip: float = 0.0, usage: JSON | None = None
) -> Reply:
    """A whole answer in these pieces of text, `drip` seconds before each piece."""
    return _stream(*_opening(usage), *_deltas(pieces, drip), *_closing(stop_reason))


def thinks(*thoughts: str, stop_reason: str = "max_tokens") -> Reply:
    """All of the output goes into thinking."""
    parts = [
        _event({
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "thinking_delta", "thinking": thought},
        })
        for thought in thoughts
    ]  # fmt: skip
    return _stream(*_opening(), *parts, *_closing(stop_reason))


def late(seconds: float, reply: Reply) -> Reply:
    """A reply whose first byte takes so long."""
    return replace(reply, parts=(Pause(seconds), *reply.parts))


def empty() -> Reply:
    """A whole answer without any text."""
    return says()


def refusal(*pieces: str) -> Reply:
    """The model declines: the stop reason is `refusal`."""
    return says(*pieces, stop_reason="refusal")


def huge(characters: int = 1_000_000) -> Reply:
    """An answer of at least so many characters, in pieces of 1,000."""
    piece = "So it is. " * 100
    return says(*[piece] * -(-characters // len(piece)))


def cut_after(*pieces: str) -> Reply:
    """The connection breaks in the middle of the answer."""
    return replace(_stream(*_opening(), *_deltas(pieces)), cut=True)


def ends_without_stop(*pieces: str) -> Reply:
    """The stream ends cleanly, but neither stop reason nor message_stop came."""
    return _stream(*_opening(), *_deltas(pieces))


def stalls_after(*pieces: str) -> Reply:
    """After these pieces nothing comes any more, and the connection stays open."""
    return _stream(*_opening(), *_deltas(pieces), Pause())


def hangs() -> Reply:
    """Not one byte comes, and the connection stays open."""
    return Reply(hang=True)


def overloaded(*pieces: str) -> Reply:
    """An `error` event, after these pieces, in a stream that began with status 200."""
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    return _stream(*_opening(), *_deltas(pieces), _event(error))


def malformed(*pieces: str) -> Reply:
    """An event whose data is not JSON."""
    broken = b'event: content_block_delta\ndata: {"type": "content_block_delta", "ind\n\n'
    return _stream(*_opening(), *_deltas(pieces), broken, *_closing("end_turn"))


def refused(status: int, kind: str, message: str = "no", retry_after: int | None = None) -> Reply:
    """An error status with the API's JSON body."""
    body = {"type": "error", "error": {"type": kind, "message": message}}
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Reply((json.dumps(body).encode(),), status, "application/json", headers)


def too_many(retry_after: int = 1) -> Reply:
    """429 with Retry-After in seconds."""
    return refused(429, "rate_limit_error", retry_after=retry_after)


def broken() -> Reply:
    """500."""
    return refused(500, "api_error")


def full() -> Reply:
    """529, the status of an overloaded API."""
    return refused(529, "overloaded_error")


def wrong_key() -> Reply:
    """401."""
    return refused(401, "authentication_error")


def _stream(*parts: bytes | Pause) -> Reply:
    return Reply(parts)


def _event(data: JSON) -> bytes:
    return f"event: {data['type']}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _opening(usage: JSON | None = None) -> tuple[bytes, ...]:
    message: JSON = {
        "id": "msg_test",
        "type": "message",
        "role": "assistant",
        "model": "claude-test",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 1} if usage is None else usage,
    }
    block = {
        "type": "content_block_start",
        "index": 0,
        "content_block": {"type": "text", "text": ""},
    }
    return (
        _event({"type": "message_start", "message": message}),
        _event(block),
        _event({"type": "ping"}),
    )


def _deltas(pieces: Iterable[str], drip: float = 0.0) -> tuple[bytes | Pause, ...]:
    parts: list[bytes | Pause] = []
    for piece in pieces:
        delta = {"type": "text_delta", "text": piece}
        if drip:
            parts.append(Pause(drip))
        parts.append(_event({"type": "content_block_delta", "index": 0, "delta": delta}))
    return tuple(parts)


def _closing(stop_reason: str) -> tuple[bytes, ...]:
    ending = {"stop_reason": stop_reason, "stop_sequence": None}
    return (
        _event({"type": "content_block_stop", "index": 0}),
        _event({"type": "message_delta", "delta": ending, "usage": {"output_tokens": 9}}),
        _event({"type": "message_stop"}),
    )

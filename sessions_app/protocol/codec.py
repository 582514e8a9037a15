"""Bytes to typed messages and back. Pure: knows the contract, nothing of sessions."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from . import client, server

MAX_FRAME_BYTES: Final = 65_536
MAX_ID: Final = 2**53 - 1

_EMPTY: Final = Raw(b"{}")


class BadFrame(Exception):
    """A frame that cannot be taken: an ``ERROR`` code, and the id that it answers."""

    def __init__(self, code: str, reply_to: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.reply_to = reply_to


class ClientMessage(Struct, frozen=True):
    """A client's frame, decoded. ``id`` is None where the client gave none."""

    type: str
    id: int | None
    payload: client.Payload


class _Envelope(Struct):
    type: Any = None
    session_id: Any = msgspec.field(default=None, name="sessionId")
    id: Any = None
    payload: Raw = _EMPTY


class _Frame(Struct):
    type: str
    session_id: str = msgspec.field(name="sessionId")
    seq: int
    payload: server.Payload
    reply_to: int | UnsetType = msgspec.field(default=UNSET, name="replyTo")


_envelopes: Final = msgspec.json.Decoder(_Envelope)
_encoder: Final = msgspec.json.Encoder()
_decoders: Final = {
    name: msgspec.json.Decoder(payload) for name, payload in client.PAYLOADS.items()
}


def decode(text: str | bytes, session_id: str) -> ClientMessage:
    """A client's frame on the socket of ``session_id``. Raises ``BadFrame``."""
    try:
        envelope = _envelopes.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise _why_unreadable(text) from None
    message_id = _message_id(envelope.id)
    decoder = _decoders.get(envelope.type) if isinstance(envelope.type, str) else None
    if decoder is None:
        raise BadFrame("unknown_type", message_id)
    if envelope.session_id != session_id:
        raise BadFrame("wrong_session", message_id)
    if envelope.id is not None and message_id is None:
        raise BadFrame("bad_payload")
    try:
        payload = decoder.decode(envelope.payload)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadFrame("bad_payload", message_id) from None
    if not _texts_are_clean(payload):
        raise BadFrame("bad_payload", message_id)
    return ClientMessage(envelope.type, message_id, payload)


def encode(
    payload: server.Payload, *, session_id: str, seq: int, reply_to: int | None = None
) -> str:
    """A server's frame as JSON text."""
    frame = _Frame(payload.type, session_id, seq, payload, UNSET if reply_to is None else reply_to)
    return _encoder.encode(frame).decode()


def _why_unreadable(text: str | bytes) -> BadFrame:
    """JSON that only the strict decoder refuses (a lone surrogate) is a bad payload."""
    try:
        frame = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return BadFrame("bad_json")
    if not isinstance(frame, dict):
        return BadFrame("bad_json")
    return BadFrame("bad_payload", _message_id(frame.get("id")))


def _no_constant(name: str) -> object:
    """``NaN`` and the infinities are no JSON, whatever Python's own reader says."""
    raise ValueError(name)


def _message_id(raw: object) -> int | None:
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= MAX_ID:
        return raw
    return None


def _texts_are_clean(part: Struct) -> bool:
    """No NUL and no lone surrogate anywhere: neither can be stored or shown."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, Struct):
            if not _texts_are_clean(value):
                return False
        elif isinstance(value, str) and not is_clean(value):
            return False
    return True


def is_clean(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

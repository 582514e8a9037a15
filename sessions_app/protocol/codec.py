"""Bytes to typed messages and back. Pure: knows the contract, nothing of sessions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from . import server

P = TypeVar("P", bound=Struct)

MAX_FRAME_BYTES: Final = 65_536
MAX_ID: Final = 2**53 - 1

_EMPTY: Final = Raw(b"{}")


class BadFrame(Exception):
    """A frame that cannot be taken: an ``ERROR`` code, the id that it answers, and the path of
    the field that was wrong."""

    def __init__(self, code: str, reply_to: int | None = None, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reply_to = reply_to
        self.field = field


class ClientFrame(Struct, Generic[P], frozen=True):
    """A client's frame, decoded. ``id`` is None where the client gave none."""

    id: int | None
    payload: P


class _Envelope(Struct):
    type: Any = None
    session_id: Any = msgspec.field(default=None, name="sessionId")
    id: Any = None
    payload: Raw = _EMPTY


class _Frame(Struct):
    type: str
    session_id: str = msgspec.field(name="sessionId")
    seq: int
    payload: Struct
    reply_to: int | UnsetType = msgspec.field(default=UNSET, name="replyTo")


_envelopes: Final = msgspec.json.Decoder(_Envelope)
_encoder: Final = msgspec.json.Encoder()

#: msgspec says where a wrong value lies: "… - at `$.context.currentWordIndex`".
_PATH: Final = re.compile(r"`\$\.([^`]+)`")
_MISSING: Final = re.compile(r"missing required field `([^`]+)`")


class Decoder(Generic[P]):
    """Decodes the frames of a vocabulary: payload types by the ``type`` of their frame."""

    def __init__(self, payloads: Mapping[str, type[P]]) -> None:
        self._decoders = {name: msgspec.json.Decoder(payload) for name, payload in payloads.items()}
        #: A payload without a text cannot hold an unclean one.
        self._with_text = {name for name, payload in payloads.items() if _has_text(payload)}

    def decode(self, text: str | bytes, session_id: str) -> ClientFrame[P]:
        """A client's frame on the socket of ``session_id``. Raises ``BadFrame``."""
        try:
            envelope = _envelopes.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise _why_unreadable(text) from None
        message_id = _message_id(envelope.id)
        decoder = self._decoders.get(envelope.type) if isinstance(envelope.type, str) else None
        if decoder is None:
            raise BadFrame("unknown_type", message_id, "type")
        if envelope.session_id != session_id:
            raise BadFrame("wrong_session", message_id, "sessionId")
        if envelope.id is not None and message_id is None:
            raise BadFrame("bad_payload", field="id")
        try:
            payload = decoder.decode(envelope.payload)
        except msgspec.DecodeError as error:
            raise BadFrame("bad_payload", message_id, _field_of(str(error))) from None
        except (UnicodeError, RecursionError):
            raise BadFrame("bad_payload", message_id, "payload") from None
        unclean = _unclean_field(payload) if envelope.type in self._with_text else ""
        if unclean:
            raise BadFrame("bad_payload", message_id, unclean)
        return ClientFrame(message_id, payload)


def _field_of(complaint: str) -> str:
    """The path of the field that msgspec complains about; never a value."""
    path, missing = _PATH.search(complaint), _MISSING.search(complaint)
    parts = [found.group(1) for found in (path, missing) if found is not None]
    return ".".join(parts) or "payload"


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
    return BadFrame("bad_payload", _message_id(frame.get("id")), "payload")


def _no_constant(name: str) -> object:
    """``NaN`` and the infinities are no JSON, whatever Python's own reader says."""
    raise ValueError(name)


def _message_id(raw: object) -> int | None:
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= MAX_ID:
        return raw
    return None


def _has_text(payload: type[Struct]) -> bool:
    """Whether a field of a payload may be a text, or hold one."""
    plain = (msgspec.inspect.IntType, msgspec.inspect.FloatType, msgspec.inspect.BoolType,
             msgspec.inspect.NoneType, msgspec.inspect.LiteralType)  # fmt: skip

    def may_hold(kind: msgspec.inspect.Type) -> bool:
        if isinstance(kind, msgspec.inspect.UnionType):
            return any(map(may_hold, kind.types))
        if isinstance(kind, msgspec.inspect.TupleType):
            return any(map(may_hold, kind.item_types))
        return not isinstance(kind, plain)

    described = msgspec.inspect.type_info(payload)
    assert isinstance(described, msgspec.inspect.StructType)
    return any(may_hold(field.type) for field in described.fields)


def _unclean_field(part: Struct) -> str:
    """The path of a text with a NUL or a lone surrogate, which can neither be stored nor shown."""
    for name, wire_name in zip(part.__struct_fields__, part.__struct_encode_fields__, strict=True):
        value = getattr(part, name)
        if isinstance(value, Struct):
            inner = _unclean_field(value)
            if inner:
                return f"{wire_name}.{inner}"
        elif isinstance(value, str) and not is_clean(value):
            return wire_name
    return ""


def is_clean(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""Sealing what a child says and does: one random key per session, wrapped by a master key.

AES-256-GCM throughout. A sealed value is bound to its session, student, book, table, column and
row, so that it opens nowhere else; a wrapped key to its session, student, book and master key. The
layout of a sealed value is ``version (1) · nonce (12) · ciphertext and tag``.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from django.conf import settings

if TYPE_CHECKING:
    from .models import Session

T = TypeVar("T")

_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12


class VaultError(Exception):
    """A sealed value or a wrapped key does not open."""


class KeyErased(VaultError):
    """The session's key was destroyed: what it sealed is gone for good."""


class MasterKeyMissing(VaultError):
    """The master key that wraps a session's key is not among those configured."""


def _seal(cipher: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + cipher.encrypt(nonce, plain, bound_to)


def _open(cipher: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
    if sealed[:1] != _VERSION:
        raise VaultError("not a sealed value")
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, body, bound_to)
    except (InvalidTag, ValueError):
        raise VaultError("a sealed value does not open") from None


def _bound(*parts: str | int) -> bytes:
    """Length-prefixed, so that no two lists of parts read the same."""
    return b"".join(
        len(raw).to_bytes(4, "big") + raw for raw in (str(part).encode() for part in parts)
    )


class Scope(NamedTuple):
    """What all of a session is bound to: a row that is given to another child, or another book,
    does not open any more."""

    session_id: str
    student: int
    book: int


def scope_of(session: Session) -> Scope:
    return Scope(session.pk, session.student_id, session.book_id)


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A session's data key as it is stored."""

    master_key_id: str
    wrapped: bytes


class KeyRing:
    """The master keys, newest first. The newest wraps; any of them unwraps."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._keys = dict(keys)
        self.newest_id = next(iter(self._keys))

    def wrap(self, scope: Scope, data_key: bytes) -> WrappedKey:
        key_id = self.newest_id
        bound_to = _bound("session-key", *scope, key_id)
        return WrappedKey(key_id, _seal(AESGCM(self._keys[key_id]), data_key, bound_to))

    def unwrap(self, scope: Scope, key: WrappedKey) -> bytes:
        master = self._keys.get(key.master_key_id)
        if master is None:
            raise MasterKeyMissing(f"no master key {key.master_key_id!r} is configured")
        bound_to = _bound("session-key", *scope, key.master_key_id)
        return _open(AESGCM(master), key.wrapped, bound_to)

    def derived(self, key_id: str, purpose: str) -> bytes:
        """A key for another ``purpose``, from the master key ``key_id`` (HKDF-SHA-256)."""
        master = self._keys.get(key_id)
        if master is None:
            raise MasterKeyMissing(f"no master key {key_id!r} is configured")
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(master)


@cache
def key_ring() -> KeyRing:
    """The configured master keys (``READERAI_KEYS``)."""
    return KeyRing(settings.READERAI_KEYS)


class Vault:
    """What one session's data key seals and opens."""

    __slots__ = ("_cipher", "_key", "_log_key", "_sealed_last", "scope")

    def __init__(self, scope: Scope, data_key: bytes) -> None:
        self.scope = scope
        self._key = data_key
        self._cipher = AESGCM(data_key)
        self._log_key = b""
        self._sealed_last: tuple[tuple[str, str, str | int] | None, bytes] = None, b""

    @classmethod
    def create(cls, scope: Scope) -> tuple[Vault, WrappedKey]:
        """A vault under a new random key, and the key wrapped for storing."""
        data_key = secrets.token_bytes(32)
        return cls(scope, data_key), key_ring().wrap(scope, data_key)

    @classmethod
    def of(cls, scope: Scope, master_key_id: str, wrapped: bytes | memoryview | None) -> Vault:
        """The vault of a stored session. Raises ``KeyErased`` where the key is gone."""
        if wrapped is None:
            raise KeyErased("the session's key was erased")
        key = WrappedKey(master_key_id, bytes(wrapped))
        return cls(scope, key_ring().unwrap(scope, key))

    def seal(self, table: str, column: str, row: str | int, value: msgspec.Struct) -> bytes:
        place = (table, column, row)
        last = self._sealed_last  # the same, a few times a second, while a child reads
        if last[0] != place:  # one assignment: another thread may seal something else just now
            last = self._sealed_last = place, _bound(*self.scope, *place)
        bound_to = last[1]
        return _seal(self._cipher, msgspec.msgpack.encode(value), bound_to)

    def open(
        self, table: str, column: str, row: str | int, sealed: bytes | memoryview, kind: type[T]
    ) -> T:
        bound_to = _bound(*self.scope, table, column, row)
        plain = _open(self._cipher, bytes(sealed), bound_to)
        try:
            return msgspec.msgpack.decode(plain, type=kind)
        except msgspec.DecodeError:
            raise VaultError("a sealed value has another shape than expected") from None

    def log_key(self) -> bytes:
        """The key of the session's log chain."""
        if not self._log_key:
            expand = HKDFExpand(SHA256(), 32, info=b"readerai session log")
            self._log_key = expand.derive(self._key)
        return self._log_key

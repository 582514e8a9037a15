"""A session's own log: an append-only chain, each entry keyed to the one before.

``mac = HMAC-SHA-256(log key, head before · every stored field)``, the first entry's with the
session's student, book and beginning for the head before,, and the head after an entry is
``HMAC-SHA-256(log key, mac)``. The log key comes from the session's data key, so that whoever can
only write to the database can neither make an entry nor give a log that was cut short the head
that would fit: of all heads only the last is ever stored, in the session's row. ``verify`` names
the first entry that does not fit.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from ..models import Event, EventKind, Session
from ..vault import KeyErased, Vault, VaultError, scope_of

TABLE: Final = "event"
COLUMN: Final = "sealed_payload"


class EventFacts(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """What an entry tells beside its kind and time. Sealed; only what applies is there. Named as
    it crosses the wire."""

    word_index: int | None = None
    chapter: int | None = None
    interruption_id: str | None = None
    checkpoint_id: str | None = None
    correct: bool | None = None
    score: float | None = None
    attempts: int | None = None
    understood: bool | None = None
    helpful: bool | None = None
    time_spent: float | None = None
    reason: str | None = None


def chain_mac(key: bytes, before: bytes, *parts: bytes | str | int | None) -> bytes:
    """One link: every part length-prefixed, None told apart from empty."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in (before, *parts):
        if part is None:
            mac.update(b"\xff\xff\xff\xff")
            continue
        raw = part if isinstance(part, bytes) else str(part).encode()
        mac.update(len(raw).to_bytes(4, "big") + raw)
    return mac.digest()


def head_after(key: bytes, mac: bytes) -> bytes:
    """Where a chain stands after the entry with this check sum."""
    return chain_mac(key, b"head", mac)


def beginning(vault: Vault, started_at: dt.datetime) -> bytes:
    """Where a session's chain begins: whose reading it is, of what book, and since when."""
    _, student, book = vault.scope
    return chain_mac(vault.log_key(), b"beginning", student, book, stamp(started_at))


def stamp(moment: dt.datetime) -> str:
    """A time as it enters a chain: UTC with microseconds, whatever the database's zone."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _mac(key: bytes, before: bytes, event: Event) -> bytes:
    payload = None if event.sealed_payload is None else bytes(event.sealed_payload)
    return chain_mac(
        key,
        before,
        event.session_id,
        event.seq,
        event.kind,
        stamp(event.at),
        event.client,
        event.client_id,
        event.actor,
        payload,
        None if event.row_digest is None else bytes(event.row_digest),
    )


class Log:
    """A session's own log being written: where its chain stands, and the entries to be saved
    in the transaction that they tell of."""

    __slots__ = ("_key", "_vault", "head", "length", "session_id", "unsaved")

    def __init__(self, session_id: str, vault: Vault, length: int, head: bytes) -> None:
        self.session_id = session_id
        self.length = length
        self.head = head
        self.unsaved: list[Event] = []
        self._vault = vault
        self._key = vault.log_key()

    def append(
        self,
        kind: EventKind,
        at: dt.datetime,
        facts: EventFacts | None = None,
        *,
        client: str = "",
        client_id: int | None = None,
        actor: int | None = None,
        row: bytes | memoryview | None = None,
    ) -> None:
        """The next entry; the chain's head moves on. ``row`` is the digest of the row that it
        tells of (``row_digests``)."""
        seq = self.length + 1
        event = Event(
            session_id=self.session_id,
            seq=seq,
            kind=kind,
            at=at,
            client=client if client_id is not None else "",
            client_id=client_id,
            actor=actor,
            row_digest=row,
            sealed_payload=None if facts is None else self._vault.seal(TABLE, COLUMN, seq, facts),
        )
        event.mac = _mac(self._key, self.head, event)
        self.length = seq
        self.head = head_after(self._key, event.mac)
        self.unsaved.append(event)


def facts_of(event: Event, vault: Vault) -> EventFacts:
    if event.sealed_payload is None:
        return EventFacts()
    return vault.open(TABLE, COLUMN, event.seq, event.sealed_payload, EventFacts)


@dataclass(frozen=True)
class Verdict:
    """What ``verify`` found: ``bad_seq`` is the first entry that does not fit, or None."""

    session_id: str
    entries: int
    bad_seq: int | None = None
    why: str = ""
    erased: bool = False

    @property
    def sound(self) -> bool:
        return self.bad_seq is None


def verify(session: Session) -> Verdict:
    """Walk a session's log from the first entry to the head."""
    try:
        vault = Vault.of(scope_of(session), session.key.master_key_id, session.key.wrapped)
    except KeyErased:
        return Verdict(session.pk, session.log_length, erased=True)
    except VaultError:
        return Verdict(session.pk, 0, 1, "the session's key does not open")
    key, before, count = vault.log_key(), beginning(vault, session.started_at), 0
    for event in Event.objects.filter(session=session).order_by("seq").iterator():
        count += 1
        if event.seq != count:
            why = "an entry is missing" if event.seq > count else "an entry stands twice"
            return Verdict(session.pk, count, min(count, event.seq), why)
        expected = _mac(key, before, event)
        if not hmac.compare_digest(expected, bytes(event.mac)):
            return Verdict(session.pk, count, event.seq, "an entry is not what was written")
        before = head_after(key, expected)
    if count != session.log_length or not count:
        return Verdict(session.pk, count, count + 1, "the end of the log is missing")
    if not hmac.compare_digest(before, bytes(session.log_head)):
        return Verdict(session.pk, count, count, "the log's head is not what was written")
    return Verdict(session.pk, count)

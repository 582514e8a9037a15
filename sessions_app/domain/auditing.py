"""Walking all logs, and comparing them with the heads that were written out before."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..models import Event, EventKind, Look, LookChain, Session
from .audit import verify
from .heads import Head, Heads
from .looks import erasure_subject, verify_looks


@dataclass(frozen=True)
class Finding:
    """A log that is not what was written. ``log`` names it; ``seq`` is the first bad entry, or
    None where the log as a whole is gone."""

    log: str
    seq: int | None
    why: str

    def __str__(self) -> str:
        entry = "" if self.seq is None else f" entry {self.seq}:"
        return f"{self.log}:{entry} {self.why}"


@dataclass
class Walked:
    """How much was walked."""

    sessions: int = 0
    erased: int = 0
    entries: int = 0
    looks: int = 0


def check_sessions(walked: Walked, session_id: str | None = None) -> Iterator[Finding]:
    """Every session's log, or one session's."""
    rows = Session.objects.select_related("key").order_by("pk")
    if session_id is not None:
        rows = rows.filter(pk=session_id)
    erasures = _Erasures()
    for session in rows.iterator(chunk_size=500):
        verdict = verify(session)
        walked.sessions += 1
        walked.erased += verdict.erased
        walked.entries += verdict.entries
        if not verdict.sound:
            yield Finding(session.pk, verdict.bad_seq, verdict.why)
        elif verdict.erased:
            yield from _erased(session, erasures)


def _erased(session: Session, erasures: _Erasures) -> Iterator[Finding]:
    """Of an erased log only this can be told: its entries are in line, the last says "erased",
    and the school's log of looks knows of it."""
    kinds = Event.objects.filter(session=session).order_by("seq").values_list("seq", "kind")
    last = ""
    for count, (seq, kind) in enumerate(kinds.iterator(), start=1):
        last = kind
        if seq != count:
            yield Finding(session.pk, min(seq, count), "an entry is missing")
            return
    if last != EventKind.ERASED or not erasures.cover_key(session.student_id):
        yield Finding(session.pk, None, "its key is gone, and no erasure is logged")


def check_looks(walked: Walked) -> Iterator[Finding]:
    """Every school's log of looks."""
    for chain in LookChain.objects.select_related("school").order_by("school__slug"):
        verdict = verify_looks(chain)
        walked.looks += verdict.entries - chain.forgotten
        if not verdict.sound:
            yield Finding(f"looks of {verdict.school}", verdict.bad_seq, verdict.why)


def check_heads(heads: Heads, session_id: str | None = None) -> Iterator[Finding]:
    """Every log against the head that it had: what was there then must be there still."""
    wanted = [head for head in heads.heads if session_id in (None, head.id)]
    yield from _sessions_against([head for head in wanted if head.log == "session"])
    for head in wanted:
        if head.log == "looks":
            yield from _looks_against(head)


def _sessions_against(heads: list[Head]) -> Iterator[Finding]:
    erasures = _Erasures()
    for start in range(0, len(heads), 500):
        batch = heads[start : start + 500]
        ids = [head.id for head in batch]
        lengths = Session.objects.filter(pk__in=ids, key__erased_at=None)
        standing = dict(lengths.values_list("pk", "log_length"))
        macs = _macs_at(batch)
        for head in batch:
            if head.id not in standing:
                if not erasures.cover_all(head.student, head.id):
                    yield Finding(head.id, None, "the log is gone, and no erasure is logged")
            elif standing[head.id] < head.length:
                yield Finding(head.id, standing[head.id] + 1, "the end of the log is missing")
            elif not _same(macs.get(head.id), head):
                why = "the log up to here was rewritten"
                yield Finding(head.id, head.length, why)


def _macs_at(heads: Iterable[Head]) -> dict[str, bytes]:
    """The chain's value at each head's length, by session."""
    lengths = {head.id: head.length for head in heads}
    rows = Event.objects.filter(session__in=lengths, seq__in=set(lengths.values()))
    return {
        session: bytes(mac)
        for session, seq, mac in rows.values_list("session_id", "seq", "mac")
        if lengths[session] == seq
    }


def _looks_against(head: Head) -> Iterator[Finding]:
    log = f"looks of {head.id}"
    chain = LookChain.objects.filter(school__slug=head.id).first()
    if chain is None:
        yield Finding(log, None, "the log is gone")
    elif head.length < chain.forgotten:
        return  # so old that it was forgotten when its time had come
    elif chain.length < head.length:
        yield Finding(log, chain.length + 1, "the end of the log is missing")
    elif head.length == chain.forgotten:
        if head.length and not _same(bytes(chain.forgotten_head), head):
            yield Finding(log, head.length, "the log up to here was rewritten")
    else:
        look = Look.objects.filter(chain=chain, seq=head.length).first()
        if not _same(None if look is None else bytes(look.mac), head):
            yield Finding(log, head.length, "the log up to here was rewritten")


def _same(mac: bytes | None, head: Head) -> bool:
    if head.length == 0:
        return True
    return mac is not None and hmac.compare_digest(mac, head.head)


class _Erasures:
    """Whose erasure the schools' logs of looks tell of."""

    def __init__(self) -> None:
        self._looks: list[tuple[str, list[int]]] | None = None

    def _students(self, subject: str | None) -> set[int]:
        if self._looks is None:
            rows = Look.objects.filter(what=Look.What.ERASURE).order_by("pk")
            self._looks = list(rows.values_list("subject", "students"))
        return {pk for what, students in self._looks if subject in (None, what) for pk in students}

    def cover_key(self, student: int) -> bool:
        """Whether something of the student's was erased, by retention or altogether."""
        return student in self._students(None)

    def cover_all(self, student: int | None, session_id: str) -> bool:
        """Whether a session that does not open any more, or is not there, was erased."""
        if student is None:
            return False
        if Session.objects.filter(pk=session_id).exists():
            return self.cover_key(student)
        return student in self._students(erasure_subject(student))

"""Walking all logs, and comparing them with the anchors that were written out before."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from ..domain.audit import head_after, verify
from ..domain.hand.loading import vault_of
from ..models import AccessLogChain, AccessLogEntry, Event, EventKind, Session
from ..vault import MasterKeyMissing, VaultError
from .access_log import erasure_subject, head_of, verify_access_log
from .chain_anchors import Anchor
from .row_checks import row_faults


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
    accesses: int = 0


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
        else:
            yield from (Finding(session.pk, seq, why) for seq, why in row_faults(session))


def _erased(session: Session, erasures: _Erasures) -> Iterator[Finding]:
    """Of an erased log only this can be told: its entries are in line, the last says "erased",
    and the school's access log knows of it."""
    kinds = Event.objects.filter(session=session).order_by("seq").values_list("seq", "kind")
    last = ""
    for count, (seq, kind) in enumerate(kinds.iterator(), start=1):
        last = kind
        if seq != count:
            yield Finding(session.pk, min(seq, count), "an entry is missing")
            return
    if last != EventKind.ERASED or not erasures.cover_key(session.student_id):
        yield Finding(session.pk, None, "its key is gone, and no erasure is logged")


def check_access_logs(walked: Walked) -> Iterator[Finding]:
    """Every school's access log."""
    for held in AccessLogChain.objects.select_related("school").order_by("school__slug"):
        verdict = verify_access_log(held)
        walked.accesses += verdict.entries - held.forgotten
        if not verdict.sound:
            yield Finding(f"access log of {verdict.school}", verdict.bad_seq, verdict.why)


def check_anchors(anchors: Iterable[Anchor], session_id: str | None = None) -> Iterator[Finding]:
    """Every log against the anchors that it had: what was there then must be there still. Of each
    log the shortest head that does not fit is told."""
    wanted = [head for head in anchors if session_id in (None, head.id)]
    wanted.sort(key=lambda head: (head.log, head.id, head.length))
    told: set[str] = set()
    for finding in chain(
        _sessions_against([head for head in wanted if head.log == "session"]),
        _access_log_against([head for head in wanted if head.log == "access"]),
    ):
        if finding.log not in told:
            told.add(finding.log)
            yield finding


def _sessions_against(anchors: list[Anchor]) -> Iterator[Finding]:
    erasures = _Erasures()
    for start in range(0, len(anchors), 500):
        batch = anchors[start : start + 500]
        ids = {head.id for head in batch}
        lengths = Session.objects.filter(pk__in=ids, key__erased_at=None)
        columns = lengths.values_list("pk", "log_length", "version")
        standing = {pk: (length, version) for pk, length, version in columns}
        stood = _anchors_at(batch)
        for head in batch:
            if head.id not in standing:
                if not erasures.cover_all(head.student, head.id):
                    why = "the log is gone, and no erasure is logged"
                    yield Finding(head.id, None, why)
            elif standing[head.id][0] < head.length:
                why = "the end of the log is missing"
                yield Finding(head.id, standing[head.id][0] + 1, why)
            elif standing[head.id][1] < head.version:
                yield Finding(head.id, None, "the session is set back to an earlier time")
            elif not _same(stood.get((head.id, head.length)), head):
                yield Finding(head.id, head.length, "the log up to here was rewritten")


def _anchors_at(anchors: Iterable[Anchor]) -> dict[tuple[str, int], bytes]:
    """Where each log stood at its anchors' lengths, by session and length."""
    asked = {(head.id, head.length) for head in anchors}
    keys = _log_keys({session for session, _ in asked})
    rows = Event.objects.filter(session__in=keys, seq__in={length for _, length in asked})
    return {
        (session, seq): head_after(keys[session], bytes(mac))
        for session, seq, mac in rows.values_list("session_id", "seq", "mac")
        if (session, seq) in asked
    }


def _log_keys(ids: Iterable[str]) -> dict[str, bytes]:
    """The keys of these sessions' logs, of those that open."""
    found: dict[str, bytes] = {}
    for session in Session.objects.filter(pk__in=list(ids)).select_related("key"):
        with contextlib.suppress(VaultError):
            found[session.pk] = vault_of(session).log_key()
    return found


def _access_log_against(anchors: Iterable[Anchor]) -> Iterator[Finding]:
    for head in anchors:
        yield from _access_log_at(head)


def _access_log_at(head: Anchor) -> Iterator[Finding]:
    log = f"access log of {head.id}"
    held = AccessLogChain.objects.filter(school__slug=head.id).first()
    if held is None:
        yield Finding(log, None, "the log is gone")
    elif head.length < held.forgotten:
        return  # so old that it was forgotten when its time had come
    elif held.length < head.length:
        yield Finding(log, held.length + 1, "the end of the log is missing")
    elif head.length == held.forgotten:
        if head.length and not _same(bytes(held.forgotten_head), head):
            yield Finding(log, head.length, "the log up to here was rewritten")
    else:
        look = AccessLogEntry.objects.filter(chain=held, seq=head.length).first()
        try:
            stood = None if look is None else head_of(look)
        except MasterKeyMissing:
            return  # which the walk of the log itself says
        if not _same(stood, head):
            yield Finding(log, head.length, "the log up to here was rewritten")


def _same(mac: bytes | None, head: Anchor) -> bool:
    if head.length == 0:
        return True
    return mac is not None and hmac.compare_digest(mac, head.head)


class _Erasures:
    """Whose erasure the schools' access logs tell of."""

    def __init__(self) -> None:
        self._looks: list[tuple[str, list[int]]] | None = None

    def _students(self, subject: str | None) -> set[int]:
        if self._looks is None:
            rows = AccessLogEntry.objects.filter(what=AccessLogEntry.What.ERASURE).order_by("pk")
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

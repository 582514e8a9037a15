"""The access log: who saw what of a child's, in a chain of its own per school.

Written beside the sessions, never into them. Keyed by a key derived from a master key, whose
id each entry names; ``verify`` names the first entry that does not fit.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from readerai.accounts.models import Classroom, School, Student, User
from readerai.clock import db_now

from ..domain.audit import chain_mac, head_after, stamp
from ..models import AccessLogChain, AccessLogEntry, AccessLogStudent
from ..vault import MasterKeyMissing, key_ring

PURPOSE: Final = "readerai access log"
OPERATOR: Final = "operator"
SAME_ACCESS: Final = dt.timedelta(minutes=10)
RETENTION: Final = "retention"


def record_access(
    *,
    school: School,
    actor: User | None,
    what: AccessLogEntry.What,
    subject: str,
    students: Sequence[int] = (),
    reason: str = "",
) -> None:
    """Log a entry. ``actor`` is None for a command. The same access again within ten minutes (a
    page opened anew) is the same entry."""
    name = OPERATOR if actor is None else str(actor.pk)
    with transaction.atomic():
        AccessLogChain.objects.get_or_create(school=school)
        chain = AccessLogChain.objects.select_for_update().get(school=school)
        now = db_now()
        if not reason and _just_logged(chain, name, what, subject, now):
            return
        entry = AccessLogEntry(
            chain=chain,
            seq=chain.length + 1,
            at=now,
            actor=name,
            what=what,
            subject=subject,
            students=sorted(set(students)),
            reason=reason,
            key_id=key_ring().newest_id,
        )
        entry.mac = _mac(entry, bytes(chain.head))
        entry.save(force_insert=True)
        AccessLogStudent.objects.bulk_create(
            AccessLogStudent(entry=entry, student=pk) for pk in entry.students
        )
        chain.length, chain.head = entry.seq, head_of(entry)
        chain.save(update_fields=["length", "head"])


def log_of(student: Student, actor: User | None = None) -> School | None:
    """The school whose log tells of accesses to ``student``: their own; for a child of none that of
    the class in which ``actor`` teaches them."""
    if student.user.school is not None or actor is None:
        return student.user.school
    classes = Classroom.objects.visible_to(actor).filter(
        enrolments__student=student, enrolments__ended_on=None
    )
    classroom = classes.select_related("school").first()
    return actor.school if classroom is None else classroom.school


def accesses_to(student_pk: int) -> QuerySet[AccessLogEntry]:
    """Every entry about a child, in whatever school's log."""
    return AccessLogEntry.objects.filter(student_rows__student=student_pk)


def erasure_subject(student_pk: int) -> str:
    """How a child's erasure is named: by a number that says nothing once the child is gone."""
    return f"student-{student_pk}"


def head_of(entry: AccessLogEntry) -> bytes:
    """Where the chain stands after this entry. Raises ``MasterKeyMissing``."""
    return head_after(key_ring().derived(entry.key_id, PURPOSE), bytes(entry.mac))


def _just_logged(
    chain: AccessLogChain, actor: str, what: str, subject: str, now: dt.datetime
) -> bool:
    return AccessLogEntry.objects.filter(
        chain=chain, actor=actor, what=what, subject=subject, reason="", at__gt=now - SAME_ACCESS
    ).exists()


def _mac(entry: AccessLogEntry, before: bytes) -> bytes:
    return chain_mac(
        key_ring().derived(entry.key_id, PURPOSE),
        before,
        entry.chain_id,
        entry.seq,
        stamp(entry.at),
        entry.actor,
        entry.what,
        entry.subject,
        ",".join(map(str, entry.students)),
        entry.reason,
        entry.key_id,
    )


@dataclass(frozen=True)
class AccessLogVerdict:
    school: str
    entries: int
    bad_seq: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        return self.bad_seq is None


def verify_access_log(chain: AccessLogChain) -> AccessLogVerdict:
    """Walk a school's access log from its first entry that is kept to its head."""
    school, count, before = chain.school.slug, chain.forgotten, bytes(chain.forgotten_head)
    entries = (
        AccessLogEntry.objects.filter(chain=chain).order_by("seq").prefetch_related("student_rows")
    )
    for entry in entries.iterator(chunk_size=500):
        count += 1
        if entry.seq != count:
            return AccessLogVerdict(school, count, min(count, entry.seq), "an entry is missing")
        try:
            expected = _mac(entry, before)
        except MasterKeyMissing:
            return AccessLogVerdict(school, count, entry.seq, "its master key is not configured")
        if not hmac.compare_digest(expected, bytes(entry.mac)):
            return AccessLogVerdict(school, count, entry.seq, "an entry is not what was written")
        if sorted(each.student for each in entry.student_rows.all()) != entry.students:
            return AccessLogVerdict(
                school, count, entry.seq, "whom it is about is not what was written"
            )
        before = head_of(entry)
    if count != chain.length or not count:
        return AccessLogVerdict(school, count, count + 1, "the end of the log is missing")
    if not hmac.compare_digest(before, bytes(chain.head)):
        return AccessLogVerdict(
            school, count, max(count, 1), "the log's head is not what was written"
        )
    return AccessLogVerdict(school, count)

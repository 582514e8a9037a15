"""The log of looks: who saw what of a child's, in a chain of its own per school.

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

from ..models import Look, LookChain, Seen
from ..vault import MasterKeyMissing, key_ring
from .audit import chain_mac, head_after, stamp
from .clock import db_now

PURPOSE: Final = "readerai log of looks"
OPERATOR: Final = "operator"
SAME_LOOK: Final = dt.timedelta(minutes=10)
RETENTION: Final = "retention"


def record_look(
    *,
    school: School,
    actor: User | None,
    what: Look.What,
    subject: str,
    students: Sequence[int] = (),
    reason: str = "",
) -> None:
    """Log a look. ``actor`` is None for a command. The same look again within ten minutes (a
    page opened anew) is the same entry."""
    name = OPERATOR if actor is None else str(actor.pk)
    with transaction.atomic():
        LookChain.objects.get_or_create(school=school)
        chain = LookChain.objects.select_for_update().get(school=school)
        now = db_now()
        if not reason and _just_logged(chain, name, what, subject, now):
            return
        look = Look(
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
        look.mac = _mac(look, bytes(chain.head))
        look.save(force_insert=True)
        Seen.objects.bulk_create(Seen(look=look, student=pk) for pk in look.students)
        chain.length, chain.head = look.seq, head_of(look)
        chain.save(update_fields=["length", "head"])


def log_of(student: Student, actor: User | None = None) -> School | None:
    """The school whose log tells of looks at ``student``: their own; for a child of none that of
    the class in which ``actor`` teaches them."""
    if student.user.school is not None or actor is None:
        return student.user.school
    classes = Classroom.objects.visible_to(actor).filter(
        enrolments__student=student, enrolments__ended_on=None
    )
    classroom = classes.select_related("school").first()
    return actor.school if classroom is None else classroom.school


def looks_at(student_pk: int) -> QuerySet[Look]:
    """Every look at a child, in whatever school's log."""
    return Look.objects.filter(seen__student=student_pk)


def erasure_subject(student_pk: int) -> str:
    """How a child's erasure is named: by a number that says nothing once the child is gone."""
    return f"student-{student_pk}"


def head_of(look: Look) -> bytes:
    """Where the chain stands after this entry. Raises ``MasterKeyMissing``."""
    return head_after(key_ring().derived(look.key_id, PURPOSE), bytes(look.mac))


def _just_logged(chain: LookChain, actor: str, what: str, subject: str, now: dt.datetime) -> bool:
    return Look.objects.filter(
        chain=chain, actor=actor, what=what, subject=subject, reason="", at__gt=now - SAME_LOOK
    ).exists()


def _mac(look: Look, before: bytes) -> bytes:
    return chain_mac(
        key_ring().derived(look.key_id, PURPOSE),
        before,
        look.chain_id,
        look.seq,
        stamp(look.at),
        look.actor,
        look.what,
        look.subject,
        ",".join(map(str, look.students)),
        look.reason,
        look.key_id,
    )


@dataclass(frozen=True)
class LookVerdict:
    school: str
    entries: int
    bad_seq: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        return self.bad_seq is None


def verify_looks(chain: LookChain) -> LookVerdict:
    """Walk a school's log of looks from its first entry that is kept to its head."""
    school, count, before = chain.school.slug, chain.forgotten, bytes(chain.forgotten_head)
    looks = Look.objects.filter(chain=chain).order_by("seq").prefetch_related("seen")
    for look in looks.iterator(chunk_size=500):
        count += 1
        if look.seq != count:
            return LookVerdict(school, count, min(count, look.seq), "an entry is missing")
        try:
            expected = _mac(look, before)
        except MasterKeyMissing:
            return LookVerdict(school, count, look.seq, "its master key is not configured")
        if not hmac.compare_digest(expected, bytes(look.mac)):
            return LookVerdict(school, count, look.seq, "an entry is not what was written")
        if sorted(each.student for each in look.seen.all()) != look.students:
            return LookVerdict(school, count, look.seq, "whom it is about is not what was written")
        before = head_of(look)
    if count != chain.length or not count:
        return LookVerdict(school, count, count + 1, "the end of the log is missing")
    if not hmac.compare_digest(before, bytes(chain.head)):
        return LookVerdict(school, count, max(count, 1), "the log's head is not what was written")
    return LookVerdict(school, count)

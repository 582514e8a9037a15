"""What grown-ups do about a concern: each step is kept beside the session and in the school's
access log, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError, transaction
from msgspec import Struct

from readerai.accounts.models import User
from readerai.clock import db_now
from sessions_app.domain.hand.loading import vault_of
from sessions_app.models import AccessLogEntry, Interruption
from sessions_app.records.access_log import record_access
from sessions_app.vault import VaultError

from ..models import SafeguardingConcern
from .cases import ConcernCase, classes_of_children, school_of

#: As the export knows it, too (``sessions_app.records.export``).
TABLE: Final = "safeguarding_concern"
LONGEST_NOTE: Final = 2000


class Note(Struct, frozen=True):
    """``sealed_note``: what a grown-up wrote about how a concern was dealt with."""

    text: str


class NoteRefused(Exception):
    """A note that cannot be kept; the message says why."""


class CaseGone(Exception):
    """What the child wrote was erased meanwhile."""


def record_of_case(case: ConcernCase) -> SafeguardingConcern:
    """The record beside what was written, made where there is none: once, whoever makes it."""
    if case.record is not None:
        return case.record
    source = "question" if isinstance(case.written, Interruption) else "attempt"
    record, _ = SafeguardingConcern.objects.get_or_create(
        pk=case.pk, defaults={"session": case.session, source: case.written}
    )
    return record


def mark_seen(case: ConcernCase, user: User) -> None:
    """``user`` has seen a concern: nobody is reminded of it any more. The first one stands.
    Raises ``CaseGone``."""
    with _one_step():
        record = _locked(case)
        if record.seen_at is None:
            _see(record, case, user, db_now())
            record.save(update_fields=["seen_at", "seen_by"])


def deal_with(case: ConcernCase, user: User, note: str) -> None:
    """``user`` has dealt with a concern, and says how. Where somebody has dealt with it before,
    that stands. Raises ``NoteRefused`` and ``CaseGone``."""
    text = note.replace("\x00", " ").strip()
    if not text:
        raise NoteRefused("Say in a few words what was done.")
    if len(text) > LONGEST_NOTE:
        raise NoteRefused(f"That is longer than {LONGEST_NOTE} characters.")
    try:
        vault = vault_of(case.session)
    except VaultError:
        raise NoteRefused("This session’s key is not here, so no note can be kept.") from None
    with _one_step():
        record = _locked(case)
        if record.dealt_with_at is not None:
            return
        now = db_now()
        if record.seen_at is None:
            _see(record, case, user, now)
        record.dealt_with_at, record.dealt_with_by = now, user
        record.sealed_note = vault.seal(TABLE, "sealed_note", record.pk, Note(text))
        record.save()
        log_concern(case, AccessLogEntry.What.DEALT_WITH, user)


def note_of(case: ConcernCase) -> str:
    """The note of a concern that was dealt with. Raises ``VaultError``."""
    record = case.record
    if record is None or record.sealed_note is None:
        return ""
    vault = vault_of(case.session)
    return vault.open(TABLE, "sealed_note", record.pk, record.sealed_note, Note).text


def log_concern(
    case: ConcernCase, what: AccessLogEntry.What, user: User | None, reason: str = ""
) -> None:
    """Write a step into the access log of the child's school."""
    student = case.student
    school = school_of(student, classes_of_children([student.pk]).get(student.pk, ()))
    if school is not None:
        record_access(
            school=school,
            actor=user,
            what=what,
            subject=case.pk,
            students=[student.pk],
            reason=reason,
        )


def _locked(case: ConcernCase) -> SafeguardingConcern:
    record = record_of_case(case)
    locked = SafeguardingConcern.objects.select_for_update().filter(pk=record.pk).first()
    if locked is None:
        raise CaseGone
    return locked


def _see(record: SafeguardingConcern, case: ConcernCase, user: User, now: dt.datetime) -> None:
    record.seen_at, record.seen_by = now, user
    log_concern(case, AccessLogEntry.What.SEEN, user)


@contextmanager
def _one_step() -> Iterator[None]:
    """A transaction. Raises ``CaseGone`` where what it is about was erased before its end."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise CaseGone from None

"""Erasing a child: the keys first, and committed; then everything that is held on them.

Stopped at any point, it is run again and goes on. What stays is in the school's access log: a
number, and that this child was erased when; and older entries until their time has come.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.db.models import Model

from readerai.accounts.login.limits import PASSWORDS, of_child
from readerai.accounts.login.sign_ins import end_sign_ins
from readerai.accounts.login.throttling import Tally, forgive
from readerai.accounts.models import School, Student, User

from ..models import AccessLogEntry, Presence, Session
from . import access_log
from .shredding import delete_in_batches, delete_rows_of, destroy_keys, scrub


@dataclass(frozen=True)
class Erased:
    """What was erased. ``logged`` is False where the child was in no school, which is what keeps
    the log; ``scrubbed`` is False where the database's files still have to be cleaned."""

    sessions: int
    rows: int
    logged: bool
    scrubbed: bool


def erase_student(student: Student, *, actor: User | None = None) -> Erased:
    """Destroy the keys, close what is open, remove every row. Nothing of it can be undone.
    ``actor`` is None for a command."""
    user, school = student.user, student.user.school
    sessions = Session.objects.filter(student=student)
    count = _shut(student, user, school, actor)
    rows = delete_rows_of(sessions) + delete_in_batches(sessions)
    rows += _delete_browser_logins(user) + _delete_admin_log(user, student)
    forgive([Tally(PASSWORDS, user.username), *of_child(student)])
    with transaction.atomic():
        user.delete()
    return Erased(count, rows, logged=school is not None, scrubbed=scrub())


def _shut(student: Student, user: User, school: School | None, actor: User | None) -> int:
    """One transaction: no way in, no key, no socket; and the access log says so."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        User.objects.filter(pk=user.pk).update(is_active=False)
        end_sign_ins([user])
        sessions = Session.objects.filter(student=student)
        # Locked first, as every verb does: whoever writes at this moment has done so before.
        count = len(list(sessions.select_for_update().order_by("pk").values_list("pk", flat=True)))
        destroy_keys(sessions)
        Presence.objects.filter(session__in=sessions).delete()
        if school is not None:
            access_log.record_access(
                school=school,
                actor=actor,
                what=AccessLogEntry.What.ERASURE,
                subject=access_log.erasure_subject(student.pk),
                students=[student.pk],
            )
    return count


def _delete_browser_logins(user: User) -> int:
    """Browsers' stored logins of the child: they are readable for whoever has the database."""
    gone = [
        login.pk
        for login in BrowserSession.objects.iterator(chunk_size=500)
        if login.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    return delete_in_batches(BrowserSession.objects.filter(pk__in=gone)) if gone else 0


def _delete_admin_log(user: User, student: Student) -> int:
    """What the admin noted of changes to the child's rows: it repeats their names."""
    gone = 0
    rows: tuple[Model, ...] = (user, student)
    for row in rows:
        kind = ContentType.objects.get_for_model(type(row))
        gone += delete_in_batches(LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)))
    return gone

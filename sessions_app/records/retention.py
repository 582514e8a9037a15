"""The retention schedule: what has been kept for as long as the school decided is given up.

Everything here may be stopped and run again at any time; each transaction is small.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from readerai.accounts.login.known_browsers import REMEMBERED
from readerai.accounts.login.throttling import forget_old_failures
from readerai.accounts.models import KnownBrowser, School, SignIn, Ticket
from readerai.clock import db_now

from ..domain.audit import Log
from ..domain.hand.loading import vault_of
from ..models import AccessLogChain, AccessLogEntry, EventKind, Presence, Session
from ..vault import VaultError
from . import access_log
from .holds import held_back
from .shredding import SEALED_ROWS, delete_in_batches, delete_rows_of, destroy_keys

BATCH: Final = 50
#: Ended ways in are kept for a while, so that one can still say from when to when.
SIGN_INS_KEPT: Final = dt.timedelta(days=30)
NO_SCHOOL_DAYS: Final = 400


@dataclass(frozen=True)
class Purged:
    """What one run gave up."""

    sessions: int
    accesses: int
    login_methods: int


def purge() -> Purged:
    """Keep to every school's schedule."""
    sessions = sum(_purge_sessions(school) for school in [*School.objects.all(), None])
    forgotten = sum(
        _forget_accesses(chain) for chain in AccessLogChain.objects.select_related("school")
    )
    return Purged(sessions, forgotten, _purge_ways_in())


def due() -> Purged:
    """What ``purge`` would give up now. Nothing is changed."""
    schools = [*School.objects.all(), None]
    sessions = sum(_expired(each).filter(key__erased_at=None).count() for each in schools)
    forgotten = sum(
        AccessLogEntry.objects.filter(chain=chain, at__lt=_forgotten_before(chain)).count()
        for chain in AccessLogChain.objects.select_related("school")
    )
    return Purged(sessions, forgotten, sum(rows.count() for rows in _old_ways_in()))


# -- sessions ------------------------------------------------------------------------------


def _expired(school: School | None) -> QuerySet[Session]:
    days = NO_SCHOOL_DAYS if school is None else school.retention_days
    return Session.objects.filter(
        student__user__school=school, last_active_at__lt=db_now() - dt.timedelta(days=days)
    ).exclude(held_back())


def _purge_sessions(school: School | None) -> int:
    """Destroy the keys of what was not touched for the school's time, and what they sealed. The
    row and its log's kinds and times stay, to show that it was erased and when."""
    gone = 0
    expired = _expired(school)
    while True:
        with transaction.atomic():
            batch = list(
                expired.select_for_update(of=("self",))
                .select_related("key")
                .filter(key__erased_at=None)
                .order_by("pk")[:BATCH]
            )
            _erase(batch, school)
        delete_rows_of(
            Session.objects.filter(pk__in=[session.pk for session in batch]), SEALED_ROWS
        )
        gone += len(batch)
        if len(batch) < BATCH:
            break
    # What an earlier run that was stopped may have left behind its keys.
    delete_rows_of(expired.filter(key__erased_at__isnull=False), SEALED_ROWS)
    return gone


def _erase(batch: list[Session], school: School | None) -> None:
    if not batch:
        return
    now = db_now()
    for session in batch:
        # What does not open any more as it is has a log that cannot go on.
        with contextlib.suppress(VaultError):
            log = Log(session.pk, vault_of(session), session.log_length, bytes(session.log_head))
            log.append(EventKind.ERASED, now)
            for event in log.unsaved:
                event.save(force_insert=True)
            session.log_length, session.log_head = log.length, log.head
        session.sealed_state = b""
        session.hand_raised_at = None
        session.version += 1
        session.save(
            update_fields=["sealed_state", "hand_raised_at", "version", "log_length", "log_head"]
        )
    these = Session.objects.filter(pk__in=[session.pk for session in batch])
    destroy_keys(these)
    Presence.objects.filter(session__in=these).delete()
    if school is not None:
        access_log.record_access(
            school=school,
            actor=None,
            what=AccessLogEntry.What.ERASURE,
            subject=access_log.RETENTION,
            students=sorted({session.student_id for session in batch}),
            reason=f"kept for {school.retention_days} days",
        )


# -- looks ---------------------------------------------------------------------------------


def _forgotten_before(chain: AccessLogChain) -> dt.datetime:
    return db_now() - dt.timedelta(days=chain.school.access_log_retention_days)


def _forget_accesses(chain: AccessLogChain) -> int:
    """Take away the oldest entries, from the first on; the chain goes on from where they end."""
    cutoff = _forgotten_before(chain)
    gone = 0
    while True:
        with transaction.atomic():
            held = AccessLogChain.objects.select_for_update().get(pk=chain.pk)
            oldest = list(AccessLogEntry.objects.filter(chain=held).order_by("seq")[:500])
            young = [place for place, look in enumerate(oldest) if look.at >= cutoff]
            old = oldest[: young[0]] if young else oldest
            if not old:
                return gone
            held.forgotten, held.forgotten_head = old[-1].seq, access_log.head_of(old[-1])
            held.save(update_fields=["forgotten", "forgotten_head"])
            AccessLogEntry.objects.filter(pk__in=[look.pk for look in old]).delete()
        gone += len(old)


# -- ways in -------------------------------------------------------------------------------


def _purge_ways_in() -> int:
    """Old tickets, ended sign-ins, browsers' logins that ran out, throttles."""
    forget_old_failures()
    return sum(delete_in_batches(rows) for rows in _old_ways_in())


def _old_ways_in() -> tuple[QuerySet[Any], ...]:
    before = db_now() - SIGN_INS_KEPT
    return (
        Ticket.objects.filter(expires_at__lt=Now()),
        SignIn.objects.filter(Q(ended_at__lt=before) | Q(expires_at__lt=before)),
        BrowserSession.objects.filter(expire_date__lt=db_now()),
        KnownBrowser.objects.filter(last_used_at__lt=db_now() - REMEMBERED),
    )

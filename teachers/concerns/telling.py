"""Telling grown-ups of concerns by mail: a round that every server and the worker make, again and
again. Whom a mail is for is written down first, and that it went afterwards; so a crash between the
two sends it once more, and none is lost. Several servers do not send it twice: each row is taken
before it is sent, for as long as ``retry_after`` says."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet

from readerai.accounts.models import User
from readerai.clock import db_now
from readerai.logs import named
from readerai.monitoring import metrics
from sessions_app.models import AccessLogEntry

from ..models import ConcernMail
from .cases import EVERY, unseen_cases
from .handling import log_concern, record_of_case
from .letters import concern_mail, probe_mail
from .recipients import Telling, tellings
from .schedule import retry_after, tellings_by

log = logging.getLogger(__name__)

ROUND_SECONDS: Final = 10.0
#: What a child writes again within this time is no news to whoever was told of them just now.
SAME_CHILD: Final = dt.timedelta(minutes=10)
MOST_MAILS: Final = 100
#: The mail server took the connection and refused this one mail; the next may go through.
_OF_ONE_MAIL: Final = (SMTPRecipientsRefused, SMTPDataError, ValueError)


@dataclass(frozen=True)
class TellingRound:
    """What one round did. ``untold`` are unseen concerns of children about whom no mail went."""

    sent: int = 0
    failed: int = 0
    unseen: int = 0
    untold: int = 0
    waiting: int = 0


def tell(now: dt.datetime | None = None) -> TellingRound:
    """Tell everybody who is to be told by now. Raises what the database raises."""
    now = db_now() if now is None else now
    told = {each.case.pk: each for each in tellings(unseen_cases())}
    sent = failed = 0
    if settings.READERAI_MAIL:
        _withdraw(told)
        _plan(told, now)
        sent, failed = _send(told, now)
    waiting = ConcernMail.objects.filter(sent_at=None).count()
    done = TellingRound(sent, failed, len(told), _untold(told), waiting)
    metrics.concerns(unseen=done.unseen, untold=done.untold, waiting=done.waiting)
    return done


def send_probe(user: User) -> str:
    """Send ``user`` a test mail now; why that failed, or nothing."""
    if not settings.READERAI_MAIL:
        return "No mail server is set up."
    if not user.email:
        return "Your account has no mail address."
    try:
        probe_mail(user, get_connection()).send()
    except (OSError, ValueError) as failure:
        return f"The mail server did not take it ({type(failure).__name__})."
    return ""


def _waiting(told: Iterable[str]) -> QuerySet[ConcernMail]:
    return ConcernMail.objects.filter(sent_at=None, concern__in=list(told))


def _untold(told: dict[str, Telling]) -> int:
    went = ConcernMail.objects.filter(concern__in=told, sent_at__isnull=False)
    children = {told[pk].case.session.student_id for pk in went.values_list("concern", flat=True)}
    return sum(each.case.session.student_id not in children for each in told.values())


def _withdraw(told: dict[str, Telling]) -> None:
    """Take back what waits for somebody who is not to be told any more: somebody has seen it, or
    they left."""
    people = {(pk, user.pk) for pk, each in told.items() for user, _ in each.recipients}
    waiting = ConcernMail.objects.filter(sent_at=None)
    gone = [
        pk
        for pk, concern, user in waiting.values_list("pk", "concern", "user")
        if (concern, user) not in people
    ]
    if gone:
        waiting.filter(pk__in=gone).delete()


def _plan(told: dict[str, Telling], now: dt.datetime) -> None:
    """Write down every mail that is due."""
    before: defaultdict[int, list[ConcernMail]] = defaultdict(list)
    for mail in ConcernMail.objects.filter(concern__in=told).order_by("telling"):
        before[mail.user_id].append(mail)
    due = []
    for telling in told.values():
        for user, since in telling.recipients:
            number = tellings_by(now, since, telling.repeat) - 1
            if number >= 0 and _is_news(telling, number, before[user.pk], told, now):
                due.append((telling, user, number))
    mails = [
        ConcernMail(
            concern=record_of_case(telling.case), user=user, telling=number, due_at=now, try_at=now
        )
        for telling, user, number in due
    ]
    # Another server may have written the same ones down at this moment.
    ConcernMail.objects.bulk_create(mails, ignore_conflicts=True)


def _is_news(
    telling: Telling,
    number: int,
    before: Sequence[ConcernMail],
    told: dict[str, Telling],
    now: dt.datetime,
) -> bool:
    """Whether somebody who got the mails ``before`` is to get this one, too."""
    case = telling.case
    mine = [mail for mail in before if mail.concern_id == case.pk]
    if mine:
        return mine[-1].sent_at is not None and mine[-1].telling < number
    for mail in before:
        other = told[mail.concern_id].case
        as_grave = EVERY.index(other.severity) <= EVERY.index(case.severity)
        same_child = other.session.student_id == case.session.student_id
        if same_child and as_grave and now - mail.due_at < SAME_CHILD:
            return False
    return True


def _send(told: dict[str, Telling], now: dt.datetime) -> tuple[int, int]:
    """Send what is due, a mail for each person; how many went, and how many did not."""
    sent = failed = 0
    begun = time.monotonic()
    connection = get_connection()
    try:
        for _ in range(MOST_MAILS):
            at = now + dt.timedelta(seconds=time.monotonic() - begun)
            mails = _take(told, at)
            if not mails:
                break
            failure = _send_one(mails, told, at, connection)
            sent, failed = sent + (failure is None), failed + (failure is not None)
            if failure is not None and not isinstance(failure, _OF_ONE_MAIL):
                break  # nobody is at home: what else is due is tried in the next round
    finally:
        connection.close()
    return sent, failed


def _take(told: dict[str, Telling], now: dt.datetime) -> list[ConcernMail]:
    """All that is due for one person, taken for this server."""
    with transaction.atomic():
        first = _waiting(told).filter(try_at__lte=now).order_by("try_at", "pk").first()
        if first is None:
            return []
        rows = _waiting(told).filter(user=first.user_id, try_at__lte=now).order_by("pk")
        mails = list(rows.select_for_update(of=("self",)).select_related("user"))
        for mail in mails:
            mail.tries += 1
            mail.try_at = now + retry_after(mail.tries)
            mail.save(update_fields=["tries", "try_at"])
    return mails


def _send_one(
    mails: list[ConcernMail],
    told: dict[str, Telling],
    at: dt.datetime,
    connection: BaseEmailBackend,
) -> Exception | None:
    """Send one person's mail and note that it went; or why not."""
    message = concern_mail(
        mails[0].user,
        [told[mail.concern_id] for mail in mails],
        reminder=all(at - told[mail.concern_id].case.at >= SAME_CHILD for mail in mails),
        mail_id=f"concern-{'-'.join(str(mail.pk) for mail in mails[:8])}",
        connection=connection,
    )
    pks = [mail.pk for mail in mails]
    try:
        connection.open()
        message.send()
    except (OSError, ValueError) as failure:
        log.warning("mail about a concern did not go (%s)", named(failure))
        metrics.concern_mail_tried("failed")
        ConcernMail.objects.filter(pk__in=pks).update(failure=type(failure).__name__)
        return failure
    metrics.concern_mail_tried("sent")
    with transaction.atomic():
        ConcernMail.objects.filter(pk__in=pks).update(sent_at=at, failure="")
        for mail in mails:
            case = told[mail.concern_id].case
            log_concern(case, AccessLogEntry.What.TOLD, None, f"by mail, account {mail.user_id}")
    return None

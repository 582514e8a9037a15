"""What a mail about concerns says: of which class a child is, when something was written, and where
the desk is. Never who the child is, nor what they wrote: mail is read on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from readerai.accounts.models import User
from sessions_app.models import ConcernSeverity

from ..school_time import school_time_zone
from ..wording import listed
from .recipients import Telling


@dataclass(frozen=True)
class MailLine:
    """One concern in a mail."""

    who: str
    at: str
    is_grave: bool


def concern_mail(
    user: User,
    told: Sequence[Telling],
    *,
    reminder: bool,
    mail_id: str,
    connection: BaseEmailBackend,
) -> EmailMessage:
    """The mail that tells ``user`` of one or several concerns. ``mail_id`` is the same whenever
    the same mail is sent again, so that mail programs show it once."""
    lines = [_line(each) for each in told]
    grave = any(line.is_grave for line in lines)
    context = {"lines": lines, "reminder": reminder, "grave": grave, "desk": desk_address()}
    return EmailMessage(
        subject=_subject(lines, grave=grave, reminder=reminder),
        body=render_to_string("teachers/concerns/mail.txt", context),
        to=[user.email],
        connection=connection,
        headers={"Message-ID": f"<{mail_id}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )


def probe_mail(user: User, connection: BaseEmailBackend) -> EmailMessage:
    """What the desk's button sends, to see that mail arrives."""
    return EmailMessage(
        subject="ReaderAI: a test of the mail about children who may be in trouble",
        body=render_to_string("teachers/concerns/test_mail.txt", {"desk": desk_address()}),
        to=[user.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    )


def desk_address() -> str:
    return f"{settings.READERAI_URL}{reverse('teacher-concerns')}"


def _subject(lines: Sequence[MailLine], *, grave: bool, reminder: bool) -> str:
    who = lines[0].who if len(lines) == 1 else f"{len(lines)} messages"
    how = "may need help at once" if grave else "may need help today"
    text = f"ReaderAI: {who} {how}" if len(lines) == 1 else f"ReaderAI: {who} of children {how}"
    return f"Not seen yet: {text}" if reminder else text


def _line(told: Telling) -> MailLine:
    names = [room.name for room in told.classes]
    where = f"of class {listed(names)}" if names else f"of {told.school}" if told.school else ""
    at: dt.datetime = told.case.at.astimezone(school_time_zone(told.school))
    return MailLine(
        who=f"a child {where}".strip(),
        at=f"{at:%A} {at.day} {at:%B} at {at:%H:%M}",
        is_grave=told.case.severity == ConcernSeverity.GRAVE,
    )


def _host() -> str:
    return urlsplit(settings.READERAI_URL).hostname or "readerai.invalid"

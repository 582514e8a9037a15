"""Opening and ending sign-ins: browser logins, bearer tokens, and the socket tickets of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from readerai import rows
from readerai.clock import db_now, shared_clock
from readerai.querying import one_or_none

from ..models import SignIn, Ticket, User
from ..secrets import new_secret, secret_hash

TOKEN_LIFETIME = dt.timedelta(hours=12)
TICKET_LIFETIME = dt.timedelta(seconds=60)
SESSION_FIELD = "sign_in"


@dataclass(frozen=True)
class IssuedSecret:
    """A token or ticket as it is handed out once: the secret itself and until when it is valid."""

    text: str
    expires_at: dt.datetime


def sign_in_browser(request: HttpRequest, user: User) -> SignIn:
    """Log ``user`` in under a new session key, after signing out whoever was signed in before."""
    sign_out_browser(request)
    sign_in = SignIn.objects.create(
        user=user,
        kind=SignIn.Kind.BROWSER,
        password_digest=secret_hash(user.password),
        expires_at=db_now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SESSION_FIELD] = sign_in.pk
    return sign_in


def sign_out_browser(request: HttpRequest) -> None:
    """End the browser's login and everything that hangs on it; the session is emptied."""
    sign_in_id = request.session.get(SESSION_FIELD)
    if sign_in_id is not None:
        end_open_sign_ins(SignIn.objects.filter(pk=sign_in_id))
    logout(request)


def browser_sign_in(request: HttpRequest) -> SignIn | None:
    """The live sign-in behind a browser's login, or None where there is none."""
    sign_in_id = request.session.get(SESSION_FIELD)
    if sign_in_id is None:
        return None
    return one_or_none(SignIn.objects.live().select_related("user").filter(pk=sign_in_id))


def issue_token(user: User) -> IssuedSecret:
    secret = IssuedSecret(new_secret(), db_now() + TOKEN_LIFETIME)
    SignIn.objects.create(
        user=user,
        kind=SignIn.Kind.TOKEN,
        password_digest=secret_hash(user.password),
        token_hash=secret_hash(secret.text),
        expires_at=secret.expires_at,
    )
    return secret


def sign_in_of_token(token: str) -> SignIn | None:
    """The live sign-in behind a bearer token, with its account and, of a child, the child."""
    live = SignIn.objects.live().select_related("user__student")
    return one_or_none(live.filter(kind=SignIn.Kind.TOKEN, token_hash=secret_hash(token)))


def end_sign_in(sign_in: SignIn) -> None:
    end_open_sign_ins(SignIn.objects.filter(pk=sign_in.pk))


def end_sign_ins(users: QuerySet[User] | Iterable[User]) -> None:
    """End every open sign-in of these people, browsers and tokens alike."""
    end_open_sign_ins(SignIn.objects.filter(user__in=users))


def end_open_sign_ins(sign_ins: QuerySet[SignIn]) -> int:
    """End those that are not ended yet, and say how many that were."""
    return sign_ins.filter(ended_at=None).update(ended_at=Now())


def issue_ticket(sign_in: SignIn, opens: str) -> IssuedSecret:
    """A ticket for the socket path ``opens``, good once within a minute."""
    secret, ticket = new_ticket(sign_in, opens)
    rows.insert([ticket])
    return secret


def new_ticket(sign_in: SignIn, opens: str) -> tuple[IssuedSecret, Ticket]:
    """The same with the ticket's row still to be inserted."""
    secret = IssuedSecret(new_secret(), shared_clock.measured_now() + TICKET_LIFETIME)
    hashed = secret_hash(secret.text)
    return secret, Ticket(
        secret_hash=hashed, sign_in=sign_in, opens=opens, expires_at=secret.expires_at
    )


_SPEND = f"""
    DELETE FROM {Ticket._meta.db_table}
     WHERE secret_hash = %s AND opens = %s AND expires_at > %s
    RETURNING sign_in_id
"""  # noqa: S608 - nothing but the table's name is put in


def spend_ticket(secret: str, opens: str) -> SignIn | None:
    """The sign-in behind a ticket, which is spent by asking; None where it is not valid here."""
    now = connection.ops.adapt_datetimefield_value(shared_clock.measured_now())
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [secret_hash(secret), opens, now])
        row = cursor.fetchone()
    if row is None:
        return None
    return one_or_none(SignIn.objects.live().select_related("user").filter(pk=row[0]))

"""Opening a connection to a session: it becomes the owner, and takes the session in hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from readerai import rows
from readerai.accounts.models import SignIn, User
from readerai.clock import shared_clock
from readerai.querying import one_or_none

from ...models import EventKind, Presence, Session
from ..errors import SessionNotFound
from ..hand.commit import save_in_transaction, snapshot
from ..hand.hand import Hand
from ..hand.loading import SessionRows, rows_of, take_in_hand
from .absence import come_back, is_online

PRESENCE_LIFETIME = dt.timedelta(seconds=45)


class OpenElsewhere(Exception):
    """Another connection serves the session, and nobody asked for this one."""


@dataclass(frozen=True)
class Connected:
    """A session taken in hand. ``taken_over`` says that another connection was live until now."""

    hand: Hand
    session: Session
    rows: SessionRows
    taken_over: bool


def connect(
    *,
    session_id: str,
    user: User,
    sign_in: SignIn,
    server: str,
    client: str = "",
    only_if_free: bool = False,
) -> Connected:
    """Make a new connection the session's owner: the newest wins. A paused session becomes
    active; a completed one is left as it is.

    Raises ``SessionNotFound`` for anybody but the session's own student, and ``OpenElsewhere``
    where ``only_if_free`` and another client's connection is live; nothing changes then. The
    ``client``'s own last connection may seem to live on: a dead line is noticed late.
    """
    with transaction.atomic():
        session = _locked(session_id, user)
        found = rows_of(session)
        hand = take_in_hand(session, found)
        hand.now, hand.server = shared_clock.measured_now(), server
        if hand.is_completed:
            return Connected(hand, session, found, taken_over=False)
        taken_over = is_online(session, hand.now)
        if taken_over and only_if_free and not (client and session.presence.client == client):
            raise OpenElsewhere
        if taken_over:
            hand.record(EventKind.TAKEN_OVER)
        else:
            come_back(hand)
        if session.status == Session.Status.PAUSED:
            hand.set_status(Session.Status.ACTIVE, EventKind.RESUMED)
        hand.changes.is_activity = True
        _own(hand)
        session.presence = Presence(
            session_id=session_id,
            server=server,
            owner=hand.row.owner,
            client=client,
            sign_in=sign_in,
            expires_at=hand.now + PRESENCE_LIFETIME,
        )
        rows.put(session.presence)
    return Connected(hand, session, found, taken_over)


def _locked(session_id: str, user: User) -> Session:
    """The session of ``user``'s own, its row locked, and everything that opening it needs."""
    if not user.is_student:
        raise SessionNotFound
    rows = Session.objects.visible_to(user).select_for_update(of=("self",))
    related = ("key", "student__user__school", "book", "presence")
    session = one_or_none(rows.select_related(*related).filter(pk=session_id))
    if session is None:
        raise SessionNotFound
    return session


def _own(hand: Hand) -> None:
    """Save the hand under a new owner number: every write of an older connection fails now."""
    save_in_transaction(snapshot(hand, owner=hand.row.owner + 1))
    hand.row.version += 1
    hand.row.owner += 1

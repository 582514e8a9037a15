"""A child who has gone: since when, what falls with them, and what stays for a teacher to see."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from readerai.clock import shared_clock

from ...models import EventKind, Presence, Session
from ..errors import SessionNotFound
from ..hand.commit import change
from ..hand.hand import Hand
from ..hand.state import ReadingState

#: A raised hand falls so long after its child has left (PROTOCOL).
HAND_STAYS_UP: Final = dt.timedelta(minutes=2)


def is_online(session: Session, now: dt.datetime) -> bool:
    """Whether a child is connected to a session whose presence is at hand."""
    presence = getattr(session, "presence", None)
    return presence is not None and presence.expires_at > now


def moved_at(state: ReadingState) -> dt.datetime:
    """When the child came to their place."""
    return dt.datetime.fromtimestamp(state.moved_at, dt.UTC)


def open_until(last_active_at: dt.datetime, state: ReadingState) -> dt.datetime:
    """When the book was before the child last, of a session that nobody is connected to."""
    return max(last_active_at, dt.datetime.fromtimestamp(state.left_at, dt.UTC))


def gone_since(session: Session, state: ReadingState) -> dt.datetime:
    """When a child who is not there really left: with the page that they closed, or before,
    when it noticed that nobody was there any more."""
    return session.last_active_at if state.is_away else open_until(session.last_active_at, state)


def end_connection(hand: Hand) -> None:
    """The child's connection ends: the voice stops, and where they are is nobody's to say."""
    hand.now = shared_clock.now()
    hand.rest()
    if hand.row.status == Session.Status.ACTIVE:
        hand.state.is_playing = False
        hand.state.left_at = hand.now.timestamp()
    hand.changes.ends_presence = True


def come_back(hand: Hand) -> None:
    """The child opens a book that nobody had open: their time away is no time at their place."""
    left = open_until(hand.row.last_active_at, hand.state)
    lower_if_left_up(hand)
    hand.state.is_playing = hand.state.is_away = False
    hand.state.moved_at += max(0.0, (hand.now - left).total_seconds())


def hand_is_up(session: Session, state: ReadingState, now: dt.datetime) -> bool:
    """Whether a hand is to be shown: that of a child who left a while ago falls by itself."""
    if session.hand_raised_at is None or is_online(session, now):
        return session.hand_raised_at is not None
    return now - open_until(session.last_active_at, state) < HAND_STAYS_UP


def lower_if_left_up(hand: Hand) -> bool:
    """Lower a hand whose child left a while ago; whether there was one."""
    gone = hand.now - open_until(hand.row.last_active_at, hand.state)
    if hand.row.hand_raised_at is None or gone < HAND_STAYS_UP:
        return False
    hand.row.hand_raised_at = None
    hand.state.hand_fell = True
    hand.record(EventKind.HAND_LOWERED, reason="the child had left")
    return True


def lower_hands_left_up(*, most: int = 500) -> int:
    """Lower the hands of children who left, whichever server had them; how many there were."""
    connected = Presence.objects.filter(session=OuterRef("pk"), expires_at__gt=Now())
    raised = Session.objects.open().filter(
        ~Exists(connected), hand_raised_at__isnull=False, last_active_at__lt=Now() - HAND_STAYS_UP
    )
    lowered = 0
    for session_id in raised.values_list("pk", flat=True)[:most]:
        try:
            lowered += change(session_id, lower_if_left_up)
        except SessionNotFound:
            continue
    return lowered

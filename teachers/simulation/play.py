"""What a simulated child's page sends, done to the session that its connection has in hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from sessions_app.domain.hand.commit import commit, snapshot
from sessions_app.domain.hand.hand import Hand
from sessions_app.messages import CompleteSession, PauseSession, RaiseHand, ResumeSession
from sessions_app.messages.base import Message

from ..simulated_children import Act, Moment

_MESSAGES: Final[dict[Act, Message]] = {
    "pause": PauseSession(),
    "resume": ResumeSession(),
    "raise_hand": RaiseHand(),
    "complete": CompleteSession(),
}


def play(hand: Hand, moments: Iterable[Moment], opened_at: dt.datetime) -> None:
    """Take in what was sent, and save it. ``opened_at`` is when the page's clock was at 0."""
    for moment in moments:
        hand.now = opened_at + dt.timedelta(seconds=moment.at)
        if moment.act == "report":
            hand.report(moment.report)
        else:
            _MESSAGES[moment.act].apply(hand)
            hand.changes.is_activity = True
        if hand.changes.is_activity:
            hand.row.last_active_at = hand.now
            hand.changes.is_activity = False
    save_hand(hand)


def save_hand(hand: Hand) -> None:
    """Commit what the hand holds. Raises ``Conflict`` where somebody else wrote."""
    commit(snapshot(hand))
    hand.row.version += 1

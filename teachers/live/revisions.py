"""What a feed shows of each session, numbered so that a viewer is told of changes alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from sessions_app.protocol.summary import SessionSummary

from .cards import CardView

#: A card as each view shows it that somebody looks at.
CardHtml = dict[CardView, str]


@dataclass(frozen=True)
class SessionRevision:
    """A session as it is shown. ``number`` grows with every change of it; ``html`` is None where
    the child's card is about another session."""

    number: int
    summary: msgspec.Raw
    html: CardHtml | None

    def is_still(self, summary: msgspec.Raw, html: CardHtml | None) -> bool:
        """Whether nobody who saw this would see a difference. A view that nobody looked at before
        is none."""
        if bytes(self.summary) != bytes(summary) or (self.html is None and html is not None):
            return False
        before, now = self.html or {}, html or {}
        return all(before[view] == now[view] for view in before.keys() & now.keys())


class ShownSessions:
    """The newest revision of each session of a class, by the session's id."""

    def __init__(self) -> None:
        self.revisions: dict[str, SessionRevision] = {}
        self._last_number = 0

    def show(self, summary: SessionSummary, html: CardHtml | None) -> None:
        """Show a session as it is now."""
        raw = msgspec.Raw(msgspec.json.encode(summary))
        before = self.revisions.get(summary.session_id)
        if before is not None and before.is_still(raw, html):
            number = before.number
        else:
            self._last_number += 1
            number = self._last_number
        self.revisions[summary.session_id] = SessionRevision(number, raw, html)

    def keep(self, session_ids: Collection[str]) -> bool:
        """Show these sessions only, in their order; whether others were shown before."""
        gone = self.revisions.keys() - set(session_ids)
        self.revisions = {session: self.revisions[session] for session in session_ids}
        return bool(gone)

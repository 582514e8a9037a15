"""One class that is being watched on this server: what is shown of it, and to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from readerai.accounts.models import Classroom
from sessions_app.domain.overviews import SessionOverview
from sessions_app.live.saving.database import in_database
from sessions_app.protocol.errors import Close

from . import admission, snapshot
from .cards import CardView
from .revisions import CardHtml, ShownSessions
from .snapshot import ClassSnapshot
from .viewer import Viewer


class ClassFeed:
    """However many watch a class, the database is asked once."""

    def __init__(self, classroom: Classroom) -> None:
        self.classroom = classroom
        self.viewers: set[Viewer] = set()
        self.ticks = 0
        self.shown = ShownSessions()
        self._snapshot = ClassSnapshot([], {})
        self._lock = asyncio.Lock()
        self._reloads_begun = 0

    @property
    def members(self) -> frozenset[int]:
        """The primary keys of the children who are shown."""
        return self._snapshot.members

    @property
    def session_ids(self) -> set[str]:
        """The sessions that are shown."""
        return set(self.shown.revisions)

    @property
    def views(self) -> frozenset[CardView]:
        """The views of cards that somebody looks at."""
        return frozenset(viewer.view for viewer in self.viewers if viewer.view is not None)

    async def reload(self) -> None:
        """Read the whole class anew. Who asks while a reload waits to begin shares it."""
        begun_before = self._reloads_begun
        async with self._lock:
            if self._reloads_begun > begun_before:
                return
            self._reloads_begun += 1
            fresh = await in_database(snapshot.class_snapshot, self.classroom.pk)
            cards = await self._cards(fresh, fresh.members)
            moved = self._reloads_begun > 1 and fresh.members != self.members
            self._snapshot = fresh
            self._show(fresh.overviews, cards)
            gone = self.shown.keep(fresh.overviews)
        if gone or moved:
            for viewer in self.viewers:
                viewer.show_all(self.shown.revisions, seats=len(fresh.members))

    async def update(self, changed: Mapping[str, SessionOverview]) -> None:
        """Take in those of the ``changed`` sessions that are this class's."""
        async with self._lock:
            mine = {
                session: overview
                for session, overview in changed.items()
                if overview.session.student_id in self.members
            }
            if not mine:
                return
            fresh = replace(self._snapshot, overviews=self._snapshot.overviews | mine)
            self._snapshot = fresh
            touched = frozenset(overview.session.student_id for overview in mine.values())
            cards = await self._cards(fresh, touched)
            # All of a child's sessions: the card may be about another one now.
            of_touched = {
                session: overview
                for session, overview in fresh.overviews.items()
                if overview.session.student_id in touched
            }
            self._show(of_touched, cards)

    async def _cards(self, fresh: ClassSnapshot, children: frozenset[int]) -> dict[str, CardHtml]:
        views = self.views
        if not views:
            return snapshot.cards_of(self.classroom, fresh, children, views)
        return await in_database(snapshot.cards_of, self.classroom, fresh, children, views)

    def _show(
        self, overviews: Mapping[str, SessionOverview], cards: Mapping[str, CardHtml]
    ) -> None:
        for session, overview in overviews.items():
            self.shown.show(overview.summary, cards.get(session))

    def flush(self) -> None:
        """Show every viewer what changed since they were told."""
        for viewer in self.viewers:
            for session, revision in self.shown.revisions.items():
                viewer.show(session, revision)

    async def check_access(self) -> None:
        """Send away whoever may not watch any more."""
        viewers = list(self.viewers)
        signed_in = await in_database(
            admission.still_signed_in, [viewer.sign_in_id for viewer in viewers]
        )
        teaching = await in_database(
            admission.still_teaching, self.classroom.pk, [viewer.user_id for viewer in viewers]
        )
        for viewer in viewers:
            if viewer.sign_in_id not in signed_in:
                await self._send_away(viewer, Close.NOT_SIGNED_IN)
            elif viewer.user_id not in teaching:
                await self._send_away(viewer, Close.NOT_FOUND)

    async def _send_away(self, viewer: Viewer, why: Close) -> None:
        self.viewers.discard(viewer)
        await viewer.close(why)

    async def members_changed(self) -> bool:
        """Whether children came to the class or left it since the last reload."""
        members = await in_database(snapshot.members_now, self.classroom.pk)
        return members != self.members

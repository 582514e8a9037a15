"""What teachers see live. One per server process: however many watch a class, it is looked at
once, and of what changes nothing but that.

The channel layer's notices say what is worth another look; as it may lose them, everything is
looked at every few seconds anyway.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
from django.db import DatabaseError, InterfaceError

from readerai.accounts.models import Classroom
from sessions_app.domain.overviews import SessionOverview
from sessions_app.live.database import in_database
from sessions_app.live.groups import class_group
from sessions_app.live.process import LiveProcess, live_process
from sessions_app.protocol.errors import Close

from . import queries
from .cards import View
from .queries import Html, Sight
from .viewer import Scene, Viewer

log = logging.getLogger(__name__)

#: A little over a second, so that two changes of a session never come within one.
BEAT_SECONDS: Final = 1.05
ACCESS_BEATS: Final = 2
WHOLE_LOOK_BEATS: Final = 6
MAX_STRANGERS: Final = 50_000


class ClassFeed:
    """One class that is being watched: what was seen of it last, and by whom."""

    def __init__(self, classroom: Classroom) -> None:
        self.classroom = classroom
        self.viewers: set[Viewer] = set()
        self.sight = Sight([], {})
        self.scenes: dict[str, Scene] = {}
        self.members: frozenset[int] = frozenset()
        self.beats = 0
        self._lock = asyncio.Lock()
        self._looks_begun = 0
        self._revision = 0

    @property
    def views(self) -> frozenset[View]:
        return frozenset(viewer.view for viewer in self.viewers if viewer.view is not None)

    async def look(self) -> None:
        """Look at the whole class. Who asks while a look waits to begin shares it."""
        asked = self._looks_begun
        async with self._lock:
            if self._looks_begun > asked:
                return
            self._looks_begun += 1
            sight = await in_database(queries.whole_look, self.classroom.pk)
            cards = await self._cards(sight, sight.members)
            gone = self.scenes.keys() - sight.seen.keys()
            moved = self._looks_begun > 1 and sight.members != self.members
            self.sight, self.members = sight, sight.members
            self.scenes = {
                session: self._scene(session, overview, cards.get(session))
                for session, overview in sight.seen.items()
            }
        if gone or moved:
            for viewer in self.viewers:
                viewer.show_all(self.scenes)

    async def take(self, changed: dict[str, SessionOverview]) -> None:
        """Take in sessions of this class that were looked at again."""
        async with self._lock:
            mine = {
                session: overview
                for session, overview in changed.items()
                if overview.session.student_id in self.members
            }
            if not mine:
                return
            seen = self.sight.seen | mine
            self.sight = Sight(self.sight.students, seen)
            touched = frozenset(overview.session.student_id for overview in mine.values())
            cards = await self._cards(self.sight, touched)
            for session, overview in seen.items():
                if overview.session.student_id in touched:
                    self.scenes[session] = self._scene(session, overview, cards.get(session))

    async def _cards(self, sight: Sight, only: frozenset[int]) -> dict[str, Html]:
        views = self.views
        if not views:
            return queries.no_cards(sight.seen, only)
        return await in_database(
            queries.cards_html, self.classroom, sight.students, sight.seen, only, views
        )

    def _scene(self, session: str, overview: SessionOverview, html: Html | None) -> Scene:
        """The session as it shows now; with the revision it had, where nothing that showed
        before has changed."""
        summary = msgspec.Raw(msgspec.json.encode(overview.summary))
        before = self.scenes.get(session)
        if before is None or not before.looks_like(summary, html):
            self._revision += 1
            return Scene(self._revision, summary, html)
        return Scene(before.revision, summary, html)

    def flush(self) -> None:
        """Show every viewer what changed since they were told."""
        for viewer in self.viewers:
            for session, scene in self.scenes.items():
                viewer.show(session, scene)

    async def check_access(self) -> None:
        """Send away whoever may not look any more."""
        viewers = list(self.viewers)
        signed_in = await in_database(
            queries.still_signed_in, [viewer.sign_in_id for viewer in viewers]
        )
        teaching = await in_database(
            queries.still_teaching, self.classroom.pk, [viewer.user_id for viewer in viewers]
        )
        for viewer in viewers:
            if viewer.sign_in_id not in signed_in:
                await self._send_away(viewer, Close.NOT_SIGNED_IN)
            elif viewer.user_id not in teaching:
                await self._send_away(viewer, Close.NOT_FOUND)

    async def _send_away(self, viewer: Viewer, why: Close) -> None:
        self.viewers.discard(viewer)
        await viewer.close(why)


class Feeds:
    """Every class that is watched on this server, and the one beat of all of them."""

    def __init__(self, process: LiveProcess) -> None:
        self._feeds: dict[int, ClassFeed] = {}
        self._heard: set[str] = set()
        self._strangers: set[str] = set()
        self._beat: asyncio.Task[None] | None = None
        self._notices = process.notices
        self._unsubscribe = process.notices.on("class.changed", self._hear)
        process.leaving.add(self.leave)

    async def open(self, classroom: Classroom, viewer: Viewer) -> None:
        """Show ``viewer`` the class from now on, as it is at this moment."""
        feed = self._feeds.setdefault(classroom.pk, ClassFeed(classroom))
        self._notices.join(class_group(classroom.pk))
        feed.viewers.add(viewer)
        self._strangers.clear()
        if self._beat is None or self._beat.done():
            self._beat = asyncio.create_task(self._run())
        await feed.look()
        viewer.show_all(feed.scenes)

    def close(self, classroom: Classroom, viewer: Viewer) -> None:
        """``viewer`` left."""
        viewer.gone()
        feed = self._feeds.get(classroom.pk)
        if feed is not None:
            feed.viewers.discard(viewer)

    def _hear(self, notice: dict[str, Any]) -> None:
        if self._feeds:
            self._heard |= set(notice["sessions"])

    async def _run(self) -> None:
        while self._feeds:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._one_beat()
            except (DatabaseError, InterfaceError) as failure:
                log.warning(
                    "the teachers' feeds wait for the database (%s)", type(failure).__name__
                )
            except Exception:
                log.exception("a beat of the teachers' feeds failed")

    async def _one_beat(self) -> None:
        for pk in [pk for pk, feed in self._feeds.items() if not feed.viewers]:
            del self._feeds[pk]
            self._notices.leave(class_group(pk))
        await self._look_again()
        feeds = list(self._feeds.values())
        await asyncio.gather(*(self._look_after(feed) for feed in feeds))
        for feed in feeds:
            feed.flush()

    async def _look_again(self) -> None:
        """One set of queries for all that changed in all watched classes."""
        heard, self._heard = self._heard, set()
        known = {session for feed in self._feeds.values() for session in feed.scenes}
        ours = heard & known
        unknown = heard - known - self._strangers
        if unknown:
            ours |= await self._ours_among(unknown)
        if not ours:
            return
        changed = await in_database(queries.look_again, ours)
        for feed in self._feeds.values():
            await feed.take(changed)

    async def _ours_among(self, unknown: Iterable[str]) -> set[str]:
        members = frozenset[int]().union(*(feed.members for feed in self._feeds.values()))
        owners = await in_database(queries.students_of, list(unknown))
        ours = {session for session, student in owners.items() if student in members}
        if len(self._strangers) > MAX_STRANGERS:
            self._strangers.clear()
        self._strangers |= owners.keys() - ours
        return ours

    async def _look_after(self, feed: ClassFeed) -> None:
        feed.beats += 1
        if feed.beats % ACCESS_BEATS == 0:
            await feed.check_access()
        if feed.beats % WHOLE_LOOK_BEATS == 0 or await self._members_changed(feed):
            await feed.look()

    async def _members_changed(self, feed: ClassFeed) -> bool:
        if feed.beats % ACCESS_BEATS:
            return False
        members = await in_database(queries.members_now, feed.classroom.pk)
        if members == feed.members:
            return False
        self._strangers.clear()
        return True

    async def leave(self) -> None:
        """The process takes its leave: everybody is told to come back at once."""
        self._unsubscribe()
        if self._beat is not None:
            self._beat.cancel()
        viewers = [viewer for feed in self._feeds.values() for viewer in feed.viewers]
        self._feeds.clear()
        await asyncio.gather(*(viewer.close(Close.RESTARTING) for viewer in viewers))


_all_feeds: WeakKeyDictionary[LiveProcess, Feeds] = WeakKeyDictionary()


def feeds() -> Feeds:
    """This process's feeds, made on first use."""
    process = live_process()
    found = _all_feeds.get(process)
    if found is None:
        found = _all_feeds[process] = Feeds(process)
    return found

"""Every class that is watched on this server, and the one clock that keeps them fresh.

The channel layer's notices say which sessions to read again; as it may lose them, every class is
read whole every few seconds anyway.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import DatabaseError, InterfaceError

from readerai.accounts.models import Classroom
from readerai.logs import named
from sessions_app.live.groups import class_group
from sessions_app.live.process.process import LiveProcess, live_process
from sessions_app.live.saving.database import in_database
from sessions_app.protocol.errors import Close

from . import snapshot
from .class_feed import ClassFeed
from .viewer import Viewer

log = logging.getLogger(__name__)

#: A little over a second, so that two changes of a session never come within one.
TICK_SECONDS: Final = 1.05
TICKS_BETWEEN_CHECKS: Final = 2
TICKS_BETWEEN_RELOADS: Final = 6
MAX_UNWATCHED: Final = 50_000


class ClassFeeds:
    """The feeds of one server process."""

    def __init__(self, process: LiveProcess) -> None:
        self._feeds: dict[int, ClassFeed] = {}
        self._noticed: set[str] = set()
        #: Sessions that are known to be in no watched class.
        self._unwatched: set[str] = set()
        self._clock: asyncio.Task[None] | None = None
        self._notices = process.notices
        self._unsubscribe = process.notices.on("class.changed", self._notice)
        process.leaving.add(self.leave)

    async def open(self, classroom: Classroom, viewer: Viewer) -> None:
        """Show ``viewer`` the class from now on, as it is at this moment."""
        feed = self._feeds.setdefault(classroom.pk, ClassFeed(classroom))
        self._notices.join(class_group(classroom.pk))
        feed.viewers.add(viewer)
        self._unwatched.clear()
        if self._clock is None or self._clock.done():
            self._clock = asyncio.create_task(self._run())
        await feed.reload()
        viewer.show_all(feed.shown.revisions, seats=len(feed.members))

    def close(self, classroom: Classroom, viewer: Viewer) -> None:
        """``viewer`` left."""
        viewer.gone()
        feed = self._feeds.get(classroom.pk)
        if feed is not None:
            feed.viewers.discard(viewer)

    def _notice(self, notice: dict[str, Any]) -> None:
        if self._feeds:
            self._noticed |= set(notice["sessions"])

    async def _run(self) -> None:
        while self._feeds:
            await asyncio.sleep(TICK_SECONDS)
            try:
                await self._tick()
            except (DatabaseError, InterfaceError) as failure:
                log.warning("the teachers' feeds wait for the database (%s)", named(failure))
            except Exception:
                log.exception("a tick of the teachers' feeds failed")

    async def _tick(self) -> None:
        for pk in [pk for pk, feed in self._feeds.items() if not feed.viewers]:
            del self._feeds[pk]
            self._notices.leave(class_group(pk))
        await self._update_noticed()
        feeds = list(self._feeds.values())
        await asyncio.gather(*(self._refresh(feed) for feed in feeds))
        for feed in feeds:
            feed.flush()

    async def _update_noticed(self) -> None:
        """One set of queries for all that changed in all watched classes."""
        noticed, self._noticed = self._noticed, set()
        shown = {session for feed in self._feeds.values() for session in feed.session_ids}
        watched = noticed & shown
        unknown = noticed - shown - self._unwatched
        if unknown:
            watched |= await self._watched_among(unknown)
        if not watched:
            return
        changed = await in_database(snapshot.current_overviews, watched)
        for feed in self._feeds.values():
            await feed.update(changed)

    async def _watched_among(self, unknown: Collection[str]) -> set[str]:
        members = frozenset[int]().union(*(feed.members for feed in self._feeds.values()))
        students = await in_database(snapshot.students_of, unknown)
        watched = {session for session, student in students.items() if student in members}
        if len(self._unwatched) > MAX_UNWATCHED:
            self._unwatched.clear()
        self._unwatched |= students.keys() - watched
        return watched

    async def _refresh(self, feed: ClassFeed) -> None:
        feed.ticks += 1
        moved = False
        if feed.ticks % TICKS_BETWEEN_CHECKS == 0:
            await feed.check_access()
            moved = await feed.members_changed()
        if moved:
            self._unwatched.clear()
        if moved or feed.ticks % TICKS_BETWEEN_RELOADS == 0:
            await feed.reload()

    async def leave(self) -> None:
        """The process takes its leave: everybody is told to come back at once."""
        self._unsubscribe()
        if self._clock is not None:
            self._clock.cancel()
        viewers = [viewer for feed in self._feeds.values() for viewer in feed.viewers]
        self._feeds.clear()
        await asyncio.gather(*(viewer.close(Close.RESTARTING) for viewer in viewers))


_feeds_of_processes: WeakKeyDictionary[LiveProcess, ClassFeeds] = WeakKeyDictionary()


def class_feeds() -> ClassFeeds:
    """This process's feeds, made on first use."""
    process = live_process()
    feeds = _feeds_of_processes.get(process)
    if feeds is None:
        feeds = _feeds_of_processes[process] = ClassFeeds(process)
    return feeds

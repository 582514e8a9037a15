"""Children are told of an answer that their server is not giving (yet), by looking in the
database."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, InterfaceError

from ..domain import answers
from ..domain.errors import NoOpenQuestion
from ..messages.question_errors import answer_end
from ..protocol import server
from .line import Line
from .lines import Lines
from .saving.database import in_database

WATCH_SECONDS: Final = 1.0


class Followers:
    """Who follows which answer. It ends where the answer does, or ``is_given_here``."""

    def __init__(self, lines: Lines, is_given_here: Callable[[str], bool]) -> None:
        self._lines = lines
        self._is_given_here = is_given_here
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def watch(self, line: Line, opened: server.OpenInterruption) -> None:
        """Keep ``line`` told of an open question's answer."""
        work = self._follow(line, opened.interruption_id, opened.text_so_far, opened.next_index)
        line.spawn(work)

    def watch_for_end(
        self, session_id: str, interruption_id: str, shown: str = "", next_index: int = 0
    ) -> None:
        """The same for whoever is connected to a session, after ``shown``."""
        line = self._lines.get(session_id)
        if line is not None:
            line.spawn(self._follow(line, interruption_id, shown, next_index))

    def hear_end(self, interruption_id: str) -> None:
        """Another server says that it ended an answer: whoever follows it looks now."""
        for follower in self._waiting.get(interruption_id, ()):
            follower.set()

    async def _follow(self, line: Line, interruption_id: str, shown: str, next_index: int) -> None:
        ended = asyncio.Event()
        self._waiting.setdefault(interruption_id, set()).add(ended)
        try:
            await self._follow_until(line, interruption_id, shown, next_index, ended)
        finally:
            self._waiting[interruption_id].discard(ended)
            if not self._waiting[interruption_id]:
                del self._waiting[interruption_id]

    async def _follow_until(
        self, line: Line, interruption_id: str, shown: str, next_index: int, ended: asyncio.Event
    ) -> None:
        while not self._is_given_here(interruption_id):
            try:
                now = await in_database(answers.standing, interruption_id=interruption_id)
            except NoOpenQuestion:
                return
            except (DatabaseError, InterfaceError):
                await asyncio.sleep(WATCH_SECONDS)
                continue
            if self._is_given_here(interruption_id):
                return
            reply_to = now.client_id if now.client == line.client else None
            if now.end is not None:
                line.push(answer_end(interruption_id, now.end), reply_to)
                return
            if now.text_so_far != shown:
                grew = now.text_so_far.startswith(shown)
                piece = now.text_so_far[len(shown) :] if grew else now.text_so_far
                index = next_index if grew else 0
                shown, next_index = now.text_so_far, index + 1
                line.push(server.InterruptionDelta(interruption_id, index, piece), reply_to)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH_SECONDS):
                    await ended.wait()
            ended.clear()

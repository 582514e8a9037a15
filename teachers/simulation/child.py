"""One simulated child: which of the whole children it is, and what it does beside reading.

The same seed reads the same way. How children read is in ``simulated_children``, what crosses the
wire in ``client``.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from ..simulated_children import AFTERWARDS, CHILDREN, WHILE_STILL, Act, Moment, SimulatedPage
from .client import PATIENCE, ReadingSocket, RestClient, SimulationFailed, reading_socket
from .tally import SimulationTally

LONGEST_BOOK_WORDS: Final = 20_000
SCREENS: Final = (60, 110, 150, 220)
QUESTIONS: Final = (
    "What does “{word}” mean?",
    "Who is that?",
    "Why did that happen?",
    "What does “{word}” mean here?",
)
_TYPES: Final[dict[Act, str]] = {
    "pause": "PAUSE_SESSION",
    "resume": "RESUME_SESSION",
    "raise_hand": "RAISE_HAND",
    "complete": "COMPLETE_SESSION",
}


class Temper:
    """How often a child asks (by second), how often it knows an answer, how large its page is, and
    whether it has the book open in a second tab, too."""

    def __init__(self, chance: random.Random) -> None:
        self.screen = chance.choice(SCREENS)
        self.curiosity = chance.choice((0.0, 0.002, 0.005, 0.015))
        self.knowledge = chance.choice((0.35, 0.7, 0.9, 0.95))
        self.has_two_tabs = chance.random() < 0.1


class SimulatedChild:
    """Reads one book for a while in the ``way`` of one of ``CHILDREN``, now and then asking, and
    answering what the book asks. ``second`` is how long a second takes."""

    def __init__(
        self,
        student_id: str,
        way: str,
        chance: random.Random,
        tally: SimulationTally,
        *,
        second: float = 1.0,
    ) -> None:
        self._student_id = student_id
        self._way = CHILDREN[way]
        self._chance = chance
        self._tally = tally
        self._second = second
        self._temper = Temper(chance)
        self._book_id = ""
        self._words: list[str] = []
        self._word = 0

    async def read(self, rest: RestClient, deadline: float) -> None:
        """Choose a book, and read until ``deadline`` (by the event loop's clock)."""
        book = self._choose((await rest.call("GET", "/books?limit=100"))["items"])
        place = int(book["wordCount"] * self._chance.choice((0, 0, 0.1, 0.3, 0.6)))
        self._word, self._book_id = place, book["bookId"]
        begin = {"studentId": self._student_id, "bookId": self._book_id, "startPosition": place}
        started = await rest.call("POST", "/sessions", begin)
        self._words = await rest.words_of(started["book"])
        chapters = tuple(chapter["firstWordIndex"] for chapter in started["book"]["chapters"])
        page = SimulatedPage(len(self._words), self._temper.screen, chapters, top=place, word=place)
        self._tally.sessions += 1
        async with self._second_tab(rest, begin), reading_socket(rest.http, started) as socket:
            try:
                await self._read_on(socket, page, deadline)
            finally:
                self._tally.frames += socket.frames
                self._tally.answers += socket.answers

    def _choose(self, books: Sequence[dict[str, Any]]) -> dict[str, Any]:
        short = [book for book in books if book["wordCount"] < LONGEST_BOOK_WORDS]
        return self._chance.choice(short or list(books))

    @asynccontextmanager
    async def _second_tab(self, rest: RestClient, begin: dict[str, Any]) -> AsyncIterator[None]:
        """The same book in a tab that is hidden, if the child has one."""
        if not self._temper.has_two_tabs:
            yield
            return
        started = await rest.call("POST", "/sessions", begin)
        async with reading_socket(rest.http, started) as socket:
            hidden = asyncio.create_task(self._report_hidden(socket, begin["startPosition"]))
            try:
                yield
            finally:
                hidden.cancel()
                await asyncio.wait({hidden})

    async def _report_hidden(self, socket: ReadingSocket, place: int) -> None:
        while not socket.closed:
            await socket.send("READING_PROGRESS", {"wordIndex": place, "here": False})
            await asyncio.sleep(self._second * WHILE_STILL)

    async def _read_on(self, socket: ReadingSocket, page: SimulatedPage, deadline: float) -> None:
        try:
            async with asyncio.timeout_at(deadline) as lesson:
                way, is_at_end = self._way, False
                while not socket.closed and not is_at_end:
                    before, is_at_end = page.clock, page.is_at_end
                    way(page)
                    await self._play(socket, page.moments, before)
                    page.moments.clear()
                    way = AFTERWARDS.get(way, way)
        except TimeoutError:
            if not lesson.expired():
                raise
        if socket.closed:
            raise SimulationFailed(f"the server closed the socket ({socket.close_code})")
        if not lesson.expired():
            await socket.send("COMPLETE_SESSION", {})
            await socket.wait_closed(PATIENCE)  # the server says that it is over

    async def _play(self, socket: ReadingSocket, moments: Sequence[Moment], before: float) -> None:
        """Send what the page sends, each at its time. What a question takes comes on top."""
        for moment in moments:
            gap, before = moment.at - before, moment.at
            await asyncio.sleep(self._second * gap)
            if socket.closed:
                return
            self._word = moment.report.word_index
            await self._send(socket, moment)
            if socket.due_checkpoint is not None:
                await self._answer(socket, socket.due_checkpoint)
            elif moment.report.here and self._chance.random() < self._temper.curiosity * gap:
                await self._ask(socket)

    async def _send(self, socket: ReadingSocket, moment: Moment) -> None:
        if moment.act != "report":
            await socket.send(_TYPES[moment.act], {})
            return
        said = moment.report
        payload = {
            "wordIndex": said.word_index,
            "seen": said.seen,
            "here": said.here,
            "isPlaying": said.is_playing,
            "audioTimestamp": said.audio_timestamp,
            "rate": said.rate,
        }
        known = {name: value for name, value in payload.items() if value is not None}
        await socket.send("READING_PROGRESS", known)

    async def _wait(self, least: float, most: float) -> None:
        await asyncio.sleep(self._second * self._chance.uniform(least, most))

    async def _ask(self, socket: ReadingSocket) -> None:
        at = self._word
        near = self._words[max(0, at - 6) : at + 1]
        word = max(near, key=len, default="").strip("“”\"'.,;:!?")
        context = {
            "book": self._book_id,
            "currentWordIndex": at,
            "currentSentence": " ".join(self._words[max(0, at - 8) : at + 8]),
        }
        self._tally.questions += 1
        await socket.ask(self._chance.choice(QUESTIONS).format(word=word), context)
        if socket.closed:
            return
        await self._wait(1, 4)
        await socket.send("RESUME_READING", {"understood": self._chance.random() < 0.8})

    async def _answer(self, socket: ReadingSocket, checkpoint: dict[str, Any]) -> None:
        await self._wait(1, 4)
        choices = checkpoint.get("choices")
        knows = self._chance.random() < self._temper.knowledge
        text = self._chance.choice(choices) if choices else self._free_answer(knows=knows)
        await socket.answer_checkpoint(text)
        self._tally.checkpoints += 1
        await socket.send("RESUME_READING", {})

    def _free_answer(self, *, knows: bool) -> str:
        """Who followed says again what was just read; who did not, says so."""
        at = self._word
        return " ".join(self._words[max(0, at - 60) : at]) if knows else "I am not sure."

"""One simulated child: a temper, and what it does at each moment.

The same seed reads the same way. How children differ is here; what crosses the wire is in
``client``.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any, Final

from .client import PATIENCE, ReadingSocket, RestClient, SimulationFailed, reading_socket
from .tally import SimulationTally

MOMENT_SECONDS: Final = 1.0
LONGEST_BOOK_WORDS: Final = 20_000
QUESTIONS: Final = (
    "What does “{word}” mean?",
    "Who is that?",
    "Why did that happen?",
    "What does “{word}” mean here?",
)


class Temper:
    """How a child reads: ``pace`` in words a second, how often it asks, how often it knows an
    answer, and at which part of the time it gets stuck (if ever)."""

    def __init__(self, chance: random.Random) -> None:
        self.pace = chance.uniform(0.9, 2.6)
        self.curiosity = chance.choice((0.0, 0.004, 0.01, 0.03))
        self.knowledge = chance.choice((0.35, 0.7, 0.9, 0.95))
        self.stuck_at = chance.choice((None, None, None, None, chance.uniform(0.05, 0.5)))

    @property
    def listens(self) -> bool:
        """Whether the book is read to the child, as slow readers like it."""
        return self.pace < 2


class SimulatedChild:
    """Reads one book for a while: at a pace of its own, now and then asking, answering what the
    book asks, raising a hand, or getting stuck. ``second`` is how long a second takes."""

    def __init__(
        self,
        student_id: str,
        chance: random.Random,
        tally: SimulationTally,
        *,
        second: float = 1.0,
    ) -> None:
        self._student_id = student_id
        self._chance = chance
        self._tally = tally
        self._second = second
        self._temper = Temper(chance)
        self._book_id = ""
        self._words: list[str] = []
        self._word = 0.0
        self._hand_raised = False

    async def read(self, rest: RestClient, deadline: float) -> None:
        """Choose a book, and read until ``deadline`` (by the event loop's clock)."""
        book = self._choose((await rest.call("GET", "/books?limit=100"))["items"])
        place = int(book["wordCount"] * self._chance.choice((0, 0, 0.1, 0.3, 0.6)))
        self._word, self._book_id = place, book["bookId"]
        begin = {"studentId": self._student_id, "bookId": self._book_id, "startPosition": place}
        started = await rest.call("POST", "/sessions", begin)
        self._words = await rest.words_of(started["book"])
        self._tally.sessions += 1
        async with reading_socket(rest.http, started) as socket:
            try:
                await self._read_on(socket, deadline)
            finally:
                self._tally.frames += socket.frames
                self._tally.answers += socket.answers

    def _choose(self, books: Sequence[dict[str, Any]]) -> dict[str, Any]:
        short = [book for book in books if book["wordCount"] < LONGEST_BOOK_WORDS]
        return self._chance.choice(short or list(books))

    async def _read_on(self, socket: ReadingSocket, deadline: float) -> None:
        clock = asyncio.get_running_loop().time
        began = clock()
        while not socket.closed and (now := clock()) < deadline:
            if self._word >= len(self._words) - 1:
                await socket.send("COMPLETE_SESSION", {})
                await socket.wait_closed(PATIENCE)  # the server says that it is over
                return
            await self._one_moment(socket, (now - began) / max(1.0, deadline - began))
            await self._wait(0.8 * MOMENT_SECONDS, 1.2 * MOMENT_SECONDS)
        if socket.closed:
            raise SimulationFailed(f"the server closed the socket ({socket.close_code})")

    async def _wait(self, least: float, most: float) -> None:
        await asyncio.sleep(self._second * self._chance.uniform(least, most))

    async def _one_moment(self, socket: ReadingSocket, part_of_time: float) -> None:
        stuck_at = self._temper.stuck_at
        if socket.due_checkpoint is not None:
            await self._answer(socket, socket.due_checkpoint)
        elif stuck_at is not None and part_of_time > stuck_at:
            await self._be_stuck(socket)
        elif self._chance.random() < self._temper.curiosity:
            await self._ask(socket)
        else:
            self._word = min(len(self._words) - 1, self._word + self._temper.pace * MOMENT_SECONDS)
            place = {"wordIndex": int(self._word), "isPlaying": self._temper.listens}
            await socket.send("READING_PROGRESS", place)

    async def _be_stuck(self, socket: ReadingSocket) -> None:
        if not self._hand_raised and self._chance.random() < 0.1:
            self._hand_raised = True
            await socket.send("RAISE_HAND", {})
        else:
            await socket.send("HEARTBEAT", {})

    async def _ask(self, socket: ReadingSocket) -> None:
        at = int(self._word)
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
        at = int(self._word)
        return " ".join(self._words[max(0, at - 60) : at]) if knows else "I am not sure."

"""A crowd of children, and what a stretch of their reading cost the machine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import aiohttp

from bench.figures import percentile
from bench.processes import busy_seconds, tree_cpu_seconds
from bench.serving import Served
from bench.site import BOOK, Site
from bench.wire import LoadWindow, ReadingChild

#: How many open a session at the same time.
AT_ONCE: Final = 8
#: A position is due every second: an answer that takes longer is overdue.
DUE_SECONDS: Final = 1.0
#: An answer of sixty tokens at 20 ms, and time to save it.
ANSWER_SECONDS: Final = 4.0
#: A session that is not there by then will not come.
OPEN_SECONDS: Final = 30
REST_SECONDS: Final = 10
_TICK: Final = 0.002
#: Where children begin: spread over the first half of the book.
_BEGINNINGS: Final = 2400


@dataclass(frozen=True)
class Costs:
    """CPU seconds of each part of the machine at one moment, or between two."""

    server: float
    postgres: float
    redis: float
    client: float
    client_core: float

    def since(self, before: Costs) -> Costs:
        """The difference."""
        return Costs(
            self.server - before.server,
            self.postgres - before.postgres,
            self.redis - before.redis,
            self.client - before.client,
            self.client_core - before.client_core,
        )


@dataclass(frozen=True)
class Stretch:
    """A window of load with its costs; `seconds` by the clock."""

    children: int
    seconds: float
    window: LoadWindow
    costs: Costs

    @property
    def overdue(self) -> int:
        """Positions that were answered after the next was due, or not at all."""
        late = sum(wait >= DUE_SECONDS for wait in self.window.waits)
        return late + self.window.sent - len(self.window.waits)

    @property
    def holds(self) -> bool:
        """Whether so many children are served: nothing overdue, which holds p99 under a second
        too, nobody cut off and no question failed."""
        lost = self.window.errors + self.window.asked - self.window.answered
        return not self.overdue and not lost

    def wait(self, which: float) -> float:
        """A percentile of the waits, in seconds."""
        return percentile(self.window.waits, which)

    def share(self, seconds: float) -> float:
        """Of one core."""
        return seconds / self.seconds


class Crowd:
    """Children connected to `served`, each in a session of their own."""

    def __init__(self, site: Site, served: Served) -> None:
        self.children: list[ReadingChild] = []
        self._site, self._served = site, served
        self._open_seconds = 0.0
        self._tokens = list(site.tokens.items())

    def costs(self) -> Costs:
        """What everything has cost so far."""
        return Costs(
            server=self._served.cpu(),
            postgres=tree_cpu_seconds(self._site.postgres.pid),
            redis=tree_cpu_seconds(self._site.redis.pid),
            client=time.process_time(),
            client_core=busy_seconds(1),
        )

    async def grow(self, size: int) -> Costs:
        """Open sessions until there are `size`; what that cost."""
        before, began, had = self.costs(), time.perf_counter(), len(self.children)
        numbers = iter(range(len(self.children), size))
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as http, asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(self._open_each(http, numbers))
        if size > had:
            self._open_seconds = (time.perf_counter() - began) / (size - had)
        return self.costs().since(before)

    def seconds_to(self, size: int) -> float:
        """How long `grow` will take, by how long it took last."""
        return max(0, size - len(self.children)) * self._open_seconds

    async def rest(self) -> None:
        """Wait until the server has worked off what it was told, after it was told too much."""
        until = time.perf_counter() + REST_SECONDS
        while time.perf_counter() < until:
            if not any(child.waits for child in self.children):
                return
            await asyncio.sleep(0.1)

    async def _open_each(self, http: aiohttp.ClientSession, numbers: Iterator[int]) -> None:
        for number in numbers:
            self.children.append(await self.open(http, number))

    async def open(self, http: aiohttp.ClientSession, number: int) -> ReadingChild:
        """`POST /api/sessions` with its ticket, and the socket up to its first frame."""
        student, token = self._tokens[number % len(self._tokens)]
        port = self._served.ports[number % len(self._served.ports)]
        word = number * 37 % _BEGINNINGS
        async with http.post(
            f"http://127.0.0.1:{port}/api/sessions",
            json={"studentId": student, "bookId": BOOK, "startPosition": word},
            headers={"Authorization": f"Bearer {token}", "X-Forwarded-Proto": "https"},
        ) as answer:
            if answer.status != 201:
                raise RuntimeError(f"no session: {answer.status} {await answer.text()}")
            begun = await answer.json()
        loop = asyncio.get_running_loop()
        _, child = await loop.create_connection(
            lambda: ReadingChild(port, begun["sessionId"], begun["websocketTicket"], word),
            "127.0.0.1",
            port,
        )
        async with asyncio.timeout(OPEN_SECONDS):
            await child.restored
        return child

    async def run(
        self,
        size: int,
        seconds: int,
        question_every: float | None = None,
        *,
        silent: bool = False,
    ) -> Stretch:
        """Let the first `size` children read for so long, and each ask once in `question_every`
        seconds; the rest stay connected and say nothing. Every answer is waited for. With
        `silent` nobody reports a place."""
        window = LoadWindow()
        for child in self.children:
            child.window = window
        before, began = self.costs(), time.perf_counter()
        pace = 0 if silent else size
        await self._pace(window, size, pace, seconds, question_every)
        # They read on until the answers have come, so that nothing of an answer is left out.
        await self._until_answered(window, pace)
        costs, ended = self.costs().since(before), time.perf_counter()
        await self._settle(window)
        window.errors += sum(child.closed for child in self.children[:size])
        return Stretch(size, ended - began, window, costs)

    async def _pace(
        self, window: LoadWindow, size: int, pace: int, seconds: int, question_every: float | None
    ) -> None:
        began = time.perf_counter()
        sent = asked = 0
        while (passed := time.perf_counter() - began) < seconds:
            for _ in range(sent, int(passed * pace)):
                self.children[sent % size].read_on(window)
                sent += 1
            if question_every is not None:
                for _ in range(asked, int(passed * size / question_every)):
                    # Far from each other, so that neighbours in time do not ask together.
                    self.children[asked * 61 % size].ask(window)
                    asked += 1
            await asyncio.sleep(_TICK)

    async def _until_answered(self, window: LoadWindow, size: int) -> None:
        until = time.perf_counter() + ANSWER_SECONDS
        while window.answered + window.failed < window.asked and time.perf_counter() < until:
            await self._pace(window, size, size, 1, None)

    async def _settle(self, window: LoadWindow) -> None:
        until = time.perf_counter() + DUE_SECONDS
        # Nobody is told of a window's last answer: a lock for each would cost the client's core.
        while len(window.waits) < window.sent and time.perf_counter() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    async def leave(self) -> None:
        """All hang up."""
        for child in self.children:
            child.leave()
        await asyncio.sleep(0.2)

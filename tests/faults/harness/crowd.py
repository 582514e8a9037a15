"""Many readers at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import aiohttp

from tests.faults.harness.journal import Journal
from tests.faults.harness.reader import Reader, Way
from tests.faults.harness.site import Address, Site

PATIENCE = 120.0


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> float:
    """Look often until `condition` holds; how many seconds it took. `TimeoutError` after some."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - it is other processes that are looked at
            await asyncio.sleep(0.05)
    return time.monotonic() - began


class Crowd:
    """The readers of a test, and their journals."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.readers: list[Reader] = []

    @property
    def journals(self) -> list[Journal]:
        """What all of them were told."""
        return [reader.journal for reader in self.readers]

    async def reader(
        self,
        site: Site,
        servers: Sequence[Address],
        *,
        pace: float = 0.1,
        way: Way = "socket",
    ) -> Reader:
        """One more reader, a student of the site, with a session begun."""
        names = sorted(site.tokens)
        student = names[len(self.readers) % len(names)]
        reader = Reader(self.http, site.tokens[student], servers, pace=pace, way=way)
        await reader.begin(student)
        self.readers.append(reader)
        return reader

    @asynccontextmanager
    async def reading(
        self,
        site: Site,
        servers: Sequence[Address],
        count: int,
        *,
        pace: float = 0.1,
        ask_every: int = 40,
    ) -> AsyncIterator[list[Reader]]:
        """`count` readers read while the body runs; after it they finish, and all is answered."""
        readers = [await self.reader(site, servers, pace=pace) for _ in range(count)]
        tasks = [asyncio.create_task(reader.read(ask_every=ask_every)) for reader in readers]
        try:
            yield readers
            for reader in readers:
                await reader.finish()
            _, late = await asyncio.wait(tasks, timeout=PATIENCE)
            assert not late, [reader.unanswered for reader in readers if reader.unanswered]
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

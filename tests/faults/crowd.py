"""Many readers at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

from tests.faults.journal import Journal
from tests.faults.reader import Reader
from tests.faults.site import Site
from tests.services.server import Server

PATIENCE = 90.0


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
        self, site: Site, servers: Sequence[Server], *, pace: float = 0.1
    ) -> Reader:
        """One more reader, a student of the site, with a session begun."""
        names = sorted(site.tokens)
        student = names[len(self.readers) % len(names)]
        reader = Reader(self.http, site.tokens[student], servers, pace=pace)
        await reader.begin(student)
        self.readers.append(reader)
        return reader

    @asynccontextmanager
    async def reading(
        self, site: Site, servers: Sequence[Server], count: int, *, pace: float = 0.1
    ) -> AsyncIterator[list[Reader]]:
        """`count` readers read while the body runs; after it they finish, and all is answered."""
        readers = [await self.reader(site, servers, pace=pace) for _ in range(count)]
        tasks = [asyncio.create_task(reader.read()) for reader in readers]
        try:
            yield readers
            for reader in readers:
                await reader.finish()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

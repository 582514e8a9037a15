"""Two servers behind a documented proxy; a student is moved while an answer streams.

    python -m tests.faults.harness.by_hand nginx caddy

Needs what is named (both, where nothing is) on the machine. The printed lines are what the how-to
page shows.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import time
import urllib.request
from typing import Final

import aiohttp

from tests.faults.conftest import slowly, tutored_by
from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.proxies import Kind, Proxy
from tests.faults.harness.reader import Reader, Way
from tests.faults.harness.site import Fork, Site
from tests.services.anthropic_server import AnthropicServer
from tests.services.postgres import Postgres
from tests.services.process import temporary_folder
from tests.services.redis import Redis

KINDS: Final[tuple[Kind, ...]] = ("nginx", "caddy")
WAYS: Final[tuple[Way, ...]] = ("socket", "stream")
SESSIONS: Final = 12


def live_sessions(server: Fork) -> int:
    """How many sessions a server says that it holds."""
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        text = answer.read().decode()
    found = re.search(r"^readerai_live_sessions (\d+)", text, flags=re.MULTILINE)
    return int(found.group(1)) if found else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def spread(site: Site, proxy: Proxy, servers: list[Fork]) -> None:
    """Have many sessions opened: each is pinned to one server, and both have some."""
    async with aiohttp.ClientSession() as http:
        crowd = Crowd(http)
        async with crowd.reading(site, [proxy], SESSIONS, ask_every=0) as readers:
            await until(lambda: all(reader.journal.acknowledged for reader in readers))
            held = [live_sessions(server) for server in servers]
            say(f"{SESSIONS} sessions through the proxy: {held[0]} on server A, {held[1]} on B")
            pinned = [await _same_twice(reader, servers) for reader in readers]
            say(f"opened a second time, {sum(pinned)} of {SESSIONS} came to the same server")


async def _same_twice(reader: Reader, servers: list[Fork]) -> bool:
    """Whether a session whose socket is cut comes back to the server that it was on."""
    before = [live_sessions(server) for server in servers]
    assert reader.socket is not None
    reader.restored = {}
    await reader.socket.close()
    await until(lambda: bool(reader.restored))
    return [live_sessions(server) for server in servers] == before


async def move(site: Site, proxy: Proxy, servers: list[Fork], way: Way) -> None:
    """Have a student ask, kill the server in mid-answer, and see the answer end elsewhere."""
    names = {server.port: name for server, name in zip(servers, "AB", strict=True)}
    async with aiohttp.ClientSession() as http:
        crowd = Crowd(http)
        reader: Reader = await crowd.reader(site, [proxy], pace=0.1, way=way)
        reading = asyncio.create_task(reader.read(ask_every=10, answer_every=0))
        for _ in range(5):
            await reader.deltas.get()
        (holder,) = [server for server in servers if live_sessions(server)]
        (other,) = [server for server in servers if server is not holder]
        said = len(reader.journal.acknowledged)
        say(f"by {way}: {said} frames acknowledged; an answer streams from {names[holder.port]}")
        reader.restored = {}
        await asyncio.to_thread(holder.kill)
        began = time.monotonic()
        say(f"server {names[holder.port]} killed with SIGKILL")
        await until(lambda: bool(reader.restored))
        await until(lambda: live_sessions(other) == 1)
        say(
            f"after {time.monotonic() - began:.1f} s the student is on server {names[other.port]}"
            f" again, at word {reader.restored['state']['currentPosition']['wordIndex']}"
        )
        await until(lambda: bool(reader.journal.answers))
        (answer,) = reader.journal.answers.values()
        say(f"after {time.monotonic() - began:.1f} s the whole answer came: {answer[-13:]!r}")
        await reader.finish()
        await reading
        found = site.audit(crowd.journals)
        say(
            f"audit: {found.frames} acknowledged, {len(found.lost)} lost, "
            f"{len(found.twice)} counted twice, {len(found.unsound)} logs broken"
        )
        await asyncio.to_thread(holder.start)


def tried_with(kind: Kind, site: Site) -> None:
    """All of it behind one kind of proxy."""
    servers = [site.fork(), site.fork()]
    proxy = Proxy(kind, servers)
    say(f"PostgreSQL, Redis, {kind}, servers A and B are up")
    asyncio.run(spread(site, proxy, servers))
    for way in WAYS:
        asyncio.run(move(site, proxy, servers, way))
    proxy.close()
    for server in servers:
        server.kill()


def main() -> None:
    """Start everything, move the student, stop everything."""
    folder = temporary_folder("by-hand")
    postgres, redis = Postgres(), Redis()
    with AnthropicServer() as tutor:
        tutor.answer(slowly)
        try:
            postgres.start()
            redis.start()
            services = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
            site = Site(folder, services | tutored_by(tutor), students=SESSIONS)
            for kind in KINDS:
                if kind in sys.argv[1:] or not sys.argv[1:]:
                    tried_with(kind, site)
            site.close()
        finally:
            redis.close()
            postgres.close()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

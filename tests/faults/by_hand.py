"""Two servers behind the documented nginx; a student is moved while an answer streams.

    python -m tests.faults.by_hand

Needs nginx on the machine. The printed lines are what the how-to page shows.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.faults.conftest import slowly, tutored_by
from tests.faults.crowd import Crowd, until
from tests.faults.reader import Reader
from tests.faults.site import Fork, Site
from tests.services.anthropic_server import AnthropicServer
from tests.services.postgres import Postgres
from tests.services.process import Guarded, free_port, listens, temporary_folder
from tests.services.redis import Redis
from tests.services.server import ROOT

DOCUMENTED = ROOT / "docs/how-to/deploy/nginx.conf"


@dataclass(frozen=True)
class Proxy:
    """Where clients find nginx."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"


def configuration(folder: Path, port: int, servers: list[Fork]) -> str:
    """The documented file, with these addresses and without the certificate."""
    text = DOCUMENTED.read_text()
    addresses = iter(servers)
    text = re.sub(
        r"server 10\.0\.0\.\d+:8000", lambda _: f"server 127.0.0.1:{next(addresses).port}", text
    )
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = re.sub(r"^\s*ssl_certificate.*$", "", text, flags=re.MULTILINE)
    return (
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
        f"events {{}}\nhttp {{ access_log off; client_body_temp_path {folder};\n"
        f"proxy_temp_path {folder};\n{text}}}\n"
    )


def start_nginx(servers: list[Fork]) -> tuple[Guarded, Proxy]:
    """nginx with the documented configuration in front of `servers`."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    folder = temporary_folder("nginx")
    proxy = Proxy(free_port())
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, proxy.port, servers))
    run = Guarded(
        [program, "-p", str(folder), "-c", str(file)],
        log=folder / "nginx.log",
        stop_signal=signal.SIGTERM,
        remove=folder,
    )
    run.wait_for(lambda: listens(proxy.port), "nginx accepting connections")
    return run, proxy


def live_sessions(server: Fork) -> int:
    """How many sessions a server says that it holds."""
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        text = answer.read().decode()
    found = re.search(r"^readerai_live_sessions (\d+)", text, flags=re.MULTILINE)
    return int(found.group(1)) if found else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def move(site: Site, proxy: Proxy, servers: list[Fork]) -> None:
    """Have a student ask, kill the server in mid-answer, and see the answer end elsewhere."""
    names = {server.port: name for server, name in zip(servers, "AB", strict=True)}
    async with aiohttp.ClientSession() as http:
        crowd = Crowd(http)
        reader: Reader = await crowd.reader(site, [proxy], pace=0.1)
        reading = asyncio.create_task(reader.read(ask_every=10, answer_every=0))
        for _ in range(5):
            await reader.deltas.get()
        (holder,) = [server for server in servers if live_sessions(server)]
        (other,) = [server for server in servers if server is not holder]
        said = len(reader.journal.acknowledged)
        say(f"{said} frames acknowledged; an answer streams from server {names[holder.port]}")
        reader.restored = {}
        await asyncio.to_thread(holder.kill)
        began = time.monotonic()
        say(f"server {names[holder.port]} killed with SIGKILL")
        await until(lambda: bool(reader.restored))
        assert live_sessions(other) == 1
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
            site = Site(folder, services | tutored_by(tutor), students=2)
            servers = [site.fork(), site.fork()]
            nginx, proxy = start_nginx(servers)
            say("PostgreSQL, Redis, nginx, servers A and B are up")
            asyncio.run(move(site, proxy, servers))
            nginx.stop()
            site.close()
        finally:
            redis.close()
            postgres.close()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

"""`python -m bench`: both servers under uvicorn, one after the other, on one PostgreSQL."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
import urllib.request
from pathlib import Path

import aiohttp

from bench import report
from bench.clients import BOOK
from bench.measuring import STUDENTS, Numbers, connect, measure
from tests.faults.site import Site
from tests.services.anthropic_replies import says
from tests.services.anthropic_server import AnthropicServer
from tests.services.postgres import Postgres
from tests.services.process import Guarded, free_port, wait_until
from tests.services.redis import Redis
from tests.services.server import LARGEST_FRAME

ANSWER = tuple(f"word{at} " for at in range(40))


def serve(application: str, site: Site) -> tuple[Guarded, str]:
    """Start an application under uvicorn; its process and address."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--ws", "websockets-sansio", "--ws-max-size", LARGEST_FRAME, "--no-access-log"]
    command += ["--ws-per-message-deflate", "false", "--log-level", "warning", application]
    url = f"http://127.0.0.1:{port}"
    run = Guarded(
        command,
        log=site.data / f"bench-{port}.log",
        stop_signal=signal.SIGKILL,
        environment=site.full_environment,
    )
    run.wait_for(lambda: _healthy(url), "a server answering")
    return run, url


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


async def run(site: Site, application: str, *, ours: bool) -> Numbers:
    """The numbers of one application, each student in a new session."""
    server, url = serve(application, site)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:
        clients = []
        for student, token in list(site.tokens.items())[:STUDENTS]:
            async with http.post(
                f"{url}/api/sessions",
                json={"studentId": student, "bookId": BOOK},
                headers={"Authorization": f"Bearer {token}"},
            ) as answer:
                begun = await answer.json()
            protocols = ["readerai.v1"] + [f"ticket.{begun['websocketTicket']}"] * ours
            clients.append(await connect(http, url, begun["sessionId"], protocols))
        numbers = await measure(clients, server.pid)
        await asyncio.gather(*(client.close() for client in clients))
    server.stop()
    wait_until(lambda: not server.running(), "a server's end")
    return numbers


def main() -> None:
    """Measure both, print the table, write it into the docs."""
    postgres, redis = Postgres(), Redis()
    with (
        tempfile.TemporaryDirectory(prefix="readerai-bench-") as folder,
        AnthropicServer() as tutor,
    ):
        tutor.answer(lambda _: says(*ANSWER, drip=0.02))
        try:
            postgres.start()
            redis.start()
            environment = {
                "DATABASE_URL": postgres.url,
                "REDIS_URL": redis.url,
                "ANTHROPIC_API_KEY": "bench",
                "ANTHROPIC_BASE_URL": tutor.url,
            }
            site = Site(Path(folder), environment, students=STUDENTS)
            stock = asyncio.run(run(site, "bench.stock:application", ours=False))
            ours = asyncio.run(run(site, "readerai.asgi:application", ours=True))
            site.close()
        finally:
            redis.close()
            postgres.close()
    text = f"`make bench`: {report.machine()}.\n\n{report.table(ours, stock)}"
    print(text)
    report.write(text)


if __name__ == "__main__":
    main()

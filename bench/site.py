"""What the servers under test stand on: PostgreSQL with fsync, Redis, the model's API, children.

Everything here runs on the core of whoever makes the site; only the servers have another.
`python -m bench.site N` makes tables, one of the demo's books and N children in the database that
the environment names, and prints the children's bearer tokens as JSON, by student id.
"""

from __future__ import annotations

import asyncio
import base64
import json
import multiprocessing
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import django
import psycopg
import redis
import uvloop

from tests.services.anthropic_replies import says
from tests.services.anthropic_server import AnthropicServer, Request
from tests.services.postgres import Postgres
from tests.services.process import ServiceFailed
from tests.services.redis import Redis
from tests.services.server import NOTHING_REAL, ROOT

BOOK: Final = "two-too-many"
TOKEN_SECONDS: Final = 0.02
#: Sixty tokens that no screening minds, in a young child's words.
ANSWER: Final = tuple(
    f"{word} "
    for sentence in (
        "You ask a very good thing.",
        "Look at the page again and see what they do in this part.",
        "They want to help, so they try one more time.",
        "It is not easy for them, but they do not give up.",
        "Now read the next line and find out what they say.",
        "Then you can tell me what you think.",
    )
    for word in sentence.split()
)
#: PostgreSQL as it comes, but for room: an answer that is acknowledged is on the disk.
DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "256MB"}


class ModelApi:
    """The fake Messages API in a process of its own."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve_api, args=(theirs,), daemon=True)
        self._process.start()
        self.url: str = self._pipe.recv()

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process.pid is not None
        return self._process.pid

    def asked(self) -> tuple[int, int]:
        """How many requests came so far, and their characters in all."""
        self._pipe.send("asked")
        requests, characters = self._pipe.recv()
        return requests, characters

    def close(self) -> None:
        """End it."""
        self._pipe.close()
        self._process.join(5)


def _serve_api(pipe: Connection) -> None:
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    reply = says(*ANSWER, drip=TOKEN_SECONDS)
    asked = [0, 0]
    server = AnthropicServer()

    def answer(request: Request) -> object:
        asked[0] += 1
        asked[1] += len(request.text)
        server.requests.clear()
        return reply

    server.answer(answer)  # type: ignore[arg-type]
    with server:
        pipe.send(server.url)
        try:
            while pipe.recv():
                pipe.send(tuple(asked))
        except EOFError:
            return


@dataclass(frozen=True)
class Site:
    """`environment` is what a server is told; `tokens` are the children's, by their ids;
    `load_before` is what the machine was busy with already."""

    data: Path
    postgres: Postgres
    redis: Redis
    api: ModelApi
    environment: dict[str, str]
    tokens: dict[str, str]
    load_before: float


@contextmanager
def site(children: int) -> Iterator[Site]:
    """A site with that many children in two databases: ours, and `stock`."""
    load = os.getloadavg()[0]
    postgres, channel_redis, api = Postgres(DURABLE), Redis(), ModelApi()
    with tempfile.TemporaryDirectory(prefix="readerai-bench-") as folder:
        try:
            postgres.start()
            channel_redis.start()
            environment = _environment(Path(folder), postgres, channel_redis, api)
            tokens = json.loads(_run("bench.site", environment, str(children)))
            with psycopg.connect(postgres.url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE stock")
            _run("bench.stock.seed", environment, told=json.dumps(tokens))
            yield Site(Path(folder), postgres, channel_redis, api, environment, tokens, load)
        finally:
            api.close()
            channel_redis.close()
            postgres.close()


def _environment(
    data: Path, postgres: Postgres, channel_redis: Redis, api: ModelApi
) -> dict[str, str]:
    """As in production behind a proxy, with the limits off that stop one machine's thousands."""
    return (
        os.environ
        | NOTHING_REAL
        | {
            "DEBUG": "0",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ALLOWED_HOSTS": "127.0.0.1",
            "READERAI_KEYS": f"bench:{base64.b64encode(secrets.token_bytes(32)).decode()}",
            "READERAI_DATA": str(data),
            "READERAI_TRUST_PROXY": "1",
            "READERAI_RATE_LIMITS": "off",
            "READERAI_MAX_SESSIONS": "10000",
            "READERAI_QUESTIONS_PER_HOUR": "100000",
            "DATABASE_URL": postgres.url,
            "STOCK_DATABASE_URL": f"{postgres.url.rpartition('/')[0]}/stock",
            "REDIS_URL": channel_redis.url,
            "ANTHROPIC_API_KEY": "bench",
            "ANTHROPIC_BASE_URL": api.url,
        }
    )


def _run(module: str, environment: dict[str, str], *arguments: str, told: str = "") -> str:
    """Run a module on any core: nothing is measured yet. What it printed."""
    cores = f"0-{(os.cpu_count() or 1) - 1}"
    done = subprocess.run(
        ["taskset", "-c", cores, sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        input=told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServiceFailed(f"{module}:\n{done.stderr}")
    return done.stdout


def database_bytes(url: str) -> float:
    """What a database takes on disk once its dead rows are gone."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return float(row[0])


def log_bytes(url: str) -> float:
    """How much write-ahead log PostgreSQL has written."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_current_wal_lsn() - '0/0'").fetchone()
    assert row is not None
    return float(row[0])


def channels(url: str) -> list[str]:
    """Redis' `PUBSUB CHANNELS`: what somebody listens to."""
    with redis.Redis.from_url(url) as connection:
        return sorted(name.decode() for name in connection.pubsub_channels())


def seed(children: int) -> None:
    """Seed as `load_demo --students N` does, without its people and books, whose passwords and
    words take long."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    django.setup()
    from django.core.management import call_command

    from library.demo import people
    from library.demo.loading import STORIES, load_story
    from readerai.accounts.login.sign_ins import issue_token
    from readerai.accounts.models import School, Student

    call_command("migrate", verbosity=0)
    School.objects.create(slug="willow-street", name="Willow Street School")
    people.make_load_students(children)
    load_story(STORIES / BOOK)
    students = Student.objects.filter(slug__startswith="load-").select_related("user")
    json.dump({child.slug: issue_token(child.user).text for child in students}, sys.stdout)


if __name__ == "__main__":
    seed(int(sys.argv[1]))

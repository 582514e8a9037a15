"""The databases that tests start: there, restartable, and gone when the tests are gone."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
import redis as redis_client

from tests.services import postgres as postgres_module
from tests.services.postgres import Postgres
from tests.services.process import ServiceFailed, listens, wait_until
from tests.services.redis import Redis


@pytest.fixture(params=["machine", "package"])
def postgres(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    monkeypatch.setenv("READERAI_POSTGRES", request.param)
    server = Postgres()
    server.start()
    yield server
    server.close()


@pytest.fixture(params=["machine", "package"])
def redis(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    monkeypatch.setenv("READERAI_REDIS", request.param)
    server = Redis()
    server.start()
    yield server
    server.close()


def is_gone(folder: Path) -> bool:
    return not folder.exists()


def test_committed_rows_survive_a_crash_of_postgres(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('lantern')")
    postgres.stop_immediate()
    assert not postgres.running
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.url)
    postgres.start()
    postgres.restart()
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("lantern",)]


def test_postgres_asks_for_the_password(postgres: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgres://postgres:wrong@127.0.0.1:{postgres.port}/postgres")


def test_closing_postgres_leaves_no_folder(postgres: Postgres) -> None:
    postgres.close()
    assert not postgres.folder.exists()
    assert not listens(postgres.port)


def test_a_client_without_server_is_no_postgres(tmp_path: Path) -> None:
    (tmp_path / "psql").touch(mode=0o755)
    assert not postgres_module._usable(tmp_path)


def test_an_old_server_is_no_postgres(tmp_path: Path) -> None:
    for program in postgres_module.NEEDED:
        (tmp_path / program).write_text("#!/bin/sh\necho postgres '(PostgreSQL) 9.6.24'\n")
        (tmp_path / program).chmod(0o755)
    assert not postgres_module._usable(tmp_path)


def test_redis_comes_back_empty_on_the_same_address(redis: Redis) -> None:
    with redis_client.Redis.from_url(redis.url) as client:
        client.set("word", "lantern")
    redis.stop()
    assert not listens(redis.port)
    with pytest.raises(ServiceFailed):
        redis.stop()
    redis.start()
    with redis_client.Redis.from_url(redis.url) as client:
        assert client.get("word") is None
        assert client.ping()


def test_services_end_with_a_test_run_that_was_killed() -> None:
    program = textwrap.dedent("""
        import time
        from tests.services.postgres import Postgres
        from tests.services.redis import Redis
        services = Postgres(), Redis()
        for service in services:
            service.start()
        print(*(f"{service.port}:{service.folder}" for service in services), flush=True)
        time.sleep(60)
    """)
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    with run.stdout:
        started = [said.split(":", 1) for said in run.stdout.readline().split()]
    assert len(started) == 2
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    for port, folder in started:
        wait_until(partial(is_gone, Path(folder)), "the folder's removal")
        assert not listens(int(port))

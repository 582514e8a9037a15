"""A production server under test: real database, real channel layer, everything written down."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import redis
from django.db import connection

from tests.privacy.serving import environment
from tests.services.server import Kind, Server, manage

PATCHED = "tests.privacy.leaks.patched:served"


class PatchedServer(Server):
    """The same server, with the application of ``patched``."""

    def _arguments(self) -> list[str]:
        return [*super()._arguments()[:-1], PATCHED]


def production(data: Path, tutor: str, mode: str) -> dict[str, str]:
    """Production settings on the test's database, behind a proxy that speaks HTTPS."""
    return environment(data) | {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "READERAI_KEYS": f"leaks:{b64encode(secrets.token_bytes(32)).decode()}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "READERAI_TRUST_PROXY": "1",
        "ANTHROPIC_API_KEY": "test",
        "ANTHROPIC_BASE_URL": tutor,
        "READERAI_LEAK_TEST": mode,
    }


@contextmanager
def served(data: Path, kind: Kind, tutor: str, mode: str) -> Iterator[PatchedServer]:
    told = production(data, tutor, mode)
    manage("collectstatic", "--noinput", "--verbosity", "0", environment=told)
    server = PatchedServer(data, kind=kind)
    server.environment = told
    try:
        server.start()
        yield server
    finally:
        server.close()


class Overheard:
    """All that passes through Redis while it listens, and what Redis holds at the end."""

    def __init__(self) -> None:
        self._url = os.environ.get("REDIS_URL", "")
        self._heard: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        if self._url:
            address = urlsplit(self._url)
            self._socket = socket.create_connection((address.hostname, address.port))
            self._socket.sendall(b"MONITOR\r\n")
            assert self._socket.recv(5) == b"+OK\r\n"
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._url:
            self._socket.shutdown(socket.SHUT_RDWR)
            self._thread.join(10)
            self._socket.close()

    def _listen(self) -> None:
        while piece := self._socket.recv(65536):
            self._heard.append(piece)

    def heard(self) -> dict[str, bytes]:
        """What passed through, and the dump."""
        if not self._url:
            return {}
        with redis.Redis.from_url(self._url) as client:
            client.save()
            folder = Path(str(client.config_get("dir")["dir"]))
            dump = (folder / str(client.config_get("dbfilename")["dbfilename"])).read_bytes()
        return {"redis monitor": b"".join(self._heard), "redis dump": dump}


def database_files(since: float) -> dict[str, bytes]:
    """The database's files as they lie there, write-ahead log included."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        files = [name.with_name(name.name + end) for end in ("", "-wal", "-shm")]
    else:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW data_directory")
            folder = Path(cursor.fetchone()[0])
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            own = folder / "base" / str(cursor.fetchone()[0])
        wal = [file for file in (folder / "pg_wal").iterdir() if file.stat().st_mtime >= since]
        files = [*own.iterdir(), *wal]
    content = (file.read_bytes() for file in files if file.is_file())
    return {"database files": b"\n".join(content)}


def database_log() -> dict[str, bytes]:
    """What PostgreSQL wrote down of statements that failed."""
    if connection.vendor == "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        file = Path(cursor.fetchone()[0]).parent / "postgres.log"
    return {"log of the database": file.read_bytes()}

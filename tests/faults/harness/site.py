"""Several servers over one database, and the auditor of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from tests.faults.harness.journal import Finding, Journal
from tests.faults.harness.nursery import Nursery
from tests.services.process import Guarded, free_port, wait_until
from tests.services.server import MANAGE, Kind, Server, environment_of

STUDENTS = 40


class Address(Protocol):
    """What a client needs of a server."""

    @property
    def url(self) -> str: ...

    @property
    def websocket_url(self) -> str: ...


class Fork:
    """A server forked by the nursery (under uvicorn), which starts at once; `fault` is what is
    built into it (see `tests.faults.harness.asgi`)."""

    def __init__(self, nursery: Nursery, fault: str = "") -> None:
        self.port = free_port()
        self.fault = fault
        self.mark = nursery.data / f"died-{uuid.uuid4().hex}"
        self.log = nursery.data / f"fork-{self.port}.log"
        self._nursery = nursery
        self._pid = 0

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        """`ws://127.0.0.1:PORT`."""
        return f"ws://127.0.0.1:{self.port}"

    @property
    def died(self) -> bool:
        """Whether its fault killed it."""
        return self.mark.exists()

    def start(self) -> None:
        """Fork it and wait until `/healthz` answers."""
        order = {"serve": self.port, "fault": self.fault, "mark": str(self.mark)}
        self._pid = self._nursery.order(**order, log=str(self.log))["pid"]
        wait_until(self._healthy, "a forked server answering /healthz")

    def thaw(self) -> None:
        """SIGCONT: it goes on as if nothing had been."""
        os.kill(self._pid, signal.SIGCONT)

    def kill(self) -> None:
        """SIGKILL, and wait for its end; nothing where it has ended."""
        if not self._pid:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._nursery.order(reap=self._pid)
        self._pid = 0

    def _healthy(self) -> bool:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer,
        ):
            return int(answer.status) == 200
        return False


class Site:
    """A seeded database with students' tokens; `environment` names it (and Redis, and the tutor).

    Rate limits are off unless a server is told otherwise: clients here read very fast.
    """

    def __init__(
        self, data: Path, environment: Mapping[str, str] | None = None, students: int = STUDENTS
    ) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self.environment = {"READERAI_RATE_LIMITS": "off", **(environment or {})}
        self._servers: list[Server] = []
        self._forks: list[Fork] = []
        self.full_environment = environment_of(data, self.environment)
        self.nursery = Nursery(data, self.full_environment)
        seeded = self.nursery.run("tests.faults.harness.seed", str(students))
        self.tokens: dict[str, str] = json.loads(seeded.splitlines()[-1])

    def server(self, kind: Kind = "daphne", **environment: str) -> Server:
        """A real server, started as an operator does; it ends with the test."""
        server = Server(self.data, kind=kind, environment={**self.environment, **environment})
        self._servers.append(server)
        server.start()
        return server

    def fork(self, fault: str = "") -> Fork:
        """A server that starts at once; it ends with the test."""
        fork = Fork(self.nursery, fault)
        self._forks.append(fork)
        fork.start()
        return fork

    def audit(self, journals: Iterable[Journal]) -> Finding:
        """What the database says to these journals."""
        told = json.dumps([journal.plain() for journal in journals])
        found = self.nursery.run("tests.faults.harness.audit", told=told)
        return Finding(**json.loads(found.splitlines()[-1]))

    @contextlib.contextmanager
    def worker(self) -> Iterator[None]:
        """`expire_sessions --loop` runs meanwhile."""
        run = Guarded(
            [*MANAGE, "expire_sessions", "--loop"],
            log=self.data / "worker.log",
            stop_signal=signal.SIGTERM,
            environment=self.full_environment,
        )
        try:
            yield
        finally:
            run.stop()

    def sql(self, statement: str) -> list[str]:
        """Run a statement in the database; the rows that it gives, as text."""
        return self.nursery.run("tests.faults.harness.sql", told=statement).splitlines()

    def close_servers(self) -> None:
        """End all servers: one with a fault would answer for the sessions of tests to come."""
        while self._servers:
            self._servers.pop().close()
        while self._forks:
            self._forks.pop().kill()

    def close(self) -> None:
        """End everything."""
        self.close_servers()
        self.nursery.close()

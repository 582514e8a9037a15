"""Several servers over one database, and the auditor of it."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.faults.journal import Finding, Journal
from tests.services.process import ServiceFailed
from tests.services.server import APPLICATION, ROOT, Kind, Server, environment_of

STUDENTS = 40


class FaultyServer(Server):
    """A server of the application in `tests.faults.asgi`; `fault` is what is built into it."""

    def __init__(
        self, data: Path, *, kind: Kind, environment: Mapping[str, str], fault: str
    ) -> None:
        mark = data / f"died-{uuid.uuid4().hex}"
        more = {"READERAI_FAULT": fault, "READERAI_FAULT_MARK": str(mark)}
        super().__init__(data, kind=kind, environment={**environment, **more})
        self.mark = mark

    @property
    def died(self) -> bool:
        """Whether its fault killed it."""
        return self.mark.exists()

    def _arguments(self) -> list[str]:
        ours = "tests.faults.asgi:application"
        return [ours if part == APPLICATION else part for part in super()._arguments()]


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
        self.servers: list[Server] = []
        self.tokens: dict[str, str] = json.loads(
            self._python("tests.faults.seed", str(students))
        )

    def server(
        self,
        kind: Kind = "daphne",
        *,
        fault: str | None = None,
        started: bool = True,
        **environment: str,
    ) -> Server:
        """A new server of this site; it ends with `close`."""
        more = {**self.environment, **environment}
        server = (
            Server(self.data, kind=kind, environment=more)
            if fault is None
            else FaultyServer(self.data, kind=kind, environment=more, fault=fault)
        )
        self.servers.append(server)
        if started:
            server.start()
        return server

    def audit(self, journals: Iterable[Journal]) -> Finding:
        """What the database says to these journals."""
        told = json.dumps([journal.plain() for journal in journals])
        return Finding(**json.loads(self._python("tests.faults.audit", told=told)))

    def sql(self, statement: str) -> str:
        """Run a statement in the database and give back what `SELECT` found, as text."""
        return self._python("tests.faults.sql", told=statement)

    def close_servers(self) -> None:
        """End all servers."""
        while self.servers:
            self.servers.pop().close()

    def _python(self, module: str, *arguments: str, told: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment_of(self.data, self.environment),
            input=told,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise ServiceFailed(f"{module}:\n{done.stdout}{done.stderr}")
        return done.stdout

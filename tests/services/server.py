"""ReaderAI itself, as a process of its own under daphne or uvicorn, for tests from outside."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tests.services.process import Guarded, ServiceFailed, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
APPLICATION = "readerai.asgi:application"
LARGEST_FRAME = "65536"
#: A dead line is noticed by the server within this and the timeout after it.
PING_SECONDS = "10"
#: Empty wins over `.env`: what a server talks to is what its test says, and nothing else.
NOTHING_REAL = dict.fromkeys(
    (
        "DATABASE_URL",
        "REDIS_URL",
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_BASE_URL",
        "EMAIL_URL",
        "READERAI_URL",
        "READERAI_KEYS",
        "READERAI_KEYS_FILE",
    ),
    "",
)

#: The stories that tests listen to: reading all of the demo aloud takes most of a minute.
HEARD = ("a-ticket-for-a-goat", "one-boot-each")

Kind = Literal["daphne", "uvicorn"]


class Server:
    """One server process; `data` is its READERAI_DATA, `environment` whatever it is told beyond.

    Several may share a database, a Redis and a `data` folder. `url` stays over restarts.
    """

    def __init__(
        self,
        data: Path,
        *,
        kind: Kind = "daphne",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data
        self.kind = kind
        self.environment = environment_of(data, environment)
        self.port = free_port()
        self.log = data / f"server-{self.port}.log"
        self._run: Guarded | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        """`ws://127.0.0.1:PORT`, without a slash at the end."""
        return f"ws://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._running().pid

    def start(self) -> None:
        """Start it and wait until `/healthz` answers; `ServiceFailed` with the log if it ends."""
        self._run = Guarded(
            [sys.executable, "-m", *self._arguments()],
            log=self.log,
            stop_signal=signal.SIGKILL,
            environment=self.environment,
        )
        self._run.wait_for(self._healthy, f"{self.kind} answering /healthz")

    def signal(self, how: int) -> None:
        """Send it a signal and do not wait (SIGSTOP, SIGCONT, SIGTERM, …)."""
        self._running().signal(how)

    def wait(self, seconds: float = 30.0) -> int:
        """Wait for its end after a signal; the exit status, or minus the number of the signal."""
        status = self._running().wait(seconds)
        self._run = None
        return status

    def terminate(self) -> int:
        """SIGTERM, as an operator stops it; the exit status when it has taken its leave."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """SIGKILL: no leave is taken."""
        self.signal(signal.SIGKILL)
        self.wait()

    def close(self) -> None:
        """Make sure that it is gone, in whatever state it is; for the end of a test."""
        if self._run is not None:
            self._run.stop()
            self._run = None

    def said(self) -> str:
        """All that it has logged so far, over restarts."""
        return self.log.read_text(errors="replace")

    def manage(self, *arguments: str) -> str:
        """Run a management command with this server's environment; what it printed."""
        return manage(*arguments, environment=self.environment)

    def _running(self) -> Guarded:
        if self._run is None:
            raise ServiceFailed("this server is not running")
        return self._run

    def _healthy(self) -> bool:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer,
        ):
            return int(answer.status) == 200
        return False

    def _arguments(self) -> list[str]:
        port = str(self.port)
        if self.kind == "daphne":
            limits = ["--websocket-max-message-size", LARGEST_FRAME]
            limits += ["--websocket-max-frame-size", LARGEST_FRAME]
            limits += ["--ping-interval", PING_SECONDS, "--ping-timeout", "12"]
            return ["daphne", "-b", "127.0.0.1", "-p", port, *limits, APPLICATION]
        sockets = ["--ws", "websockets-sansio", "--ws-max-size", LARGEST_FRAME]
        sockets += ["--ws-per-message-deflate", "false"]
        sockets += ["--ws-ping-interval", PING_SECONDS, "--ws-ping-timeout", "12"]
        return ["uvicorn", "--host", "127.0.0.1", "--port", port, *sockets, APPLICATION]


def environment_of(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a development server on `data`, with nothing of the machine's settings."""
    # The robot's voice takes a tenth of the natural one's time; the tests of narration have that.
    ours = {"DEBUG": "1", "READERAI_DATA": str(data), "READERAI_VOICE": "espeak:en-us"}
    return os.environ | NOTHING_REAL | ours | dict(more or {})


def manage(*arguments: str, environment: Mapping[str, str]) -> str:
    """Run `manage.py …` in a process of its own; `ServiceFailed` unless it ends with status 0."""
    done = subprocess.run(
        [*MANAGE, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise ServiceFailed(f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def load_demo(environment: Mapping[str, str]) -> None:
    """Make the tables and the demo's people and books in the database that `environment` names,
    with narration for the stories of `HEARD`."""
    manage("migrate", "--verbosity", "0", environment=environment)
    manage("load_demo", "--no-narration", environment=environment)
    for story in HEARD:
        manage("narrate_book", story, environment=environment)


def demo_data(into: Path) -> Path:
    """A data folder with the demo in SQLite, made once at `into`; copy it, do not serve it."""
    if not into.exists():
        half_made = into.with_name(f"{into.name}-{os.getpid()}")
        half_made.mkdir(parents=True)
        load_demo(environment_of(half_made))
        half_made.rename(into)
    return into


def copy_of(data: Path, to: Path) -> Path:
    """A copy of a data folder that nobody serves at the moment."""
    return Path(shutil.copytree(data, to, dirs_exist_ok=True))

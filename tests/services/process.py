"""Programs that tests start: they end with the tests, however those end."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

WATCHDOG = Path(__file__).with_name("watchdog.py")


class ServiceFailed(RuntimeError):
    """A program did not start, stop or answer; the message ends with its log."""


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Whether something accepts connections on 127.0.0.1:`port`."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def temporary_folder(name: str) -> Path:
    """A new folder that a server under another user's name may pass through."""
    folder = Path(tempfile.mkdtemp(prefix=f"readerai-{name}-"))
    folder.chmod(0o755)
    return folder


def unprivileged_user() -> str | None:
    """Who runs a server that refuses to be root: `nobody`, or None when we are not root."""
    return "nobody" if os.geteuid() == 0 else None


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Look every 20 ms until `condition` holds; `ServiceFailed` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise ServiceFailed(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.02)


class Guarded:
    """One run of a program under the watchdog.

    `log` takes its output. When the tests end while it runs it gets `stop_signal`, and the folder
    `remove`, where there is one, goes.
    """

    def __init__(
        self,
        command: list[str],
        *,
        log: Path,
        stop_signal: int,
        remove: Path | None = None,
        user: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.log = log
        self._pid_file = log.with_suffix(".pid")
        self._pid_file.unlink(missing_ok=True)
        watch = [sys.executable, "-I", str(WATCHDOG), str(self._pid_file), str(remove or "-")]
        watch += [str(int(stop_signal)), user or "-"]
        with log.open("ab") as output:
            self._watchdog = subprocess.Popen(
                watch + command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def running(self) -> bool:
        """Whether the program still runs."""
        return self._watchdog.poll() is None

    def wait_for(self, condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Wait until `condition` holds; `ServiceFailed` with the log if the program ends first."""
        try:
            wait_until(lambda: not self.running() or condition(), what, seconds)
        except ServiceFailed as failed:
            raise self.failed(str(failed)) from failed
        if not self.running():
            raise self.failed(f"{what} did not happen: the program ended")

    def failed(self, reason: str) -> ServiceFailed:
        """An error that says what the program said last."""
        tail = self.log.read_text(errors="replace")[-3000:]
        return ServiceFailed(f"{reason}; its log ends:\n{tail}")

    @property
    def pid(self) -> int:
        """The program's own process id (not the watchdog's)."""
        wait_until(lambda: self._pid_file.exists() and self._pid_file.read_text() != "", "a start")
        return int(self._pid_file.read_text())

    def signal(self, how: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, how)

    def stop(self) -> int:
        """Stop the program in its own polite way, keep its folder; its exit status."""
        return self._end()

    def wait(self, seconds: float = 30.0) -> int:
        """Wait until the signalled program has ended; its exit status (minus the signal's number).

        `ServiceFailed` with the log when it has not within `seconds`.
        """
        try:
            self._watchdog.wait(seconds)
        except subprocess.TimeoutExpired:
            raise self.failed(f"the program did not end within {seconds:g} s") from None
        return self._end()

    def _end(self) -> int:
        pipe = self._watchdog.stdin
        assert pipe is not None
        with contextlib.suppress(BrokenPipeError, ValueError):
            pipe.write(b"k")
            pipe.close()
        status = self._watchdog.wait()
        # The watchdog hands on a signal's number the way shells do.
        return status if status < 128 else 128 - status


def remove_folder(folder: Path) -> None:
    """Take a folder away, whoever owns the files in it."""
    shutil.rmtree(folder, ignore_errors=True)

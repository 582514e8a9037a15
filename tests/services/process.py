"""Programs that tests start: they end with the tests, however those end."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
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

    `folder` is removed when the tests end while the program runs; `log` takes its output.
    """

    def __init__(
        self,
        command: list[str],
        *,
        folder: Path,
        log: Path,
        stop_signal: int,
        user: str | None = None,
    ) -> None:
        self.log = log
        with log.open("ab") as output:
            self._watchdog = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    str(WATCHDOG),
                    str(folder),
                    str(int(stop_signal)),
                    user or "-",
                    *command,
                ],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def running(self) -> bool:
        """Whether the program still runs."""
        return self._watchdog.poll() is None

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until `condition` holds; `ServiceFailed` with the log if the program ends first."""
        try:
            wait_until(lambda: not self.running() or condition(), what)
        except ServiceFailed as failed:
            raise self.failed(str(failed)) from failed
        if not self.running():
            raise self.failed(f"{what} did not happen: the program ended")

    def failed(self, reason: str) -> ServiceFailed:
        """An error that says what the program said last."""
        tail = self.log.read_text(errors="replace")[-3000:]
        return ServiceFailed(f"{reason}; its log ends:\n{tail}")

    def stop(self) -> None:
        """Stop the program in its own polite way and keep its folder."""
        self._end(b"k")

    def wait(self) -> None:
        """Wait until the program, which somebody else signalled, has ended."""
        self._watchdog.wait()
        self._end(b"k")

    def _end(self, word: bytes) -> None:
        pipe = self._watchdog.stdin
        assert pipe is not None
        with contextlib.suppress(BrokenPipeError):
            pipe.write(word)
            pipe.close()
        self._watchdog.wait()


def remove_folder(folder: Path) -> None:
    """Take a folder away, whoever owns the files in it."""
    shutil.rmtree(folder, ignore_errors=True)

"""A real Chromium for tests, driven by Playwright, beside tests that run their own event loops."""

import asyncio
import ctypes.util
import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.services.process import ServiceFailed
from tools.node import NodeMissing, node_command

ROOT = Path(__file__).resolve().parent.parent.parent
UNPACKED = ROOT / "node_modules" / ".cache" / "chromium"
UNPACK = """
import("@sparticuz/chromium").then(async (package_) => {
  console.log(await package_.default.executablePath());
});
"""
#: The package unpacks the libraries it needs (NSS and the like) only where it believes to be there.
LIBRARIES_TOO = {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}

#: It opens pages of ours alone, so the sandbox, which many machines refuse it, is not needed.
OPTIONS = [
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def chromium() -> tuple[str, dict[str, str]]:
    """The path of a Chromium and the environment it needs beyond ours.

    $READERAI_CHROME first (`package` asks for the one from npm), then Debian's, then the one in
    the npm package @sparticuz/chromium, unpacked once. Raises `ServiceFailed`.
    """
    chosen = os.environ.get("READERAI_CHROME", "")
    if chosen not in {"", "package"}:
        if not os.access(chosen, os.X_OK):
            raise ServiceFailed(f"READERAI_CHROME names no program: {chosen}")
        return chosen, {}
    debian = "/usr/bin/chromium"
    if not chosen and os.access(debian, os.X_OK):
        return debian, {}
    path = packaged_chromium()
    libraries = UNPACKED / "al2023" / "lib"
    needs_libraries = ctypes.util.find_library("nss3") is None
    return str(path), {"LD_LIBRARY_PATH": str(libraries)} if needs_libraries else {}


def packaged_chromium() -> Path:
    """Unpack the browser from node_modules, once for all test processes; its path."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    done = UNPACKED / "unpacked"
    with (UNPACKED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            done.write_text(_unpack())
    return Path(done.read_text())


def _unpack() -> str:
    environment = os.environ | LIBRARIES_TOO | {"TMPDIR": str(UNPACKED)}
    try:
        command = [*node_command(), "-e", UNPACK]
    except NodeMissing as missing:
        raise ServiceFailed(f"No Chromium, and none can be unpacked: {missing}") from missing
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise ServiceFailed(f"No Chromium: run `make test`, which installs one.\n{run.stderr}")
    return run.stdout.strip()


@contextmanager
def running_browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium that calls nobody by itself."""
    path, environment = chromium()
    browser = playwright.chromium.launch(
        executable_path=path, args=OPTIONS, env={**os.environ, **environment}
    )
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def without_the_browsers_loop() -> Iterator[None]:
    """Let a test run event loops, or Django's ORM, while sync Playwright is open.

    Between its calls Playwright leaves its own loop marked as running in this thread; asyncio and
    Django would refuse to work. The mark is taken away here and put back afterwards.
    """
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        # The session's last test also closes the browser, and its loop with it.
        if loop is not None and loop.is_running():
            asyncio._set_running_loop(loop)

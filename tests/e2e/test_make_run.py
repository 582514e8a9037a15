"""`make run` as a newcomer types it, in a checkout that is set up.

Set-up itself is not gone through again (`-o`): it would change the environment under the tests.
"""

import os
import signal
import sqlite3
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.services.process import free_port, listens, wait_until
from tests.services.server import ROOT, copy_of, environment_of


def narrated(data: Path) -> int:
    with sqlite3.connect(data / "readerai.sqlite3") as database:
        (count,) = database.execute("SELECT count(*) FROM library_narration").fetchone()
    return int(count)


def at_work_on(data: Path) -> list[str]:
    """The command lines of all processes that were started for a data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"READERAI_DATA={data}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:  # it has just ended, or is not ours
            continue
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_make_run_serves_the_demo_at_once_and_ends_on_a_signal(
    demo_folder: Path, tmp_path: Path, how: signal.Signals
) -> None:
    port = free_port()
    data = copy_of(demo_folder, tmp_path / "data")
    with sqlite3.connect(data / "readerai.sqlite3") as database:
        database.execute("DELETE FROM library_narration")  # to be read aloud while it serves
    environment = environment_of(data, {"PORT": str(port)})
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):  # these tests may themselves run under make
        environment.pop(name, None)
    log = tmp_path / "make.log"
    with log.open("wb") as output:
        run = subprocess.Popen(
            ["make", "-o", ".venv/.run", "-o", "node_modules/.run", "run"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        wait_until(lambda: run.poll() is not None or listens(port), "make run listening", 60)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login") as answer:
            assert answer.status == 200
        wait_until(lambda: narrated(data) > 0, "the first book read aloud", 60)
        os.killpg(run.pid, how)
        run.wait(30)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
    assert not listens(port)
    assert at_work_on(data) == []
    assert f"http://127.0.0.1:{port}" in log.read_text()
    assert "Traceback" not in log.read_text()

"""`make run` as a newcomer types it, in a checkout that is set up.

Set-up itself is not gone through again (`-o`): it would change the environment under the tests.
"""

import os
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.services.process import free_port, listens, wait_until
from tests.services.server import ROOT, copy_of, environment_of


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_make_run_serves_the_demo_and_ends_on_a_signal(
    demo_folder: Path, tmp_path: Path, how: signal.Signals
) -> None:
    port = free_port()
    data = copy_of(demo_folder, tmp_path / "data")
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
        os.killpg(run.pid, how)
        run.wait(30)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
    assert not listens(port)
    assert f"http://127.0.0.1:{port}" in log.read_text()
    assert "Traceback" not in log.read_text()

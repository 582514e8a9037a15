"""The Procfile's lines are what an operator's platform runs, so they must run."""

import os
import shlex
import signal
import sys
import urllib.request
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.services.process import Guarded, free_port, listens
from tests.services.server import LARGEST_FRAME, PING_SECONDS, environment_of

ROOT = Path(__file__).resolve().parent.parent.parent
LINES = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


#: What each server process does first, and what it is from then on.
COLLECTING, SERVING = LINES["web"].split(" && exec ")


@pytest.mark.once
def test_the_web_line_serves_on_port_and_ends_on_sigterm(tmp_path: Path) -> None:
    port = free_port()
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = Guarded(
        ["bash", "-c", f"cd {shlex.quote(str(ROOT))} && exec {SERVING}"],
        log=tmp_path / "web.log",
        stop_signal=signal.SIGTERM,
        environment=environment_of(tmp_path, {"PORT": str(port), "PATH": programs}),
    )
    run.wait_for(lambda: listens(port), "the web line listening")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.status == 200
    assert run.stop() == 0


def test_the_web_line_limits_messages_as_the_tests_servers_do() -> None:
    words = shlex.split(LINES["web"])
    for option in ("--websocket-max-message-size", "--websocket-max-frame-size"):
        assert words[words.index(option) + 1] == LARGEST_FRAME
    assert words[words.index("--ping-interval") + 1] == PING_SECONDS


@pytest.mark.parametrize("line", [LINES["worker"], LINES["release"], COLLECTING])
def test_the_other_lines_name_commands_that_exist(line: str) -> None:
    commands = [shlex.split(part) for part in line.split("&&")]
    assert {(words[0], words[1]) for words in commands} == {("python", "manage.py")}
    assert {words[2] for words in commands} <= set(get_commands())

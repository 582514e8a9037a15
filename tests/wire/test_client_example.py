"""The client in the documentation reads a book, over nothing but REST and the socket."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.server import Server

pytestmark = pytest.mark.once

CLIENT = Path(__file__).parents[2] / "docs" / "examples" / "read_a_book.py"


def run(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    # -I: nothing of ours can be imported, as on a stranger's machine.
    return subprocess.run(
        [sys.executable, "-I", str(CLIENT), server.url, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_example_client_reads_a_book(live_site: Server) -> None:
    done = run(live_site, "alice-123", "read-with-me", "two-too-many", "What does lift mean?")
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.splitlines()
    for told in (
        "← SESSION_RESTORED",
        "← PROGRESS_SAVED",
        "← INTERRUPTION_RESPONSE",
        "← RESUME_AUDIO",
        "← PAUSE_FOR_CHECKPOINT",
        "← CHECKPOINT_RESULT",
        '← SESSION_STATUS {"status": "completed"}',
    ):
        assert any(line.startswith(told) for line in said), (told, done.stdout)
    assert said[-1].endswith(", completed.")

    for wrong, sentence in (
        (("alice-123", "wrong", "two-too-many", "?"), "401"),
        (("alice-123", "read-with-me", "no-book", "?"), "404"),
    ):
        refused = run(live_site, *wrong)
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"That did not work. {sentence}")
        assert "Traceback" not in refused.stderr

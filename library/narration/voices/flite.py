"""Flite, where the machine has it (Debian's ``flite``): warmer than eSpeak, English only."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from ..spoken import Script, Speech, Voice
from .sentences import run_program, speak_by_sentence


class Flite:
    has_limits = False

    def speak(
        self, script: Script, target: Path, voice: str, *, cpu_seconds: float | None = None
    ) -> Speech:
        def say(text: str, wav: Path) -> None:
            command = [
                str(_program()),
                "-voice",
                voice,
                "--setf",
                f"duration_stretch={1 / script.speed:.2f}",
            ]
            run_program([*command, "-f", "/dev/stdin", "-o", str(wav)], text)

        return speak_by_sentence(script, target, say)


def _program() -> str | None:
    return shutil.which("flite")


@lru_cache(maxsize=1)
def flite_voices() -> list[Voice]:
    """The voices that ``flite -lv`` lists; none where it is not installed."""
    program = _program()
    if program is None:
        return []
    try:
        done = subprocess.run(
            [program, "-lv"], capture_output=True, timeout=10, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    names = done.stdout.partition(":")[2].split()
    # The two small ones sound worse than eSpeak does.
    return [Voice(f"flite:{name}", f"Flite, {name}", Flite()) for name in sorted(names, key=_rank)]


def _rank(name: str) -> tuple[int, str]:
    order = ["slt", "rms", "awb", "kal16", "kal"]
    return (order.index(name) if name in order else len(order), name)

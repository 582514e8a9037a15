"""Flite, where the machine has it (Debian's ``flite``): warmer than eSpeak, English only."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from ..language.text import Paragraphs
from .paragraphs import run_program, speak_by_paragraph
from .spoken import Speech, SpeechProblem, Voice

# A little slower than its own pace, for readers who follow.
_STRETCH = "duration_stretch=1.15"


class Flite:
    def speak(
        self,
        paragraphs: Paragraphs,
        target: Path,
        voice: str,
        *,
        cpu_seconds: float | None = None,
        memory_mib: int | None = None,
    ) -> Speech:
        if cpu_seconds is not None or memory_mib is not None:
            raise SpeechProblem("flite speaks without limits only")

        def say(text: str, wav: Path) -> None:
            command = [str(_program()), "-voice", voice, "--setf", _STRETCH]
            run_program([*command, "-f", "/dev/stdin", "-o", str(wav)], text)

        return speak_by_paragraph(paragraphs, target, say)


def _program() -> str | None:
    return shutil.which("flite")


@lru_cache(maxsize=1)
def voices() -> list[Voice]:
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

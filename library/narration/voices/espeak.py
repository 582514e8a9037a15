"""eSpeak NG, in a child process: every language, exact word times, a robot's voice."""

from __future__ import annotations

import importlib.util
import shutil
from functools import lru_cache
from pathlib import Path

from ..spoken import Script, Speech
from .process import SpeechProcesses

_processes = SpeechProcesses("library.narration.voices.espeak_child")


@lru_cache(maxsize=1)
def espeak_is_installed() -> bool:
    if importlib.util.find_spec("espeakng_loader") is not None:
        return True
    return shutil.which("espeak-ng") is not None


class Espeak:
    """Speaks through ``espeak_child``."""

    has_limits = True

    def speak(
        self, script: Script, target: Path, voice: str, *, cpu_seconds: float | None = None
    ) -> Speech:
        job = script.as_job() | {"target": str(target), "voice": voice}
        return _processes.speak(job, cpu_seconds=cpu_seconds)

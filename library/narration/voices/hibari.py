"""hibari, the natural English voice of every installation: its model is in the package.

Other voices of it (``fenrir``, ``kore``, the British ``emma`` and ``fable``) are there where
the operator put their files into ``voices/`` of the data directory, or had ``hibari`` fetch them.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ..spoken import Script, Speech, SpeechProblem, Voice
from .process import SpeechProcesses

_processes = SpeechProcesses("library.narration.voices.hibari_child")


def hibari_is_installed() -> bool:
    return all(map(importlib.util.find_spec, ("hibari", "onnxruntime")))


class Hibari:
    """Speaks through ``hibari_child``."""

    has_limits = True

    def speak(
        self, script: Script, target: Path, voice: str, *, cpu_seconds: float | None = None
    ) -> Speech:
        model = _model_of(voice)
        if model is None:
            raise SpeechProblem(f"the hibari voice {voice} is not installed")
        job = script.as_job() | {"target": str(target), "voice": voice, "model": model}
        return _processes.speak(job, cpu_seconds=cpu_seconds)


@lru_cache(maxsize=1)
def _registry() -> dict[str, dict[str, Any]]:
    from hibari.voices import VOICES

    registry: dict[str, dict[str, Any]] = VOICES
    return registry


def _model_of(voice: str) -> str | None:
    """The file of a voice's model, "" where it is in the package, None where it is not here."""
    about = _registry().get(voice)
    if about is None:
        return None
    if about.get("bundled"):
        return ""
    from hibari.voices import cache_dir

    folders = [Path(settings.READERAI_DATA) / "voices", Path(cache_dir())]
    return next(
        (str(folder / about["file"]) for folder in folders if (folder / about["file"]).is_file()),
        None,
    )


def hibari_voices() -> list[Voice]:
    """The voices that are here, the package's own first."""
    if not hibari_is_installed():
        return []
    here = [name for name in _registry() if _model_of(name) is not None]
    return [
        Voice(f"hibari:{name}", f"{name.capitalize()} ({_registry()[name]['accent']})", Hibari())
        for name in sorted(here, key=lambda name: (_model_of(name) != "", name))
    ]

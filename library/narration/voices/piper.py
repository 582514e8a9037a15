"""Piper, where the machine has it: natural voices, from models that the operator puts in
``voices/`` of the data directory (``NAME.onnx`` with ``NAME.onnx.json`` beside it)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from django.conf import settings

from ..spoken import Script, Speech, SpeechProblem, Voice
from .sentences import run_program, speak_by_sentence


class Piper:
    has_limits = False

    def speak(
        self, script: Script, target: Path, voice: str, *, cpu_seconds: float | None = None
    ) -> Speech:
        program = _program()
        model = _folder() / f"{voice}.onnx"
        if program is None or not model.is_file():
            raise SpeechProblem(f"the piper voice {voice} is not installed")

        def say(text: str, wav: Path) -> None:
            command = [program, "--model", str(model), "--length_scale", f"{1 / script.speed:.2f}"]
            run_program([*command, "--output_file", str(wav)], text)

        return speak_by_sentence(script, target, say)


def _program() -> str | None:
    beside = Path(sys.executable).with_name("piper")
    return str(beside) if beside.is_file() else shutil.which("piper")


def _folder() -> Path:
    return Path(settings.READERAI_DATA) / "voices"


def piper_voices() -> list[Voice]:
    """One voice per model in the data directory; none where piper is not installed."""
    if _program() is None or not _folder().is_dir():
        return []
    models = sorted(path.with_suffix("") for path in _folder().glob("*.onnx.json"))
    return [Voice(f"piper:{m.stem}", f"Piper, {m.stem}", Piper()) for m in models]

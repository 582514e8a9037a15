"""Piper, where the machine has it: natural voices, from models that the operator puts in
``voices/`` of the data directory (``NAME.onnx`` with ``NAME.onnx.json`` beside it)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from django.conf import settings

from ..language.text import Paragraphs
from .paragraphs import run_program, speak_by_paragraph
from .spoken import Speech, SpeechProblem, Voice


class Piper:
    def speak(
        self,
        paragraphs: Paragraphs,
        target: Path,
        voice: str,
        *,
        cpu_seconds: float | None = None,
        memory_mib: int | None = None,
    ) -> Speech:
        program = _program()
        model = _folder() / f"{voice}.onnx"
        if program is None or not model.is_file():
            raise SpeechProblem(f"the piper voice {voice} is not installed")
        if cpu_seconds is not None or memory_mib is not None:
            raise SpeechProblem("piper speaks without limits only")

        def say(text: str, wav: Path) -> None:
            command = [program, "--model", str(model), "--length_scale", "1.15"]
            run_program([*command, "--output_file", str(wav)], text)

        return speak_by_paragraph(paragraphs, target, say)


def _program() -> str | None:
    beside = Path(sys.executable).with_name("piper")
    return str(beside) if beside.is_file() else shutil.which("piper")


def _folder() -> Path:
    return Path(settings.READERAI_DATA) / "voices"


def voices() -> list[Voice]:
    """One voice per model in the data directory; none where piper is not installed."""
    if _program() is None or not _folder().is_dir():
        return []
    models = sorted(_folder().glob("*.onnx"))
    return [Voice(f"piper:{m.stem}", f"Piper, {m.stem}", Piper()) for m in models]

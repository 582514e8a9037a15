"""Any short text spoken under a budget, as for an answer read aloud."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..language.text import split_paragraphs
from .spoken import SpeechProblem, Voice
from .voices import find_voice

MEMORY_MIB = 768


@dataclass(frozen=True)
class Spoken:
    """MP3 bytes, how long they play, and the CPU seconds that they cost."""

    mp3: bytes
    duration_ms: int
    cpu_seconds: float


def speak(text: str, voice: str = "", *, language: str = "en", cpu_seconds: float = 10.0) -> Spoken:
    """Speak ``text`` in a child process that may use ``cpu_seconds`` and ``MEMORY_MIB``.

    Raises ``SpeechProblem`` where there is nothing to say, no voice, or the budget is used up.
    A budget below a second counts as one.
    """
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        raise SpeechProblem("there is nothing to say")
    chosen: Voice = find_voice(voice, language=language)
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        target = Path(folder) / "spoken.mp3"
        speech = chosen.engine.speak(
            paragraphs,
            target,
            chosen.own_name,
            cpu_seconds=cpu_seconds,
            memory_mib=MEMORY_MIB,
        )
        return Spoken(target.read_bytes(), speech.duration_ms, speech.cpu_seconds)

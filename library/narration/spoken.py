"""What every voice gives, and how it says that it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..language.text import Paragraphs

WORDS_PER_MINUTE = 150
SENTENCE_PAUSE_MS = 150
PARAGRAPH_PAUSE_MS = 450


class SpeechProblem(Exception):
    """Why nothing was spoken: one clear line, without the text."""


@dataclass(frozen=True)
class Speech:
    """Sound in a file: one start per word, never decreasing; ``timing_source`` as stored."""

    duration_ms: int
    word_starts_ms: list[int]
    timing_source: str
    cpu_seconds: float


@dataclass(frozen=True)
class Voice:
    """A way to speak. ``name`` is what ``--voice`` takes: the engine, a colon, its own name."""

    name: str
    label: str
    engine: Engine

    @property
    def own_name(self) -> str:
        return self.name.partition(":")[2]


class Engine(Protocol):
    """A speech engine that this machine has."""

    def speak(
        self,
        paragraphs: Paragraphs,
        target: Path,
        voice: str,
        *,
        cpu_seconds: float | None = None,
        memory_mib: int | None = None,
    ) -> Speech:
        """Speak into the MP3 file ``target``; raises ``SpeechProblem``."""
        ...

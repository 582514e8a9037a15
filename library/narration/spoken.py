"""What every voice is given and gives, and how it says that it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .speech_text.said import SpokenWord


class SpeechProblem(Exception):
    """Why nothing was spoken: one clear line, without the text."""


class SpeechBroken(SpeechProblem):
    """The engine broke down; another one may still speak."""


@dataclass(frozen=True)
class SpokenSentence:
    """``breaths``: by the place of a word, milliseconds of silence to put behind it within the
    sentence. ``pause_ms`` is the least silence after the sentence; ``words_per_minute``
    stretches it where the sentence was quicker than that."""

    words: list[SpokenWord]
    pause_ms: int = 0
    breaths: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """A text for a voice. ``speed`` is relative to the voice's own: 0.8 is slower."""

    sentences: list[SpokenSentence]
    words_per_minute: int
    speed: float

    def as_job(self) -> dict[str, Any]:
        """For a speech process, as JSON has it: words are pairs of text and sounds."""
        return {
            "speed": self.speed,
            "wordsPerMinute": self.words_per_minute,
            "sentences": [
                {
                    "words": [[word.text, word.sounds] for word in sentence.words],
                    "pauseMs": sentence.pause_ms,
                    "breaths": sorted(sentence.breaths.items()),
                }
                for sentence in self.sentences
            ],
        }


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
    """A speech engine that this machine has. ``has_limits``: it can be held to CPU seconds, as
    a server must where anybody may ask for sound."""

    has_limits: bool

    def speak(
        self, script: Script, target: Path, voice: str, *, cpu_seconds: float | None = None
    ) -> Speech:
        """Speak into the MP3 file ``target``; raises ``SpeechProblem``. ``cpu_seconds`` limits
        what it may use, where the engine ``has_limits``."""
        ...

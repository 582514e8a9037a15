"""Any short text spoken under a budget, as for an answer read aloud."""

from __future__ import annotations

import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..language.text import split_paragraphs
from .pace import script
from .speech_text.prepare import prepare_speech
from .speech_text.said import BookWords
from .spoken import SpeechProblem, Voice
from .voices.registry import find_voice, speak_with

_warming = threading.Lock()


@dataclass(frozen=True)
class Spoken:
    """MP3 bytes, how long they play, and the CPU seconds that they cost."""

    mp3: bytes
    duration_ms: int
    cpu_seconds: float


def speak(
    text: str,
    voice: str = "",
    *,
    language: str = "en",
    grade: int | None = None,
    words: BookWords | None = None,
    cpu_seconds: float = 10.0,
) -> Spoken:
    """Speak ``text`` in a child process that may use ``cpu_seconds``, in ``voice`` where it is
    still here and can be held to that, else in the language's own.

    Raises ``SpeechProblem`` where there is nothing to say, no voice, or the budget is used up.
    A budget below a second counts as one.
    """
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        raise SpeechProblem("there is nothing to say")
    spoken = script(prepare_speech(paragraphs, language=language, book=words), grade=grade)
    chosen = _limited(voice, language)
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        target = Path(folder) / "spoken.mp3"
        _, speech = speak_with(spoken, target, chosen, language, cpu_seconds=cpu_seconds)
        return Spoken(target.read_bytes(), speech.duration_ms, speech.cpu_seconds)


def warm_up(voice: str, language: str) -> None:
    """Have the voice's process ready for what is said next, beside what is being done."""

    def run() -> None:
        if _warming.acquire(blocking=False):
            try:
                with suppress(SpeechProblem):
                    speak("One.", voice, language=language)
            finally:
                _warming.release()

    threading.Thread(target=run, daemon=True).start()


def _limited(name: str, language: str) -> Voice:
    """The voice called ``name``; another where it is gone or knows no limits."""
    if name:
        try:
            voice = find_voice(name, language=language)
        except SpeechProblem:
            return find_voice(language=language)
        if voice.engine.has_limits:
            return voice
    return find_voice(language=language)

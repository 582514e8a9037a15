"""A program of its own that speaks with eSpeak NG: ``python -m library.narration.espeak_child``.

It reads one JSON job from standard input and writes an MP3 file; what it says on standard
output is one JSON object with the times. eSpeak NG is under the GPL and keeps its state in
globals, so it is loaded here only, in a process that ends after the job.

Job: ``{"target", "voice", "wordsPerMinute", "paragraphs": [[[word, …], …], …],
"sentencePauseMs", "paragraphPauseMs", "cpuSeconds"?, "memoryMib"?}``.
Result: ``{"wordStartsMs", "durationMs", "cpuSeconds"}``, or ``{"error"}`` with exit status 1.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from .encoding import Mp3Writer, spread

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_RATE = 1
_WORD_GAP = 7
_UTF8 = 1
_BY_CHARACTER = 1
_LIST_END, _WORD = 0, 1


class _Event(ctypes.Structure):
    _fields_: ClassVar[list[Any]] = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("name", ctypes.c_char * 8),
    ]


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Engine:
    """The one voice of this process."""

    def __init__(self, voice: str, words_per_minute: int) -> None:
        library, data = _found()
        self._library = ctypes.CDLL(library)
        # Long data paths fail inside the library: it is shown a short one.
        self._folder = tempfile.TemporaryDirectory(prefix="es")
        path: bytes | None = None
        if data is not None:
            link = Path(self._folder.name) / "espeak-ng-data"
            link.symlink_to(data)
            path = self._folder.name.encode()
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, path, _DONT_EXIT)
        if self.rate <= 0:
            raise RuntimeError("the speech engine did not start")
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"there is no voice {voice}")
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        self._library.espeak_SetParameter(_WORD_GAP, 1, 0)
        self._pieces: list[Any] = []
        self._events: list[tuple[int, int]] = []
        self._callback = _CALLBACK(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        place = 0
        while events[place].type != _LIST_END:
            if events[place].type == _WORD:
                self._events.append((events[place].text_position, events[place].audio_position))
            place += 1
        return 0

    def say(self, text: str) -> tuple[Any, list[tuple[int, int]]]:
        """The samples of one sentence, and (1-based character, milliseconds) word events."""
        self._pieces, self._events = [], []
        raw = text.encode() + b"\x00"
        self._library.espeak_Synth(
            raw, ctypes.c_size_t(len(raw)), 0, _BY_CHARACTER, 0, _UTF8, None, None
        )
        pieces = self._pieces or [np.zeros(0, dtype=np.int16)]
        return np.concatenate(pieces), self._events


def _found() -> tuple[str, str | None]:
    """The library's file, and its data where that is not in its usual place."""
    try:
        import espeakng_loader
    except ImportError:
        library = ctypes.util.find_library("espeak-ng")
        if library is None:
            raise RuntimeError("eSpeak NG is not installed") from None
        return library, None
    return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())


def starts_of(words: list[str], events: list[tuple[int, int]], end: int) -> list[int]:
    """When each word of a sentence begins, from the engine's word events.

    Merged pairs ("on the") have one event and numbers several: an event counts for the word
    that its character is in, the first one for a word wins, the rest is spread by letters.
    """
    owner: list[int] = []
    for place, word in enumerate(words):
        owner += [place] * (len(word) + 1)
    starts: list[int | None] = [None] * len(words)
    for character, milliseconds in events:
        if 1 <= character <= len(owner):
            place = owner[character - 1]
            if starts[place] is None:
                starts[place] = milliseconds
    return spread(starts, [len(word) for word in words], end)


def run(job: dict[str, Any]) -> dict[str, Any]:
    engine = Engine(job["voice"], job["wordsPerMinute"])
    starts: list[int] = []
    with Mp3Writer(Path(job["target"]), engine.rate) as sound:
        for number, sentences in enumerate(job["paragraphs"]):
            if number:
                sound.silence(job["paragraphPauseMs"])
            for place, words in enumerate(sentences):
                if place:
                    sound.silence(job["sentencePauseMs"])
                begins = sound.position_ms
                samples, events = engine.say(" ".join(words))
                sound.write(samples)
                length = sound.position_ms - begins
                starts += [begins + at for at in starts_of(words, events, length)]
        duration = sound.position_ms
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "wordStartsMs": starts,
        "durationMs": duration,
        "cpuSeconds": round(used.ru_utime + used.ru_stime, 3),
    }


def main() -> int:
    job = json.load(sys.stdin)
    os.nice(5)
    if "cpuSeconds" in job:
        seconds = max(1, int(job["cpuSeconds"] + 0.999))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if "memoryMib" in job:
        size = int(job["memoryMib"]) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    try:
        result = run(job)
    except (OSError, RuntimeError, MemoryError, AttributeError) as error:
        result = {"error": str(error) or type(error).__name__}
    json.dump(result, sys.stdout)
    return 1 if "error" in result else 0


if __name__ == "__main__":
    sys.exit(main())

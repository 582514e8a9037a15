"""A program of its own that speaks with eSpeak NG (``python -m`` its name).

eSpeak NG is under the GPL and keeps its state in globals, so it is loaded here only.

Job: ``Script.as_job`` with ``target`` and ``voice``.
Answer: ``{"wordStartsMs", "durationMs", "cpuSeconds"}``.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from ..speech_text.said import SpokenWord
from .performing import SentenceSound, perform_script
from .serving import NoSuchVoice, answer_jobs

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_RATE = 1
_WORD_GAP = 7
_UTF8 = 1
_PHONEMES = 0x100
_BY_CHARACTER = 1
_OWN_WORDS_PER_MINUTE = 160
_LIST_END, _WORD = 0, 1


# eSpeak's own mnemonics for English (docs/phonemes.md of eSpeak NG).
_FROM_ARPABET = {
    "AA": "A:", "AE": "a", "AH": "V", "AO": "O:", "AW": "aU", "AY": "aI", "CH": "tS", "DH": "D",
    "EH": "E", "ER": "3:", "EY": "eI", "G": "g", "HH": "h", "IH": "I", "IY": "i:", "JH": "dZ",
    "NG": "N", "OW": "oU", "OY": "OI", "SH": "S", "TH": "T", "UH": "U", "UW": "u:", "Y": "j",
    "ZH": "Z",
}  # fmt: skip


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

    def __init__(self) -> None:
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

    def choose(self, voice: str, words_per_minute: int) -> None:
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise NoSuchVoice(f"there is no voice {voice}")
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        self._library.espeak_SetParameter(_WORD_GAP, 1, 0)

    def say(self, words: list[SpokenWord]) -> SentenceSound:
        """One sentence. Its word events carry 1-based characters and milliseconds."""
        self._pieces, self._events = [], []
        texts = [_text(word) for word in words]
        raw = " ".join(texts).encode() + b"\x00"
        self._library.espeak_Synth(
            raw, ctypes.c_size_t(len(raw)), 0, _BY_CHARACTER, 0, _UTF8 | _PHONEMES, None, None
        )
        pieces = self._pieces or [np.zeros(0, dtype=np.int16)]
        starts = starts_of(texts, self._events)
        samples = [None if at is None else at * self.rate // 1000 for at in starts]
        return SentenceSound(np.concatenate(pieces), samples)


def _text(word: SpokenWord) -> str:
    """The word, or, where its spelling does not say it, its sounds between the same marks."""
    if not word.sounds:
        return word.text.replace("[[", "((")
    core = next((at for at, sign in enumerate(word.text) if sign.isalnum()), 0)
    end = next((at for at, sign in enumerate(word.text[::-1]) if sign.isalnum()), 0)
    said = "".join(_FROM_ARPABET.get(sound, sound.lower()) for sound in word.sounds.split())
    return f"{word.text[:core]}[[{said}]]{word.text[len(word.text) - end :]}"


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


def starts_of(texts: list[str], events: list[tuple[int, int]]) -> list[int | None]:
    """When each word of a sentence begins, in milliseconds, from the engine's word events.

    Merged pairs ("on the") have one event and numbers several: an event counts for the word
    that its character is in, and the first one for a word wins.
    """
    owner: list[int] = []
    for place, text in enumerate(texts):
        owner += [place] * (len(text) + 1)
    starts: list[int | None] = [None] * len(texts)
    for character, milliseconds in events:
        if 1 <= character <= len(owner):
            place = owner[character - 1]
            if starts[place] is None:
                starts[place] = milliseconds
    return starts


_engine = lru_cache(maxsize=1)(Engine)


def _speak(job: dict[str, Any]) -> dict[str, Any]:
    engine = _engine()
    engine.choose(job["voice"], round(_OWN_WORDS_PER_MINUTE * job["speed"]))
    return perform_script(job, engine.rate, engine.say)


if __name__ == "__main__":
    sys.exit(answer_jobs(_speak))

"""Word times for sound without any: each paragraph is aligned by pocketsphinx.

English only, since its model and dictionary are. Words that its dictionary lacks are spelt
out from their letters, roughly, so that they take their share of the sound. A reading with
much in it that is not in the text aligns to nonsense, with words of implausible lengths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pocketsphinx import Decoder

from .encoding import Samples, spread
from .speech_text.number_words import cardinal
from .speech_text.pronouncing import sounds_of
from .speech_text.said import SpokenWord
from .spoken import SpeechProblem

RATE = 16_000
_PART = re.compile(r"[a-z]+(?:'[a-z]+)*")
_SOUNDS = {
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH",
    "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R",
    "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "Y", "z": "Z",
}  # fmt: skip
_LONGEST_WORD_MS = 4_000


@dataclass(frozen=True)
class Aligned:
    """When each word begins, in milliseconds from the start of the sound."""

    starts_ms: list[int]
    implausible: int
    """How many words are far longer or shorter than anybody says them."""


class Aligner:
    """Aligns one paragraph after another; not for several threads at once."""

    def __init__(self) -> None:
        # Wide beams: with its own narrow ones the search loses itself in unusual voices.
        beams = {"beam": 1e-200, "wbeam": 1e-200, "pbeam": 1e-200}
        self._decoder: Any = Decoder(
            samprate=float(RATE), loglevel="FATAL", lm=None, bestpath=False, **beams
        )
        self._added: set[str] = set()

    def align(self, samples: Samples, rate: int, words: Sequence[SpokenWord]) -> Aligned:
        """``samples`` (mono) hold exactly ``words``. Raises ``SpeechProblem`` where they do not."""
        sound = dithered(at_rate(samples, rate))
        length = len(sound) * 1000 // RATE
        spoken: list[str] = []
        owners: list[int] = []
        for place, word in enumerate(words):
            for part in self._parts(word):
                spoken.append(part)
                owners.append(place)
        if not spoken:
            return Aligned([0] * len(words), 0)
        segments = self._segments(sound, " ".join(spoken))
        if len(segments) != len(spoken):
            raise SpeechProblem("the sound does not fit the text")
        starts: list[int | None] = [None] * len(words)
        for owner, (begin, _) in zip(owners, segments, strict=True):
            if starts[owner] is None:
                starts[owner] = begin
        odd = sum(not 20 <= end - begin <= _LONGEST_WORD_MS for begin, end in segments)
        return Aligned(spread(starts, [len(word.text) for word in words], length), odd)

    def _segments(self, sound: Samples, text: str) -> list[tuple[int, int]]:
        decoder = self._decoder
        try:
            decoder.set_align_text(text)
            decoder.start_utt()
            decoder.process_raw(sound.tobytes(), full_utt=True)
            decoder.end_utt()
            segments = list(decoder.seg() or ())
        except (RuntimeError, ValueError):
            raise SpeechProblem("the sound does not fit the text") from None
        frame = 1000 // decoder.config["frate"]
        return [
            (segment.start_frame * frame, (segment.end_frame + 1) * frame)
            for segment in segments
            if not segment.word.startswith(("<", "[", "(", "+"))
        ]

    def _parts(self, word: SpokenWord) -> list[str]:
        """The words of the decoder's dictionary that a spoken word is, made known to it."""
        if word.sounds:
            part = "sounds-" + word.sounds.replace(" ", "-").lower()
            self._know(part, word.sounds)
            return [part]
        parts = spoken_parts(word.text)
        for part in parts:
            self._know(part, letter_sounds(part))
        return parts

    def _know(self, part: str, sounds: str) -> None:
        if part not in self._added and self._decoder.lookup_word(part) is None:
            self._decoder.add_word(part, sounds, True)
        self._added.add(part)


def spoken_parts(word: str) -> list[str]:
    """What is said for a printed word: small English letters only; numbers in words."""
    letters = (c for c in unicodedata.normalize("NFKD", word) if unicodedata.category(c) != "Mn")
    plain = "".join(letters).replace("’", "'").lower()
    plain = re.sub(r"\d+", lambda match: f" {cardinal(match.group())} ", plain)
    return _PART.findall(plain.replace("&", " and ").replace("%", " percent "))


def letter_sounds(word: str) -> str:
    """About how a word sounds that no dictionary has: a sound for each of its letters."""
    return " ".join(_SOUNDS[letter] for letter in word if letter in _SOUNDS)


def sound_count(part: str) -> int:
    """How many sounds a spoken part has, about as many as letters where nobody knows it."""
    known = sounds_of(part)
    return len(known.split()) if known else len(part)


def dithered(sound: Samples) -> Samples:
    """With two least significant bits of noise: on digital silence the decoder loses itself."""
    noise = np.random.default_rng(0).integers(-2, 3, len(sound), dtype=np.int16)
    noisy: Samples = np.clip(sound, -32765, 32765) + noise
    return noisy


def at_rate(samples: Samples, rate: int) -> Samples:
    """The sound at 16,000 samples a second: enough for finding words in it."""
    if rate == RATE or not len(samples):
        return samples
    count = len(samples) * RATE // rate
    if rate > RATE:
        # A short moving average keeps what lies above the new range from folding into it.
        width = max(1, round(rate / RATE))
        kernel = np.ones(width) / width
        smooth = np.convolve(samples.astype(np.float64), kernel, mode="same")
    else:
        smooth = samples.astype(np.float64)
    places = np.arange(count) * (rate / RATE)
    resampled: Samples = np.interp(places, np.arange(len(smooth)), smooth).astype(np.int16)
    return resampled

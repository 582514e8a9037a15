"""Word times for sound without any: each paragraph is aligned by pocketsphinx.

English only, since its model and dictionary are. Words that its dictionary lacks are spelt
out from their letters, roughly, so that they take their share of the sound. A reading with
much in it that is not in the text aligns to nonsense, with words of implausible lengths.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
from pocketsphinx import Decoder

from .encoding import Samples, spread
from .spoken import SpeechProblem

RATE = 16_000
_PART = re.compile(r"[a-z]+(?:'[a-z]+)*")
_SOUNDS = {
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH",
    "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R",
    "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "Y", "z": "Z",
}  # fmt: skip
_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS = [
    *("zero", "ten", "twenty", "thirty", "forty"),
    *("fifty", "sixty", "seventy", "eighty", "ninety"),
]
_TEENS = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
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

    def align(self, samples: Samples, rate: int, words: list[str]) -> Aligned:
        """``samples`` (mono) hold exactly ``words``. Raises ``SpeechProblem`` where they do not."""
        sound = at_rate(samples, rate)
        length = len(sound) * 1000 // RATE
        spoken: list[str] = []
        owners: list[int] = []
        for place, word in enumerate(words):
            for part in spoken_parts(word):
                self._know(part)
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
        return Aligned(spread(starts, [len(word) for word in words], length), odd)

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

    def _know(self, part: str) -> None:
        if part in self._added or self._decoder.lookup_word(part) is not None:
            return
        self._decoder.add_word(part, letter_sounds(part), True)
        self._added.add(part)


def spoken_parts(word: str) -> list[str]:
    """What is said for a printed word: small English letters only; numbers in words."""
    letters = (c for c in unicodedata.normalize("NFKD", word) if unicodedata.category(c) != "Mn")
    plain = "".join(letters).replace("’", "'").lower()
    plain = re.sub(r"\d+", lambda match: f" {in_words(match.group())} ", plain)
    return _PART.findall(plain.replace("&", " and ").replace("%", " percent "))


def letter_sounds(word: str) -> str:
    """About how a word sounds that no dictionary has: a sound for each of its letters."""
    return " ".join(_SOUNDS[letter] for letter in word if letter in _SOUNDS)


def in_words(number: str) -> str:
    """A whole number as it is said; long ones digit by digit."""
    value = int(number)
    if len(number) > 6 or (number.startswith("0") and len(number) > 1):
        return " ".join(_DIGITS[int(digit)] for digit in number)
    if value >= 1000:
        rest = f" {in_words(str(value % 1000))}" if value % 1000 else ""
        return f"{in_words(str(value // 1000))} thousand{rest}"
    if value >= 100:
        rest = f" {in_words(str(value % 100))}" if value % 100 else ""
        return f"{_DIGITS[value // 100]} hundred{rest}"
    if value >= 20:
        return _TENS[value // 10] + (f" {_DIGITS[value % 10]}" if value % 10 else "")
    return _TEENS[value - 10] if value >= 10 else _DIGITS[value]


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

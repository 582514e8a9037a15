"""The CMU pronouncing dictionary that pocketsphinx carries, and the names of the letters.

Sounds are written in ARPAbet, as the dictionary has them: "HH AH M F".
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pocketsphinx

LETTER_NAMES = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY",
    "h": "EY CH", "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N",
    "o": "OW", "p": "P IY", "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW",
    "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S", "y": "W AY", "z": "Z IY",
}  # fmt: skip


@cache
def _dictionary() -> dict[str, str]:
    path = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    sounds: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, _, said = line.strip().partition(" ")
            if "(" not in word:
                sounds[word] = said
    return sounds


def sounds_of(word: str) -> str | None:
    """How a word is said, given in small letters; None where the dictionary lacks it."""
    return _dictionary().get(word)


def letter_names(letters: str) -> str:
    return " ".join(LETTER_NAMES[letter] for letter in letters.lower() if letter in LETTER_NAMES)


def is_spelled(word: str) -> bool:
    """Whether the dictionary says a word by the names of its letters: "tv", "usa". It has slips
    ("sos"), so as many syllables as letters count, too: no word has them."""
    sounds = sounds_of(word)
    if sounds is None or len(word) < 2:
        return False
    syllables = sum(sound[0] in "AEIOU" for sound in sounds.split())
    return sounds == letter_names(word) or (len(word) > 2 and syllables >= len(word))


def is_pronounced_word(word: str) -> bool:
    """Whether the dictionary says it as a word, not letter by letter. Given in small letters."""
    return sounds_of(word) is not None and not is_spelled(word)

"""How hard a text is to read, as a school grade.

Flesch-Kincaid grade level: 0.39 * words per sentence + 11.8 * syllables per word - 15.59
(Kincaid, Fishburne, Rogers & Chissom, "Derivation of new readability formulas for Navy
enlisted personnel", 1975). Syllables come from the CMU pronouncing dictionary that
pocketsphinx carries (a vowel sound each), and by letters for words that it lacks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pocketsphinx

from .text import Paragraphs

HIGHEST = 12
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SAMPLE_WORDS = 60_000


@lru_cache(maxsize=1)
def _spoken_syllables() -> dict[str, int]:
    path = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    syllables: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, *sounds = line.split()
            if "(" not in word:
                syllables[word] = sum(sound[0] in "AEIOU" for sound in sounds)
    return syllables


def is_known_word(word: str) -> bool:
    """Whether the pronouncing dictionary has an English word, in small letters."""
    return word in _spoken_syllables()


def syllable_count(word: str) -> int:
    """Syllables of a word as printed; at least one where it holds a letter, else none."""
    total = 0
    for part in _LETTERS.findall(word.lower().replace("’", "'")):
        known = _spoken_syllables().get(part)
        total += known or guessed_syllables(part)
    return total


def guessed_syllables(word: str) -> int:
    """Syllables of an English word in small letters, by its letters alone; at least one."""
    groups = len(_VOWELS.findall(word))
    if word.endswith(("e", "es", "ed")) and not word.endswith(("le", "les", "ted", "ded")):
        groups -= 1
    return max(1, groups)


def reading_level(chapters: list[Paragraphs]) -> int:
    """The grade of the text (its first 60,000 words), from 0 for kindergarten to 12."""
    sentences = words = syllables = 0
    lists = (
        sentence for paragraphs in chapters for sentences_ in paragraphs for sentence in sentences_
    )
    for sentence in islice(lists, _SAMPLE_WORDS):
        counts = [syllable_count(word) for word in sentence]
        sentences += 1
        words += sum(count > 0 for count in counts)
        syllables += sum(counts)
        if words > _SAMPLE_WORDS:
            break
    if words == 0:
        return 0
    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
    return min(HIGHEST, max(0, round(grade)))

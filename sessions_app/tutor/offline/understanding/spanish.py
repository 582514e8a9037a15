"""Questions in Spanish, asked in English: whole by patterns, else word by word."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from ..data import data_rows

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_ASKS = re.compile(
    r"(?:(?:a|de|con|en|para) )?(?:que|quien(?:es)?|donde|adonde|cuando|como|cuant[oa]s?|"
    r"cual(?:es)?|por ?que)\b"
)
_MOST_TOGETHER = 4  # words of the longest phrase in the list


def from_spanish(words: str) -> str | None:
    """A question in easy Spanish as it is asked in English; None where it is no such question.

    Word by word the order stays the Spanish one, which finds the passage all the same.
    """
    bare = words.strip(" ¿¡?!.,")
    for pattern, english in _patterns():
        found = pattern.fullmatch(bare)
        if found is not None:
            return found.expand(english)
    plain = _without_accents(bare)
    return _word_by_word(_WORD.findall(plain)) if _ASKS.match(plain) else None


def _word_by_word(words: list[str]) -> str:
    english: list[str] = []
    place = 0
    while place < len(words):
        for length in range(_MOST_TOGETHER, 0, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in _words() or length == 1:
                english.append(_words().get(phrase, phrase))
                place += length
                break
    return " ".join(english)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(spanish), english) for spanish, english in data_rows("spanish.txt"))


@cache
def _words() -> Mapping[str, str]:
    return {
        spanish: english
        for written, english in data_rows("spanish_words.txt")
        for spanish in written.split(", ")
    }

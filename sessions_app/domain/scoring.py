"""How an answer to a checkpoint is scored. Pure.

With choices the answer is one of them. A written answer is looked through for ideas: each
idea that it names, in any of its accepted wordings, counts equally. A slip in the spelling of a
longer word is no mistake in reading; an idea that the answer denies ("no crack") is not named. A
prediction has no wrong answer, only an empty one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from library.language.lemmas import word_set
from library.language.spelling import slips

PASS: Final = 0.5
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NOT: Final = word_set(
    "not no never without dont doesnt didnt isnt wasnt arent werent cant cannot couldnt wont"
    " wouldnt hasnt havent hadnt"
)
_YES_OR_NO: Final = re.compile(r"^\s*(?:no|yes)\s*[,.!]", re.IGNORECASE)
#: How many words back an idea may be denied: "did not really eat".
_DENIED_WITHIN: Final = 2
_ONE_SLIP_FROM, _TWO_SLIPS_FROM, _LEFT_OUT_FROM = 6, 10, 5
_ENDINGS: Final = ("ing", "edly", "ed", "es", "ly", "s", "e", "d")


@dataclass(frozen=True)
class Marked:
    """``score`` from 0 to 1; ``correct`` from half of the ideas on."""

    correct: bool
    score: float


def mark(
    answer: str, *, choices: Sequence[str], right: str, ideas: Sequence[Sequence[str]]
) -> Marked:
    if choices:
        hit = _plain(answer) == _plain(right)
        return Marked(hit, 1.0 if hit else 0.0)
    words = _words(_YES_OR_NO.sub("", answer))
    if not words:
        return Marked(correct=False, score=0.0)
    if not ideas:
        return Marked(correct=True, score=1.0)
    named = sum(any(_names(words, _words(wording)) for wording in idea) for idea in ideas)
    score = round(named / len(ideas), 2)
    return Marked(score >= PASS, score)


def is_choice(answer: str, choices: Sequence[str]) -> bool:
    """Whether an answer is one of the choices, however it is spaced and capitalised."""
    return any(_plain(answer) == _plain(choice) for choice in choices)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(_WORD.findall(folded))


def _words(text: str) -> list[str]:
    """The words of an answer, without apostrophes: many children write "dont"."""
    return [word.removesuffix("'s").replace("'", "") for word in _plain(text).split()]


def _stem(word: str) -> str:
    """Ends cut off roughly: enough to see that "jumped" and "jumps" are one idea."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending).rstrip("i") or word
    return word


def _names(words: list[str], wanted: list[str]) -> bool:
    """Whether the words have the wanted ones in them, next to each other and not denied."""
    width = len(wanted)
    denies_itself = not _NOT.isdisjoint(wanted)
    for at in range(len(words) - width + 1):
        if all(map(_is_meant, words[at : at + width], wanted)):
            before = words[max(0, at - _DENIED_WITHIN) : at]
            if denies_itself or _NOT.isdisjoint(before):
                return True
    return False


def _is_meant(word: str, wanted: str) -> bool:
    """Whether a child who wrote ``word`` meant ``wanted``."""
    if _stem(word) == _stem(wanted):
        return True
    if word[:1] != wanted[:1] or word in _NOT or wanted in _NOT:
        return False
    if len(wanted) >= _ONE_SLIP_FROM:
        most = 2 if len(wanted) >= _TWO_SLIPS_FROM else 1
        return slips(word, wanted, most) <= most
    # In a short word a changed letter makes another word ("bread", "break"); one that is left
    # out or swapped does not.
    same_letters = sorted(word) == sorted(wanted)
    may_slip = len(wanted) >= _LEFT_OUT_FROM and (len(word) < len(wanted) or same_letters)
    return may_slip and slips(word, wanted, 1) <= 1

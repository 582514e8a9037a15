"""How an answer to a checkpoint is scored. Pure.

With choices the answer is one of them. A written answer is looked through for ideas: each
idea that it names, in any of its accepted wordings, counts equally. A prediction has no
wrong answer, only an empty one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PASS: Final = 0.5
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
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
    stems = _stems(answer)
    if not stems:
        return Marked(correct=False, score=0.0)
    if not ideas:
        return Marked(correct=True, score=1.0)
    named = sum(any(_names(stems, wording) for wording in idea) for idea in ideas)
    score = round(named / len(ideas), 2)
    return Marked(score >= PASS, score)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(_WORD.findall(folded))


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _plain(text).split()]


def _stem(word: str) -> str:
    """Ends cut off roughly: enough to see that "jumped" and "jumps" are one idea."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending).rstrip("i") or word
    return word


def _names(stems: list[str], wording: str) -> bool:
    wanted = _stems(wording)
    width = len(wanted)
    return any(stems[at : at + width] == wanted for at in range(len(stems) - width + 1))

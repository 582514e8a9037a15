"""Whether a sentence is too hard for a child.

The grade is Flesch and Kincaid's (see `library.language.reading_level`), with syllables by letters:
it is looked at for every sentence while it streams. One sentence alone scatters widely, so
only what is far beyond the child's grade counts.
"""

import re

from library.language.reading_level import guessed_syllables

from ..types import Question
from .languages import likeliest_language

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Grades that one sentence may lie above the child's.
_MARGIN = 7.0
_FEWEST_WORDS = 8
#: Other languages take more syllables; a text without little words is taken for English.
_ENGLISH = frozenset({"en", ""})


def longest_sentence(grade: int) -> int:
    """Words that a sentence for a child of this grade has at most."""
    return 24 if grade <= 1 else 32 if grade <= 3 else 45


def is_too_hard(sentence: str, question: Question) -> bool:
    """Whether a sentence is far beyond the child's grade, or simply far too long."""
    words = _WORD.findall(sentence.lower())
    if len(words) > longest_sentence(question.reading_level):
        return True
    if len(words) < _FEWEST_WORDS or likeliest_language(words) not in _ENGLISH:
        return False
    grade = 0.39 * len(words) + 11.8 * sum(map(guessed_syllables, words)) / len(words) - 15.59
    return grade > max(1, question.reading_level) + _MARGIN

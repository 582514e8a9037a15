"""Whether an answer is in a language that neither the book is in nor the child wrote.

By letters of another script, and by the little words of the languages that a classroom meets: a
text is in the one that more of its words are of.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from ..types import Question
from .data import list_rows

_WORD = re.compile(r"[^\W\d_]+")
#: Little words that show a language, and how many more there must be than of an allowed one.
_FEWEST, _LEAD = 4, 2


def is_other_language(text: str, question: Question) -> bool:
    """Whether `text` is clearly in none of the languages that may be answered in."""
    words = _WORD.findall(text.lower())
    may = f"{question.sentence} {question.text} {question.book_title}"
    if _scripts(words) - _scripts(_WORD.findall(may)) - {"LATIN"}:
        return True
    asked, _ = _language(_WORD.findall(question.text.lower()))
    allowed = {question.language[:2].lower(), asked, "en"}
    language, counts = _language(words)
    if not language or language in allowed or counts[language] < _FEWEST:
        return False
    return counts[language] >= _LEAD + max(counts[one] for one in allowed)


def likeliest_language(words: list[str]) -> str:
    """The language that most of the little words in small letters are of, "" for none."""
    return _language(words)[0]


def _language(words: list[str]) -> tuple[str, Counter[str]]:
    """The language that most of the words are of, "" for none."""
    counts = Counter(code for word in words for code in _little_words().get(word, ()))
    ((best, number),) = counts.most_common(1) or [("", 0)]
    return (best if number > 0 else ""), counts


def _scripts(words: list[str]) -> set[str]:
    """The scripts of most of the letters: "LATIN", "CYRILLIC", "CJK" and so on."""
    counts = Counter(unicodedata.name(word[0], "").split(" ")[0] for word in words)
    return {script for script, number in counts.items() if number * 3 >= len(words)}


@cache
def _little_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, *words in list_rows("little_words.txt"):
        for word in words:
            found[word] = (*found.get(word, ()), code)
    return found

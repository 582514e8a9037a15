"""Names that are also little words of a question: "how old is Will?", "what did May say?".

They are marked while a question is understood, so that no rule takes them for the other word.
"""

import re
from collections.abc import Iterable

from library.language.lemmas import word_set
from library.language.wording import LITTLE_WORDS

from .intent import Intent
from .questions import understand

_MARK = "\u02b9"  # a letter to every pattern, and in no word that a child writes
#: After these a name stands rather than a verb; and before these, where it comes first.
_BEFORE = "|".join(rf"(?<=\b{word} )" for word in sorted(word_set(
    "is are was were did does do has have had about of to for with from by than like and named"
    " called at behind near beside"
)))  # fmt: skip
_AFTER = r"'s\b| (?:is|was|did|does|has|had|and)\b"
_ASKS = r" (?:he|she|it|they|we|you|i|the|this|that|there)\b"


def with_marks(words: str, names: Iterable[str], written: str = "") -> str:
    """`words` (small letters) with a mark at each name that is a little word, where it is used as
    a name: by its capital inside the question as `written`, or by the words around it."""
    for name in names:
        low = name.lower()
        if low not in LITTLE_WORDS or not low.isalpha():
            continue
        if re.search(rf"(?<=[\w,] ){re.escape(name)}\b", written):
            words = re.sub(rf"\b{low}\b(?!.*\b{low}\b)", low + _MARK, words)  # "will Will"
        else:
            words = re.sub(
                rf"(?:{_BEFORE}){low}\b(?!{_ASKS})|^{low}(?={_AFTER})", low + _MARK, words
            )
    return words


def unmarked(words: str) -> str:
    return words.replace(_MARK, "")


def understood(words: str, names: Iterable[str], written: str = "") -> Intent:
    """`understand`, with the book's names kept apart from the little words."""
    if not any(name.lower() in LITTLE_WORDS for name in names):
        return understand(words)
    intent = understand(with_marks(words.lower(), names, written))
    return Intent(intent.topic, unmarked(intent.subject))

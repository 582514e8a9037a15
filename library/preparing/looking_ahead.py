"""Whether an entry tells what its place does not know yet: a later name or a later wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..language.lemmas import plain
from ..language.prepared import PreparedEntry

#: A run of so many words that stands only further on was taken from there.
RUN = 6
_CAPITALIZED = re.compile(r"\b[^\W\d_a-z][\w’'-]*")
_OPENING = ("“", "‘", '"')
_I = frozenset({"i", "i'm", "i'll", "i've", "i'd"})
_SENTENCE_ENDS = (".", "!", "?", "”", ":", "…")


class LookingAhead:
    """A book's words, and where each name and each run of words first stands."""

    def __init__(self, words: Sequence[str]) -> None:
        self._plain = [plain(word) for word in words]
        self._first_run: dict[tuple[str, ...], int] = {}
        for place in range(len(words) - RUN + 1):
            self._first_run.setdefault(tuple(self._plain[place : place + RUN]), place + RUN - 1)
        self._first_name = dict(_names(words, self._plain))

    @property
    def names(self) -> frozenset[str]:
        """The words that the book always writes with a capital, in small letters."""
        return frozenset(self._first_name)

    def problems(self, entry: PreparedEntry) -> list[str]:
        """What in the entry stands in the book after ``entry.from_word`` only."""
        if not entry.first <= entry.last <= entry.from_word < len(self._plain):
            return [f"may be told from word {entry.from_word}, before it is read"]
        text = " ".join((entry.text, entry.subject, *entry.questions))
        words = [plain(word) for word in text.replace("—", " ").split()]
        named = (plain(word) for word in _CAPITALIZED.findall(text))
        found = [
            f"names {word} too early"
            for word in dict.fromkeys(named)
            if self._first_name.get(word, -1) > entry.from_word
        ]
        runs = [tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)]
        found += [
            f"quotes “{' '.join(run)}” too early"
            for run in runs
            if self._first_run.get(run, -1) > entry.from_word
        ]
        return found


def _names(words: Sequence[str], plain_words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each word that the book writes with a capital inside a sentence and never with a small
    letter, and where it first stands."""
    small: set[str] = set()
    inside: set[str] = set()
    first: dict[str, int] = {}
    before = ""
    for place, (word, bare) in enumerate(zip(words, plain_words, strict=True)):
        first.setdefault(bare, place)
        letter = next((each for each in word if each.isalpha()), "")
        begins = not before or before.endswith(_SENTENCE_ENDS) or word.startswith(_OPENING)
        if letter.islower():
            small.add(bare)
        elif letter and not begins:
            inside.add(bare)
        before = word
    for name in inside - small - _I:
        yield name, first[name]

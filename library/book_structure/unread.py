"""What of a book stands only behind a place in it: runs of its words, and names.

A run is eight words in a row, by their letters alone. For a whole book the hashes of its runs are
kept, sorted, each with the word at which its earliest occurrence ends: 12 bytes a word.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from ..language.runs import RUN, Hashes, run_hashes, tokens
from .structure import BookStructure

#: Words of all books whose runs are kept; the one used last always is.
_MOST_WORDS: Final = 4_000_000
#: More capital letters inside sentences than this, and they do not mark names (as in German).
_MOST_CAPITALS: Final = 0.2
_NAME = re.compile(r"[^\W\d_]{2,}")
_ENDS_SENTENCE = re.compile(r"[.!?:…“\"‘(]\W*$")


@dataclass(frozen=True, slots=True)
class _Places:
    runs: Hashes
    ends: npt.NDArray[np.uint32]
    names: dict[str, int]
    words: int


class UnreadBook:
    """A book behind ``visible``, its last word that may be told of. ``prepare`` takes 50 ms for
    100,000 words where the book was not asked about lately; call it in a thread."""

    def __init__(self, book: BookStructure, visible: int) -> None:
        self._book = book
        self._visible = visible
        self._places: _Places | None = None

    def prepare(self) -> None:
        """Have the runs and names at hand. Any thread may do it."""
        self._places = _cache.get(self._book)

    def holds_run(self, text: str) -> bool:
        """Whether eight words of ``text`` in a row stand in the book only behind the place."""
        runs = run_hashes(tokens(text))
        places = self._at_hand()
        if not len(runs) or not len(places.runs):
            return False
        at = np.searchsorted(places.runs, runs)
        at[at == len(places.runs)] = 0
        ahead = (places.runs[at] == runs) & (places.ends[at] > self._visible)
        return bool(ahead.any())

    def names_in(self, text: str) -> list[str]:
        """The names in ``text`` that the book has only behind the place, in small letters."""
        names = self._at_hand().names
        written = (name.casefold() for name in _NAME.findall(text) if name[0].isupper())
        return [name for name in written if names.get(name, -1) > self._visible]

    def _at_hand(self) -> _Places:
        if self._places is None:
            self.prepare()
        assert self._places is not None
        return self._places


class _Cache:
    """The books asked about last, by their text's hash."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Places] = OrderedDict()

    def get(self, book: BookStructure) -> _Places:
        with self._lock:
            places = self._kept.get(book.content_hash)
            if places is None:
                places = self._kept[book.content_hash] = _places(book)
            self._kept.move_to_end(book.content_hash)
            while len(self._kept) > 1 and self._words() > _MOST_WORDS:
                self._kept.popitem(last=False)
            return places

    def _words(self) -> int:
        return sum(places.words for places in self._kept.values())


_cache: Final = _Cache()


def _places(book: BookStructure) -> _Places:
    written: list[str] = []
    at: list[int] = []
    for index, word in _words(book):
        parts = tokens(word)
        written += parts
        at += [index] * len(parts)
    runs = run_hashes(written)
    ends = np.asarray(at[RUN - 1 :], dtype=np.uint32)
    # The first of equal hashes is that of the earliest occurrence.
    unique, first = np.unique(runs, return_index=True)
    return _Places(unique, ends[first], _names(book), book.word_count)


def _words(book: BookStructure) -> Iterator[tuple[int, str]]:
    for _, _, first, count in book.contents:
        yield from enumerate(book.words_between(first, first + count - 1), first)


@dataclass(slots=True)
class _Spellings:
    """How a book writes its words: where each first has a capital, how often so (twice for one
    inside a sentence), which are written small, and how many stand inside sentences."""

    capital: dict[str, int] = field(default_factory=dict)
    often: Counter[str] = field(default_factory=Counter)
    small: set[str] = field(default_factory=set)
    inside: int = 0

    def note(self, index: int, word: str, before: str) -> None:
        found = _NAME.search(word)
        if found is None:
            return
        name = found.group().casefold()
        starts = _ENDS_SENTENCE.search(before) is not None or word[0] in '“"‘('
        self.inside += not starts
        if found.group()[0].isupper():
            self.capital.setdefault(name, index)
            self.often[name] += 1 if starts else 2
        else:
            self.small.add(name)


def _names(book: BookStructure) -> dict[str, int]:
    """Words that the book writes with a capital inside sentences, more than once, and never
    small, and what its people are called, with where each first stands."""
    written, before = _Spellings(), "."
    for index, word in _words(book):
        written.note(index, word, before)
        before = word
    often, small = written.often, written.small
    # Once at a sentence's beginning tells nothing; once inside one and once more does.
    names = {
        name: at for name, at in written.capital.items() if often[name] > 2 and name not in small
    }
    if sum(often[name] // 2 for name in names) > _MOST_CAPITALS * max(1, written.inside):
        names = {}
    people = [note for note in book.notes if note.is_person]
    for note in people:
        for part in _NAME.findall(note.headword):
            if part[0].isupper() and part.casefold() not in small:
                names.setdefault(part.casefold(), note.first_word_index)
    return names

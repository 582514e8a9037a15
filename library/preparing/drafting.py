"""Drafts that can be had safely without a model: what the book itself says, and a dictionary's
sense of its rare words. English only. A grown-up approves each of them before it is served."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..language.dictionary import WordDictionary
from ..language.lemmas import plain, stem
from ..language.prepared import PreparedEntry
from ..language.story_words import story_words
from ..language.text import join_words
from ..language.wording import LITTLE_WORDS
from .looking_ahead import LookingAhead
from .places import BookPlaces

#: One hard word in so many words, which a teacher goes through in five minutes a story.
WORDS_PER_SENSE = 60
_LEAST_LETTERS = 6
_MOST_OFTEN = 3
_DEFINING = 3
_LONGEST_QUOTED = 40
_BECAUSE = re.compile(r"^(?P<what>[^“”\"]{8,}?),? because (?!of )[^“”\"]+$")
_SO = re.compile(r"^[^“”\"]{8,}, so (?P<what>(?!that )[^“”\"]+)$")
_APPOSITION = r"\b{name}, (?:the|an?|his|her|their) "


def draft_by_rule(
    places: BookPlaces, dictionary: WordDictionary, names: frozenset[str]
) -> list[PreparedEntry]:
    """Senses, causes, people and quoted recaps; ``names`` are the book's capitalised words."""
    book = _Sentences(places)
    entries = [
        *_senses(book, dictionary, names),
        *_causes(book, names),
        *_people(book, names),
        *_recaps(book, names),
    ]
    ahead = LookingAhead(places.words)
    return [entry for entry in entries if not ahead.problems(entry)]


@cache
def _defining_words() -> frozenset[str]:
    """The stems of the words that our own definitions and examples are written in: a child who
    needs a word explained knows these."""
    used = Counter(
        stem(word)
        for entry in story_words().values()
        for sense in entry.senses
        for word in map(plain, " ".join((sense.definition, *sense.examples)).split())
    )
    return frozenset(word for word, times in used.items() if times >= _DEFINING)


class _Sentences:
    def __init__(self, places: BookPlaces) -> None:
        self.spans = places.sentences
        self.words = places.words
        self.texts = [join_words(places.words[first : last + 1]) for first, last in self.spans]
        self.chapters = [*places.chapter_starts, len(places.words)]

    def __iter__(self) -> Iterator[tuple[int, int, str]]:
        for (first, last), text in zip(self.spans, self.texts, strict=True):
            yield first, last, text


def _senses(
    book: _Sentences, dictionary: WordDictionary, names: frozenset[str]
) -> list[PreparedEntry]:
    often = Counter(plain(word) for word in book.words)
    found: dict[str, PreparedEntry] = {}
    for first, last, text in book:
        for place in range(first, last + 1):
            word = plain(book.words[place])
            if not _is_rare(word, often, names) or word in found:
                continue
            entry = dictionary.look_up(word, text)
            if entry is not None and not entry.senses[0].hard and entry.word not in found:
                meaning = entry.senses[0].definition
                found[entry.word] = PreparedEntry("sense", place, place, last, meaning, word)
    rarest = sorted(found.values(), key=lambda entry: (often[entry.subject], -len(entry.subject)))
    return rarest[: len(book.words) // WORDS_PER_SENSE + 1]


def _is_rare(word: str, often: Counter[str], names: frozenset[str]) -> bool:
    if len(word) < _LEAST_LETTERS or not word.isalpha() or word in LITTLE_WORDS:
        return False
    if word in names or stem(word) in _defining_words():
        return False
    return often[word] <= _MOST_OFTEN


def _causes(book: _Sentences, names: frozenset[str]) -> Iterator[PreparedEntry]:
    for first, last, text in book:
        if last - first >= _LONGEST_QUOTED:
            continue
        found = _BECAUSE.match(text) or _SO.match(text)
        if found is not None:
            what = found["what"].strip(" .!?")
            named = plain(what.split(maxsplit=1)[0]) in names
            question = f"why {what if named else what[:1].lower() + what[1:]}?"
            yield PreparedEntry("cause", first, last, last, text, "", (question,))


def _people(book: _Sentences, names: frozenset[str]) -> Iterator[PreparedEntry]:
    """Whom the book itself introduces: "Bram, the miller, …"."""
    told: set[str] = set()
    for first, last, text in book:
        if last - first >= _LONGEST_QUOTED:
            continue
        for word in text.split():
            name = word.strip("“”‘’\"',.;:!?—()").removesuffix("’s")
            if name.lower() not in names or name in told:
                continue
            if re.search(_APPOSITION.format(name=re.escape(name)), text):
                told.add(name)
                yield PreparedEntry("person", first, last, last, text, name)


def _recaps(book: _Sentences, names: frozenset[str]) -> Iterator[PreparedEntry]:
    """Of each half chapter the two sentences that say most of it; of a chapter all four."""
    often = Counter(word for word in map(plain, book.words) if word not in LITTLE_WORDS)
    for start, end in zip(book.chapters, book.chapters[1:], strict=False):
        spans = [each for each in book if start <= each[0] < end and each[1] - each[0] >= 5]
        halves = spans[: len(spans) // 2], spans[len(spans) // 2 :]
        told: list[str] = []
        for half in halves:
            chosen = sorted(half, key=lambda each: _weight(each[2], often, names))[-2:]
            told += (text for _, _, text in sorted(chosen))
            if half is halves[0] and half:
                first, last, _ = half[-1]
                yield PreparedEntry("part", first, last, last, " ".join(told))
        last_first = max(first for first, last in book.spans if first < end)
        if told:
            yield PreparedEntry("chapter", last_first, end - 1, end - 1, " ".join(told))


def _weight(text: str, often: Counter[str], names: frozenset[str]) -> float:
    """How much of the book's own words a sentence has, names twice, speech less."""
    words = [word for word in map(plain, text.split()) if word in often]
    if not words or len(words) > _LONGEST_QUOTED:
        return 0.0
    total = sum(often[word] * (2 if word in names else 1) for word in words)
    speech = 0.4 if "“" in text or '"' in text else 1.0
    return total / math.sqrt(len(words)) * speech

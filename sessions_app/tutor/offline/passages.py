"""Finding the sentences, among those already read, that answer a question best.

Ranking is Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over
word families, with a share for the neighbours of a sentence, since stories say "she" where a
question says "Dorothy", and a little more for what was read lately.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from library.language.lemmas import stem, word_set

from ..types import ChapterSoFar, Sentence

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_INNER_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"[a-z,;] $")  # before a word that does not begin a sentence
_STOP = word_set(
    "a an the and or but of to in on at by for with from as is are was were am be been being it its"
    " this that these those he she they we i you me him her them his their our your my mine hers us"
    " not no so if then than there here what when where who whom whose which why how do does did"
    " doing done has have had will would can could shall should may might must just very too also"
    " about into out up down over any some all get got go goes going went come came tell told say"
    " says said happen happened happens thing things story book chapter know mean means really"
    " many much like want make made let don't didn't doesn't isn't wasn't ever now again"
    " because one two"
)
_SAME = (
    "mother mom mum mama mommy mummy", "father dad daddy papa", "afraid scared frightened fear",
    "happy glad joyful", "sad unhappy", "angry mad cross", "big large huge enormous great",
    "small little tiny", "child kid", "laugh giggle", "cry weep sob", "pretty "
    "beautiful",
    "fast quick", "begin start", "shout yell scream", "friend pal", "grandma grandmother granny",
    "grandpa grandfather", "purpose job", "color colour", "gray grey", "hide hidden",
)  # fmt: skip
_COLOURS = word_set(
    "red blue green yellow black white brown gray grey pink purple orange golden silver"
)
_FAMILY = {stem(word): stem(group.split()[0]) for group in _SAME for word in group.split()}
_K1, _B = 1.2, 0.6
_MOST_SENTENCES = 4000
_NEAR_WORDS = 300.0


@lru_cache(maxsize=16384)
def _term(word: str) -> str:
    key = stem(word)
    return _FAMILY.get(key, key)


def terms(text: str) -> list[str]:
    """The word families of a text, in order, without the words that every text has."""
    words = [word.lower() for word in _WORD.findall(text.replace("’", "'"))]
    kinds = [_term("color")] if not _COLOURS.isdisjoint(words) else []
    return [_term(word) for word in words if word.removesuffix("'s") not in _STOP] + kinds


@dataclass(frozen=True, slots=True)
class _Read:
    """What ranking needs of a sentence: its terms, and which it writes with a capital."""

    counts: Counter[str]
    length: int
    capital: frozenset[str]
    small: frozenset[str]


@lru_cache(maxsize=8192)
def _read(text: str) -> _Read:
    """A sentence taken apart; kept, since a class asks about the same pages."""
    found = terms(text)
    capital: set[str] = set()
    small: set[str] = set()
    for word in _INNER_WORD.finditer(text.replace("’", "'")):
        if word[0].islower():
            small.add(_term(word[0]))
        elif _INSIDE.search(text[max(0, word.start() - 2) : word.start()]):
            capital.add(_term(word[0].lower()))
    return _Read(Counter(found), len(found), frozenset(capital), frozenset(small))


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence, its place in `Passages.sentences`, and the share of the question it covers.

    `leads` says that the sentence begins with a word of the question, as its subject does.
    """

    place: int
    sentence: Sentence
    score: float
    coverage: float
    leads: bool


class Passages:
    """The sentences read so far, ready for questions. None reaches beyond `visible`."""

    def __init__(self, chapters: Sequence[ChapterSoFar], *, visible: int) -> None:
        read = [
            (sentence, chapter.index)
            for chapter in chapters
            for sentence in chapter.sentences
            if sentence.first_word_index + sentence.word_count - 1 <= visible
        ][-_MOST_SENTENCES:]
        self.sentences: list[Sentence] = [sentence for sentence, _ in read]
        self._chapters = [index for _, index in read]
        self._visible = visible
        taken = [_read(sentence.text) for sentence in self.sentences]
        self._terms = [one.counts for one in taken]
        self._lengths = [one.length for one in taken]
        self._mean_length = sum(self._lengths) / max(1, len(self._lengths)) or 1.0
        self._seen_in = Counter(term for counts in self._terms for term in counts)
        capital = frozenset[str]().union(*(one.capital for one in taken))
        self._names = capital.difference(*(one.small for one in taken))

    def weight(self, term: str) -> float:
        """How telling a term is: rare ones more; one that was never read the most."""
        count, seen = len(self.sentences), self._seen_in.get(term, 0)
        rarity = math.log(1 + (count - seen + 0.5) / (seen + 0.5))
        return rarity * (0.6 if term in self._names else 1.0)  # who matters less than what

    def only_names(self, question: str) -> list[str]:
        """The terms of a question that has no other words than names, else nothing."""
        asked, names = list(dict.fromkeys(terms(question))), self.names_in(question)
        return names if names == asked else []

    def names_in(self, question: str) -> list[str]:
        """The terms of a question that are names."""
        return [term for term in dict.fromkeys(terms(question)) if term in self._names]

    def has(self, term: str) -> bool:
        """Whether the term was read at all."""
        return term in self._seen_in

    def vocabulary(self) -> Counter[str]:
        """Every word read so far, in lower case, with how often it was read."""
        return Counter(word.lower() for s in self.sentences for word in _INNER_WORD.findall(s.text))

    def with_term(self, term: str) -> list[int]:
        """Places of the sentences with a term, in reading order."""
        return [place for place, counts in enumerate(self._terms) if term in counts]

    def search(self, question: str, *, cues: re.Pattern[str] | None = None) -> list[Found]:
        """The best sentences first; empty when no telling word of the question was read.

        Sentences that match `cues` ("because" for a why) gain, where they match at all.
        """
        asked = list(dict.fromkeys(terms(question)))
        total = sum(self.weight(term) for term in asked)
        if not total or not any(self.has(term) for term in asked):
            return []
        own = [self._bm25(place, asked) for place in range(len(self.sentences))]
        found = []
        for place, points in enumerate(own):
            if not points:
                continue
            around = own[place - 1] if place else 0.0
            after = own[place + 1] if place + 1 < len(own) else 0.0
            score = (points + 0.3 * around + 0.15 * after) * self._boost(place, cues)
            if not self._names_near(place, asked):
                score *= 0.5
            coverage = self._covered(place, asked) / total
            score *= 0.3 + 0.7 * coverage
            leads = next(iter(terms(self.sentences[place].text)), "") in asked
            found.append(Found(place, self.sentences[place], score, coverage, leads))
        return sorted(found, key=lambda hit: -hit.score)

    def _bm25(self, place: int, asked: Iterable[str]) -> float:
        counts, length = self._terms[place], self._lengths[place]
        damped = _K1 * (1 - _B + _B * length / self._mean_length)
        return sum(
            self.weight(term) * counts[term] * (_K1 + 1) / (counts[term] + damped)
            for term in asked
            if term in counts
        )

    def _boost(self, place: int, cues: re.Pattern[str] | None) -> float:
        sentence = self.sentences[place]
        away = max(0, self._visible - sentence.first_word_index)
        boost = 1 + 0.3 * math.exp(-away / _NEAR_WORDS)
        if self._chapters[place] == self._chapters[-1]:
            boost *= 1.1
        if cues is not None and cues.search(sentence.text.lower()):
            boost *= 1.35
        if sentence.text.rstrip("”’\"' ").endswith("?"):
            boost *= 0.75  # a question in the story answers none
        return boost

    def _names_near(self, place: int, asked: Sequence[str]) -> bool:
        """Whether each name of the question stands in the sentence or close before it."""
        near = self._terms[max(0, place - 3) : place + 2]
        names = [term for term in asked if term in self._names]
        return all(any(name in counts for counts in near) for name in names)

    def _covered(self, place: int, asked: Sequence[str]) -> float:
        """Weights of what the sentence says, and part of what the one before or after says."""
        near = [self._terms[p] for p in (place - 1, place + 1) if 0 <= p < len(self._terms)]
        covered = 0.0
        for term in asked:
            if term in self._terms[place]:
                covered += self.weight(term)
            elif any(term in counts for counts in near):
                covered += 0.7 * self.weight(term)
        return covered

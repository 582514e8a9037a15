"""Finding the sentences, among those already read, that answer a question best.

Ranking is Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over
word families, with a share for the neighbours of a sentence, since stories say "she" where a
question says "Dorothy", and a little more for what was read lately.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from library.language.lemmas import stem, word_set
from library.language.wording import LITTLE_WORDS

from ...types import ChapterSoFar, Sentence

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_INNER_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"[a-z,;] $")  # before a word that does not begin a sentence
_STOP = LITTLE_WORDS | word_set(
    "off away back also some any all both each every other such only even still yet ever never"
    " anyway actually exactly thing things story book chapter really many much don't didn't doesn't"
    " isn't wasn't won't can't couldn't now one two know mean means happen happened happens upon"
    " through after before during since though although while whether sort kind"
    " else so-called get got gets give let's i'm"
)
#: Verbs that so many sentences have that they tell little; they count, but for less.
_LIGHT = {stem(word) for word in word_set(
    "go come tell say ask want like make take put look see feel think need have live do try begin"
    " start stop use seem become keep call find turn"
)}  # fmt: skip
_SAME = (
    "mother mom mum mama mommy mummy", "father dad daddy papa", "afraid scared frightened fear",
    "happy glad joyful", "sad unhappy", "angry mad cross", "big large huge enormous great",
    "small little tiny", "child kid", "laugh giggle", "cry weep sob", "pretty "
    "beautiful",
    "fast quick", "begin start", "shout yell scream", "friend pal", "grandma grandmother granny",
    "grandpa grandfather", "sing song", "live home dwell",
    "win winner",
    "speak talk",
    "kill dead die", "ill sick", "sleep asleep", "rich wealthy", "stone rock", "present gift",
    "trip journey", "car automobile", "bike bicycle", "shop store", "road street", "forest wood",
    "boat ship", "choose pick", "fix mend repair", "throw toss", "wear dress",
    "purpose job", "color colour", "gray grey", "hide hidden",
    "put lay lays laid place", "take steal", "begin beginning",
)  # fmt: skip
_COLOURS = word_set(
    "red blue green yellow black white brown gray grey pink purple orange golden silver"
)
_FAMILY = {stem(word): stem(group.split()[0]) for group in _SAME for word in group.split()}
_K1, _B = 1.2, 0.6
_SEEN_IF_UNREAD = 4
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


def is_light(term: str) -> bool:
    """Whether a term is a verb that so many sentences have that it tells little."""
    return term in _LIGHT


def has_telling_word(text: str) -> bool:
    """Whether a question has a word by which its answer may be found."""
    return any(term not in _LIGHT for term in terms(text))


@dataclass(frozen=True, slots=True)
class _Read:
    """What ranking needs of a sentence: its terms, and which it writes with a capital."""

    counts: Counter[str]
    length: int
    capital: frozenset[str]
    small: frozenset[str]


@lru_cache(maxsize=32768)
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


@lru_cache(maxsize=32768)
def _small_letters(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _INNER_WORD.findall(text))


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
        """How telling a term is: rare ones more; one that was never read about as much as most."""
        count, seen = len(self.sentences), self._seen_in.get(term, 0) or _SEEN_IF_UNREAD
        rarity = math.log(1 + (count - seen + 0.5) / (seen + 0.5))
        light = 0.5 if term in _LIGHT else 1.0
        return light * rarity * (0.6 if term in self._names else 1.0)  # who matters less than what

    def names_in(self, question: str) -> list[str]:
        """The terms of a question that are names."""
        return [term for term in dict.fromkeys(terms(question)) if term in self._names]

    def has(self, term: str) -> bool:
        """Whether the term was read at all."""
        return term in self._seen_in

    def vocabulary(self) -> Counter[str]:
        """Every word read so far, in lower case, with how often it was read."""
        words: Counter[str] = Counter()
        for sentence in self.sentences:
            words.update(_small_letters(sentence.text))
        return words

    def with_term(self, term: str) -> list[int]:
        """Places of the sentences with a term, in reading order."""
        return [place for place, counts in enumerate(self._terms) if term in counts]

    def search(self, asked: Mapping[str, float]) -> list[Found]:
        """The best sentences first; empty when no telling word of the question was read.

        `asked` maps the terms of the question to how much each counts, 1 for its own words.
        """
        own_words = [term for term, share in asked.items() if share == 1]
        total = sum(self.weight(term) for term in own_words)
        if not total or not any(self.has(term) for term in asked):
            return []
        own = [self._bm25(place, asked) for place in range(len(self.sentences))]
        found = []
        for place, points in enumerate(own):
            if not points:
                continue
            around = own[place - 1] if place else 0.0
            after = own[place + 1] if place + 1 < len(own) else 0.0
            score = (points + 0.3 * around + 0.15 * after) * self._boost(place)
            if not self._names_near(place, own_words):
                score *= 0.5
            coverage = self.covered(place, asked) / total
            score *= 0.3 + 0.7 * min(1.0, coverage)
            leads = next(iter(terms(self.sentences[place].text)), "") in own_words
            found.append(Found(place, self.sentences[place], score, coverage, leads))
        return sorted(found, key=lambda hit: -hit.score)

    def _bm25(self, place: int, asked: Mapping[str, float]) -> float:
        counts, length = self._terms[place], self._lengths[place]
        damped = _K1 * (1 - _B + _B * length / self._mean_length)
        return sum(
            share * self.weight(term) * counts[term] * (_K1 + 1) / (counts[term] + damped)
            for term, share in asked.items()
            if term in counts
        )

    def _boost(self, place: int) -> float:
        sentence = self.sentences[place]
        away = max(0, self._visible - sentence.first_word_index)
        boost = 1 + 0.15 * math.exp(-away / _NEAR_WORDS)
        if self._chapters[place] == self._chapters[-1]:
            boost *= 1.05
        if sentence.text.rstrip("”’\"' ").endswith("?"):
            boost *= 0.75  # a question in the story answers none
        return boost

    def _names_near(self, place: int, asked: Sequence[str]) -> bool:
        """Whether each name of the question stands in the sentence or close before it."""
        near = self._terms[max(0, place - 3) : place + 2]
        names = [term for term in asked if term in self._names]
        return all(any(name in counts for counts in near) for name in names)

    def covered(self, place: int, asked: Mapping[str, float]) -> float:
        """Weights of what the sentence says, and part of what those around it say; a name may
        stand farther off, since stories go on with "he" and "she"."""
        covered = 0.0
        for term, share in asked.items():
            near = self._terms[max(0, place - 1) : place + 2]
            if term in self._terms[place]:
                covered += share * self.weight(term)
            elif any(term in counts for counts in near):
                covered += (0.9 if term in self._names else 0.7) * share * self.weight(term)
            elif any(term in counts for counts in self._terms[max(0, place - 3) : place]):
                covered += (0.9 if term in self._names else 0.5) * share * self.weight(term)
        return covered

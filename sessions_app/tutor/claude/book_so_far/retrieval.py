"""The passages of the book so far that a question is about, where there is no room for all of it.

A sentence counts for the question's words in it, rare ones more (inverse document frequency, Spärck
Jones 1972), damped by its length; it comes with its neighbours, since stories say "she".
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...offline.retrieval.passages import terms
from ...types import ChapterSoFar, Question

_NEIGHBOURS = 1
_MOST_HITS = 20
#: What the sentence in hand and the last question add, where a child says "why did she do that?".
_NEAR_WEIGHT = 0.35


#: A sentence: its chapter, and which of it.
Place = tuple[ChapterSoFar, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of a chapter."""

    chapter: ChapterSoFar
    first: int
    last: int

    @property
    def text(self) -> str:
        """The passage as printed."""
        sentences = self.chapter.sentences[self.first : self.last + 1]
        return " ".join(sentence.text for sentence in sentences)


def passages(question: Question, chapters: Sequence[ChapterSoFar], room: int) -> list[Passage]:
    """The best passages of `chapters` in reading order, at most `room` bytes of them."""
    places = [(chapter, at) for chapter in chapters for at in range(len(chapter.sentences))]
    chosen: set[int] = set()
    for place in _best(question, places):
        near = _around(place, places)
        size = sum(_size(places[at]) for at in near if at not in chosen)
        if size <= room:
            room -= size
            chosen.update(near)
    return _joined(sorted(chosen), places)


def _best(question: Question, places: Sequence[Place]) -> list[int]:
    """The sentences that say most of what was asked, the best first."""
    weights = _asked(question)
    read = [_terms(chapter.sentences[at].text) for chapter, at in places]
    seen = Counter(term for found in read for term in found if term in weights)
    for term in weights:
        weights[term] *= math.log(1 + len(read) / (0.5 + seen[term]))
    scores = [
        sum(weights[term] for term in found if term in weights) / math.sqrt(8 + len(found))
        for found in read
    ]
    best = sorted(range(len(scores)), key=lambda place: -scores[place])[:_MOST_HITS]
    return [place for place in best if scores[place] > 0]


def _asked(question: Question) -> dict[str, float]:
    near = question.sentence
    if question.earlier:
        near += f" {question.earlier[-1].question} {question.earlier[-1].answer}"
    weights = dict.fromkeys(_terms(near), _NEAR_WEIGHT)
    return weights | dict.fromkeys(_terms(question.text), 1.0)


def _around(place: int, places: list[Place]) -> list[int]:
    chapter = places[place][0]
    near = range(max(0, place - _NEIGHBOURS), min(len(places), place + _NEIGHBOURS + 1))
    return [at for at in near if places[at][0] is chapter]


def _size(place: Place) -> int:
    return len(place[0].sentences[place[1]].text.encode()) + 1


def _joined(chosen: list[int], places: list[Place]) -> list[Passage]:
    """Neighbours together."""
    found: list[Passage] = []
    for place in chosen:
        chapter, at = places[place]
        if found and found[-1].chapter is chapter and found[-1].last == at - 1:
            found[-1] = Passage(chapter, found[-1].first, at)
        else:
            found.append(Passage(chapter, at, at))
    return found


@lru_cache(maxsize=16384)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))

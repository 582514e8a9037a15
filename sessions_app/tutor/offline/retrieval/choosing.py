"""Which of the best passages answers a question: the one that has the kind of thing asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...types import Sentence
from .answer_types import AnswerType, holds
from .likeness import likeness
from .names import NamesSoFar
from .passages import Found, Passages, terms

_LOOKED_AT = 14
_SHORT = 8
_CLOSE = 0.6
_ALIKE = 0.5
_VAGUE: tuple[AnswerType, ...] = ("any", "deed", "manner", "place", "speech", "material")
_OPENING_PRONOUNS = ("he", "she", "it", "they", "his", "her", "their", "its")


@dataclass(frozen=True, slots=True)
class AnswerPassage:
    """Neighbouring sentences. `coverage` is the share of the question that they speak of, `fits`
    whether they hold the kind of thing that was asked for, `likeness` how nearly the best of them
    is worded as an answer."""

    sentences: tuple[Sentence, ...]
    place: int
    coverage: float
    fits: bool
    likeness: float = 0.0


def best_passage(
    asked: str,
    kind: AnswerType,
    weights: Mapping[str, float],
    passages: Passages,
    names: NamesSoFar,
    *,
    limit: int,
    without: str = "",
) -> AnswerPassage | None:
    """The passage that answers best, at most about `limit` words long; None where nothing leads.

    Sentences that stand in `without`, which was answered before, are left out.
    """  # fmt: skip
    hits = passages.search(weights)[: 3 * _LOOKED_AT]
    if without:
        hits = [hit for hit in hits if hit.sentence.text.strip("“”") not in without]
    hits = hits[:_LOOKED_AT]
    if not hits:
        return None
    top = hits[0].score
    ranked = sorted(hits, key=lambda hit: -_points(hit, kind, asked, passages, names, top))
    best = _of_that_kind(ranked[0], kind, asked, weights, passages, names)
    sentences, fits = _with_neighbours(best, kind, asked, passages, names, limit)
    return AnswerPassage(tuple(sentences), best.place, best.coverage, fits,
                         likeness(asked, best.sentence.text))  # fmt: skip


def _of_that_kind(
    best: Found,
    kind: AnswerType,
    asked: str,
    weights: Mapping[str, float],
    passages: Passages,
    names: NamesSoFar,
) -> Found:
    """`best`, or where it has nothing of the kind asked for, a sentence close to the question's
    words that has: "She was nine." names nobody."""
    text = best.sentence.text
    sure = likeness(asked, text) >= _ALIKE
    if kind in _VAGUE or sure or holds(kind, text, asked, names.within_cased(text)):
        return best
    own = set(names.within(asked))
    total = sum(passages.weight(term) for term, share in weights.items() if share == 1)
    candidates = []
    for place, sentence in enumerate(passages.sentences):
        there = names.within_cased(sentence.text)
        if own and there and own.isdisjoint(there):
            continue  # of somebody else
        if holds(kind, sentence.text, asked, there):
            coverage = passages.covered(place, weights) / total
            if coverage >= max(_CLOSE, 0.8 * best.coverage):
                candidates.append(Found(place, sentence, best.score, coverage, leads=False))
    return max(candidates, key=lambda one: one.coverage, default=best)


def _points(
    hit: Found, kind: AnswerType, asked: str, passages: Passages, names: NamesSoFar, top: float
) -> float:
    points = hit.score / top
    text = hit.sentence.text
    if holds(kind, text, asked, names.within_cased(text)):
        points += 0.4
    elif any(holds(kind, near.text, asked, names.within_cased(near.text))
             for near in _around(hit.place, passages)):  # fmt: skip
        points += 0.15
    if kind in ("place", "deed", "any", "number") and text.startswith("“"):
        points -= 0.25  # the teller says where somebody is and what they do; talk seldom does
    points += 0.3 * min(2, _pairs(asked, text))
    points += likeness(asked, text)
    points += _of_the_same(asked, text, names)
    if hit.leads:
        points += 0.3 if kind == "deed" else 0.05
    return points


def _of_the_same(asked: str, text: str, names: NamesSoFar) -> float:
    """Whether a sentence that does not name whom the question names says "he" where it should."""
    if names.within_cased(text):
        return 0.0
    genders = {names.gender(name) for name in names.within(asked)} - {None}
    if len(genders) != 1:
        return 0.0
    own = genders.pop()
    says = {word for word in re.findall(r"[a-z]+", text.lower()) if word in ("he", "she")}
    return 0.1 if own in says else -0.35 if says else 0.0


def _pairs(asked: str, text: str) -> int:
    """How many pairs of words that stand together in the question do so in the sentence."""
    own, theirs = terms(asked), terms(text)
    there = {*pairwise(theirs), *zip(theirs, theirs[2:], strict=False)}
    return sum(pair in there for pair in pairwise(own))


def _around(place: int, passages: Passages) -> Sequence[Sentence]:
    return (*passages.sentences[max(0, place - 1) : place],
            *passages.sentences[place + 1 : place + 2])  # fmt: skip


def _with_neighbours(
    best: Found, kind: AnswerType, asked: str, passages: Passages, names: NamesSoFar, limit: int
) -> tuple[list[Sentence], bool]:
    """The sentence with those beside it that hold the answer or the rest of the question, and the
    one that says who "he" is."""
    everything, place = passages.sentences, best.place
    first, last = place, place

    def fits_at(at: int) -> bool:
        text = everything[at].text
        return holds(kind, text, asked, names.within_cased(text))

    beside = [near for near in (place + 1, place - 1) if 0 <= near < len(everything)]
    farther = [near for near in (place + 2, place + 3) if near < len(everything)]
    missing = set(terms(asked)) - set(terms(best.sentence.text))
    fits = fits_at(place)
    wanted = [near for near in beside if missing & set(terms(everything[near].text))]
    if not fits or _only_repeats(best.sentence, asked):
        looked_at = beside if kind in _VAGUE else beside + farther
        wanted = [near for near in looked_at if fits_at(near)] or wanted
    if not wanted and best.sentence.word_count <= _SHORT and place + 1 < len(everything):
        wanted = [place + 1]  # a short sentence seldom says it all
    for near in wanted[:1]:
        first, last, fits = min(first, near), max(last, near), fits or fits_at(near)
    opening = everything[first].text.lower().lstrip("“‘").split(" ", 1)[0]
    if opening in _OPENING_PRONOUNS and first and not names.within_cased(everything[first].text):
        first -= 1
    sentences = everything[first : last + 1]
    while len(sentences) > 1 and sum(s.word_count for s in sentences) > limit + 8:
        sentences = sentences[1:] if sentences[0] is not best.sentence else sentences[:-1]
    return list(sentences), fits


def _only_repeats(sentence: Sentence, asked: str) -> bool:
    """Whether a sentence says nothing but the question's own words, or asks itself."""
    return set(terms(sentence.text)) <= set(terms(asked)) or sentence.text.rstrip("”’ ").endswith(
        "?"
    )

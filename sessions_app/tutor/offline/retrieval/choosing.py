"""Which of the best passages answers a question: the one that has the kind of thing asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...types import Sentence
from .answer_types import AnswerType, holds
from .names import NamesSoFar
from .passages import Found, Passages, terms

_LOOKED_AT = 14
_SHORT = 8
_OPENING_PRONOUNS = ("he", "she", "it", "they", "his", "her", "their", "its")


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences. `coverage` is the share of the question that they speak of, `fits`
    whether they hold the kind of thing that was asked for."""

    sentences: tuple[Sentence, ...]
    place: int
    coverage: float
    fits: bool


def best_passage(
    asked: str,
    kind: AnswerType,
    weights: Mapping[str, float],
    passages: Passages,
    names: NamesSoFar,
    *,
    limit: int,
    without: str = "",
) -> Passage | None:
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
    best = ranked[0]
    sentences, fits = _with_neighbours(best, kind, asked, passages, names, limit)
    return Passage(tuple(sentences), best.place, best.coverage, fits)


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
    if hit.leads:
        points += 0.3 if kind == "deed" else 0.05
    return points


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
    missing = set(terms(asked)) - set(terms(best.sentence.text))
    fits = fits_at(place)
    wanted = [near for near in beside if missing & set(terms(everything[near].text))]
    if not fits or _only_repeats(best.sentence, asked):
        wanted = [near for near in beside if fits_at(near)] or wanted
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

"""What happened so far, in a few of the story's own sentences."""

import math
from collections import Counter
from collections.abc import Sequence

from ...types import Sentence
from ..retrieval.names import NamesSoFar
from ..retrieval.passages import is_light, terms

_SHORTEST, _LONGEST = 5, 26
_OPENINGS = frozenset({"he", "she", "it", "they", "his", "her", "their", "this", "that", "these",
                       "then", "but", "so", "and", "there", "here"})  # fmt: skip
_MAIN_NAMES = 3
_IN_A_TITLE = 4


def retold(
    sentences: Sequence[Sentence], names: NamesSoFar, most: int, about: str = ""
) -> list[Sentence]:
    """At most `most` sentences that tell `sentences` best, in order; the first of them early.

    Each is taken for what it adds: words that are often used, or stand in the titles `about`, and
    are not yet told (after A. Nenkova and L. Vanderwende, "The impact of frequency on
    summarization", 2005). The teller's plain sentences come before talk, and those far from what
    is told already before its neighbours.
    """
    if len(sentences) <= most:
        return list(sentences)
    counts = Counter(term for sentence in sentences for term in set(terms(sentence.text)))
    for term in terms(about):
        counts[term] *= _IN_A_TITLE
    main = {name for name, _ in names.counts.most_common(_MAIN_NAMES)}
    plain = [_plainness(sentence, main, names) for sentence in sentences]
    chosen: list[int] = []
    told: set[str] = set()
    for turn in range(most):
        places = range(max(4, len(sentences) // 6)) if turn == 0 else range(len(sentences))
        best = max(
            (place for place in places if place not in chosen),
            key=lambda at: plain[at] + _adds(sentences[at], counts, told)
            + _far(at, chosen, len(sentences) / most),
            default=None,
        )  # fmt: skip
        if best is None:
            break
        chosen.append(best)
        told.update(terms(sentences[best].text))
    return [sentences[place] for place in sorted(chosen)]


def _far(place: int, chosen: Sequence[int], usual: float) -> float:
    """From 0 beside a chosen sentence to 1 at the usual distance between two."""
    return min([1.0, *(abs(place - other) / max(1.0, usual) for other in chosen)])


def _adds(sentence: Sentence, counts: Counter[str], told: set[str]) -> float:
    new = {term for term in terms(sentence.text) if term not in told and not is_light(term)}
    return sum(math.log(counts[term] or 1) + 0.1 for term in new) / math.sqrt(
        6 + sentence.word_count
    )


def _plainness(sentence: Sentence, main: set[str], names: NamesSoFar) -> float:
    mentioned = set(names.within_cased(sentence.text))
    points = 0.3 * len(mentioned & main) + 0.2 * bool(mentioned)
    if "“" in sentence.text or sentence.text.rstrip("”").endswith("?"):
        points -= 0.8
    if not _SHORTEST <= sentence.word_count <= _LONGEST:
        points -= 0.8
    if sentence.text.split(" ", 1)[0].strip("“‘,.").lower() in _OPENINGS:
        points -= 0.3
    return points

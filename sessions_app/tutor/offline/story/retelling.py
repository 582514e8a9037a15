"""What happened so far, in a few of the story's own sentences."""

import math
from collections import Counter
from collections.abc import Sequence

from ...types import Sentence
from ..retrieval.names import NamesSoFar
from ..retrieval.passages import terms

_SHORTEST, _LONGEST = 5, 26
_OPENINGS = frozenset({"he", "she", "it", "they", "his", "her", "their", "this", "that", "these",
                       "then", "but", "so", "and", "there", "here"})  # fmt: skip
_MAIN_NAMES = 3


def retold(sentences: Sequence[Sentence], names: NamesSoFar, most: int) -> list[Sentence]:
    """At most `most` sentences that tell `sentences` best, one of each stretch of them, in order.

    Each is taken for what it adds: words that are often used and not yet told (after A. Nenkova and
    L. Vanderwende, "The impact of frequency on summarization", 2005). The teller's plain sentences
    come before talk.
    """
    if len(sentences) <= most:
        return list(sentences)
    counts = Counter(term for sentence in sentences for term in set(terms(sentence.text)))
    main = {name for name, _ in names.counts.most_common(_MAIN_NAMES)}
    chosen: list[Sentence] = []
    told: set[str] = set()
    for part in range(most):
        stretch = sentences[len(sentences) * part // most : len(sentences) * (part + 1) // most]
        early = 0.8 if part == 0 else 0.0  # who it is about is said early
        points = {
            sentence: _adds(sentence, counts, told) + _plainness(sentence, main, names)
            + early * (1 - at / len(stretch))
            for at, sentence in enumerate(stretch)
        }  # fmt: skip
        best = max(stretch, key=points.__getitem__)
        chosen.append(best)
        told.update(terms(best.text))
    return chosen


def _adds(sentence: Sentence, counts: Counter[str], told: set[str]) -> float:
    new = set(terms(sentence.text)) - told
    return sum(math.log(counts[term]) + 0.1 for term in new) / math.sqrt(6 + sentence.word_count)


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

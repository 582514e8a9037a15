"""What happened so far, in a few of the story's own sentences."""

import math
from collections import Counter
from collections.abc import Sequence

from ...types import Sentence
from ..retrieval.names import NamesSoFar
from ..retrieval.passages import terms

_SHORTEST, _LONGEST = 5, 24
_OPENINGS = frozenset({"he", "she", "it", "they", "his", "her", "their", "this", "that", "these",
                       "then", "but", "so", "and", "there", "here"})  # fmt: skip
_MAIN_NAMES = 3


def retold(sentences: Sequence[Sentence], names: NamesSoFar, most: int) -> list[Sentence]:
    """At most `most` sentences that tell `sentences` best, one of each stretch of them, in order.

    The teller's plain sentences are taken before talk, those about the main people before others.
    """
    if len(sentences) <= most:
        return list(sentences)
    counts = Counter(term for sentence in sentences for term in set(terms(sentence.text)))
    main = {name for name, _ in names.counts.most_common(_MAIN_NAMES)}
    chosen: list[Sentence] = []
    for part in range(most):
        stretch = sentences[len(sentences) * part // most : len(sentences) * (part + 1) // most]
        if part == 0:
            stretch = stretch[: max(4, len(stretch) // 2)]  # who it is about is said early
        early = {one: 1 - at / len(stretch) for at, one in enumerate(stretch)} if part == 0 else {}
        chosen.append(max(
            stretch, key=lambda one: _telling(one, counts, main, names) + early.get(one, 0.0)
        ))  # fmt: skip
    return chosen


def _telling(sentence: Sentence, counts: Counter[str], main: set[str], names: NamesSoFar) -> float:
    own = set(terms(sentence.text))
    points = sum(math.log1p(counts[term]) for term in own) / (3 + len(own)) if own else 0.0
    mentioned = set(names.within_cased(sentence.text))
    points += 0.6 * len(mentioned & main) + 0.2 * bool(mentioned)
    if "“" in sentence.text or sentence.text.rstrip("”").endswith("?"):
        points -= 1.2
    if not _SHORTEST <= sentence.word_count <= _LONGEST:
        points -= 1.0
    opening = sentence.text.split(" ", 1)[0].strip("“‘,.").lower()
    if opening in _OPENINGS:
        points -= 0.5
    return points

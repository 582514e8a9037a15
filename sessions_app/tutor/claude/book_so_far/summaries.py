"""A chapter in a few of its own sentences, where there is no room for all of it.

The sentences whose words the chapter comes back to most (SumBasic: Nenkova and Vanderwende, 2005),
with its first and its last. They depend on the chapter alone, so they stay the same from
question to question, and a cache keeps them.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ...offline.retrieval.passages import terms

_LONGEST = 240


def summary(sentences: Sequence[str], most: int) -> str:
    """At most `most` sentences of a chapter, in its order."""
    return _summary(tuple(sentences), most)


@lru_cache(maxsize=512)
def _summary(sentences: tuple[str, ...], most: int) -> str:
    if len(sentences) <= most:
        chosen = set(range(len(sentences)))
    else:
        chosen = _chosen([terms(text) for text in sentences], most)
    return " ".join(_shortened(sentences[place]) for place in sorted(chosen))


def _chosen(read: list[list[str]], most: int) -> set[int]:
    counts = Counter(term for found in read for term in found)
    total = max(1, counts.total())
    weight = {term: count / total for term, count in counts.items()}
    chosen = {0, len(read) - 1} if most > 2 else {0}
    left = {place: found for place, found in enumerate(read) if len(found) > 2}
    while len(chosen) < most and left:
        best = max(left, key=lambda place: _mean(weight, left[place]))
        # What one sentence told counts less for the next: the square keeps it telling of more.
        for term in set(left.pop(best)):
            weight[term] **= 2
        chosen.add(best)
    return chosen


def _mean(weight: dict[str, float], found: list[str]) -> float:
    return sum(weight[term] for term in found) / len(found)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"

"""What the classifier looks at, hashed: pieces of words, words in a row, lists they are in."""

from collections.abc import Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from library.language.lemmas import word_set

from .sentences import END, PASSED_OVER, TaggedWords

BUCKETS = 1 << 14
_SHORTEST, _LONGEST = 3, 5
_ROW = 3
#: What may stand for a phrase, the first that fits: who, and what is done.
_ABSTRACT = (
    "own_carer", "own_sibling", "carer", "sibling", "older", "stranger", "nobody", "peer", "me",
    "private_strict", "gun", "pills", "weapon", "tool", "mark", "beat_hard", "hurt", "touch",
    "lock", "shout", "bully", "online", "photo", "insult", "drunk", "afraid", "sad", "food",
    "dying", "dead", "self_es", "secretly", "pet", "fiction", "made_up", "game", "limb",
    "dislike", "home", "school", "drug",
)  # fmt: skip
_NUMBER = "0"
_OWN = word_set("i my me we us our myself mi mis me nos yo")


def features(tagged: TaggedWords) -> NDArray[np.int64]:
    """Numbers of the buckets that the words fall into, each once, in rising order."""
    found = {crc32(feature.encode()) % BUCKETS for feature in _features(tagged)}
    return np.fromiter(sorted(found), dtype=np.int64, count=len(found))


def _features(tagged: TaggedWords) -> Iterator[str]:
    words = [_NUMBER if word.isdigit() else word for word in tagged.words if word != END]
    lists = _abstracted(tagged)
    for word in words:
        yield from _pieces(word)
    for prefix, row in (("w", words), ("l", lists)):
        for size in range(1, _ROW + 1):
            for at in range(len(row) - size + 1):
                yield f"{prefix} {' '.join(row[at : at + size])}"
    for at in range(len(lists) - 2):
        yield f"s {lists[at]} {lists[at + 2]}"
        if at + 3 < len(lists):
            yield f"s {lists[at]} {lists[at + 3]}"
    own = not _OWN.isdisjoint(words)
    yield f"own {own}"
    for name in set(lists) & set(_ABSTRACT):
        yield f"own {own} {name}"
    yield f"begins {words[0] if words else ''}"
    yield f"length {min(len(words), 12) // 3}"


def _pieces(word: str) -> Iterator[str]:
    if word == PASSED_OVER:
        return
    edged = f"<{word}>"
    for size in range(_SHORTEST, _LONGEST + 1):
        for at in range(len(edged) - size + 1):
            yield edged[at : at + size]


def _abstracted(tagged: TaggedWords) -> list[str]:
    """The words, with the name of a list for each phrase that is in one."""
    row: list[str] = []
    at = 0
    while at < len(tagged.words):
        found = tagged.longest_at(at, _ABSTRACT)
        if found is not None:
            row.append(found[0])
            at = found[1]
            continue
        if tagged.words[at] != END:
            row.append(tagged.words[at])
        at += 1
    return row

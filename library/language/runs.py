"""Words by their letters alone, and runs of them: how two texts are found to share a passage."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

#: So many words in a row that two texts share come from one another.
RUN: Final = 8
#: A letter of a script that is written without spaces counts as a word.
_TOKEN = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0eff\u3040-\u9fff]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Hashes = npt.NDArray[np.uint64]


def tokens(text: str) -> list[str]:
    """A text's words by their letters, in small letters; marks and spaces part them."""
    return _TOKEN.findall(text.casefold())


def run_hashes(words: list[str]) -> Hashes:
    """The hash of each run of `RUN` words, in order; the same words hash alike in a process."""
    count = len(words) - RUN + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashed = np.fromiter((hash(word) for word in words), np.int64, len(words)).view(np.uint64)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        runs = runs * _FACTOR + hashed[place : place + count]
    return runs

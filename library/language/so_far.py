"""A book up to a place in it: what may be told to somebody who has come so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Sentence(NamedTuple):
    """One sentence as printed; ``word_count`` words start at ``first_word_index``."""

    first_word_index: int
    text: str
    word_count: int


@dataclass(frozen=True, slots=True)
class ChapterSoFar:
    """A chapter up to a position; ``finished`` chapters are whole."""

    index: int
    title: str
    finished: bool
    sentences: tuple[Sentence, ...]

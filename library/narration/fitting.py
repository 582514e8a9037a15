"""How what is heard in a recording fits its text: when each word begins, and which do not. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from .encoding import spread
from .hearing import Heard

_LEAST_RUN = 3  # words in a row that agree by no accident
_STEP_WORDS = 3  # a single word that agrees counts beside such a run, if no farther away than this
_SLOW_MS = 700  # a word that was not heard begins no later than this after the one before


@dataclass(frozen=True)
class HeardStretch:
    """Words of the text from ``first`` up to ``after``; ``score`` is the share of them heard."""

    first: int
    after: int
    score: float


@dataclass(frozen=True)
class Fit:
    """When each word begins, in milliseconds, and how well each stretch of the text is heard."""

    starts_ms: list[int]
    end_ms: int
    """When the last word is over."""
    stretches: list[HeardStretch]

    def share(self, least_score: float) -> float:
        """The share of all words that are in stretches heard at least so well."""
        fitting = sum(s.after - s.first for s in self.stretches if s.score >= least_score)
        return fitting / max(1, len(self.starts_ms))


def fit(
    parts: Sequence[str],
    owners: Sequence[int],
    letters: Sequence[int],
    heard: Sequence[Heard],
    length_ms: int,
    cuts: Sequence[int],
) -> Fit:
    """Match ``heard`` to a text.

    ``parts`` are the text's spoken parts, ``owners`` the word that each is a part of, ``letters``
    the letters of each word; ``cuts`` are the first words of the stretches that get a score.
    """
    known: list[int | None] = [None] * len(letters)
    last, end = 0, length_ms
    for part, place in _pairs(parts, heard):
        last, end = owners[part], heard[place].end_ms
        if known[last] is None:
            known[last] = heard[place].begin_ms
    end = min(length_ms, end + _SLOW_MS * (len(letters) - 1 - last))
    return Fit(
        _starts(known, letters, end),
        end,
        [
            HeardStretch(first, after, _score(known, set(owners), first, after))
            for first, after in pairwise([*cuts, len(letters)])
            if after > first
        ],
    )


def _pairs(parts: Sequence[str], heard: Sequence[Heard]) -> list[tuple[int, int]]:
    """(part, heard word) that are the same: runs of several, and single ones right beside."""
    matcher = SequenceMatcher(None, parts, [each.word for each in heard], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    runs = [block for block in blocks if block.size >= min(_LEAST_RUN, len(parts))]
    ends = sorted(edge for run in runs for edge in (run.a, run.a + run.size))
    kept = []
    for block in blocks:
        place = bisect_left(ends, block.a)
        away = min(
            (abs(edge - block.a) for edge in ends[max(0, place - 1) : place + 1]), default=99
        )
        if block in runs or away <= _STEP_WORDS:
            kept += [(block.a + step, block.b + step) for step in range(block.size)]
    return kept


def _score(known: Sequence[int | None], spoken: set[int], first: int, after: int) -> float:
    """The share of a stretch's words heard; a word that nobody speaks (a dash) does not count."""
    words = [place for place in range(first, after) if place in spoken]
    return sum(known[place] is not None for place in words) / max(1, len(words))


def _starts(known: Sequence[int | None], letters: Sequence[int], end_ms: int) -> list[int]:
    """Words that were not heard share the time between those that were, at a reader's pace."""
    begun = [(place, start) for place, start in enumerate(known) if start is not None]
    if not begun:
        return _shared(letters, end_ms)
    first, begins = begun[0]
    starts = [max(0, begins - _SLOW_MS * (first - place)) for place in range(first)]
    for (place, start), (after, following) in pairwise([*begun, (len(letters), end_ms)]):
        end = (
            following if after == place + 1 else min(following, start + _SLOW_MS * (after - place))
        )
        starts += [start + at for at in _shared(letters[place:after], end - start)]
    return starts


def _shared(letters: Sequence[int], length: int) -> list[int]:
    return spread([0, *([None] * (len(letters) - 1))], list(letters), length)

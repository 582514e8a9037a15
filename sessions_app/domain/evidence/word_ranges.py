"""Sets of words, kept as sorted, disjoint ranges with both ends included.

A book is mostly read in order, so a handful of pairs says what a set of thousands of words
would. There are at most ``MOST_RANGES``: beyond, the shortest is forgotten, so that such a set
may hold less than was put in, never more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import Final, TypeAlias

WordRanges: TypeAlias = list[tuple[int, int]]

MOST_RANGES: Final = 256

_FIRST: Final = itemgetter(0)
_LAST: Final = itemgetter(1)


def add(ranges: WordRanges, first: int, last: int) -> int:
    """Put the words ``first`` to ``last`` in; returns how many of them are new."""
    if last < first:
        return 0
    start = bisect_left(ranges, first - 1, key=_LAST)
    stop = bisect_right(ranges, last + 1, lo=start, key=_FIRST)
    if start == stop:
        ranges.insert(start, (first, last))
        if len(ranges) > MOST_RANGES:
            _forget_shortest(ranges, start)
        return last - first + 1
    before = count(ranges[start:stop])
    grown = (min(first, ranges[start][0]), max(last, ranges[stop - 1][1]))
    ranges[start:stop] = [grown]
    return grown[1] - grown[0] + 1 - before


def _forget_shortest(ranges: WordRanges, newest: int) -> None:
    others = [place for place in range(len(ranges)) if place != newest]
    del ranges[min(others, key=lambda place: ranges[place][1] - ranges[place][0])]


def count(ranges: WordRanges) -> int:
    """How many words the ranges hold."""
    return sum(last - first + 1 for first, last in ranges)


def missing(ranges: WordRanges, first: int, last: int) -> WordRanges:
    """The words from ``first`` to ``last`` that the ranges do not hold."""
    pieces: WordRanges = []
    start = bisect_left(ranges, first, key=_LAST)
    stop = bisect_right(ranges, last, lo=start, key=_FIRST)
    for begin, end in ranges[start:stop]:
        if first < begin:
            pieces.append((first, begin - 1))
        first = end + 1
    if first <= last:
        pieces.append((first, last))
    return pieces


def overlap(ranges: WordRanges, others: WordRanges) -> int:
    """How many words are in both."""
    return count(ranges) - sum(count(missing(others, first, last)) for first, last in ranges)

"""The bench's arithmetic: percentiles, medians with their spread, and the search for a limit."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], which: float) -> float:
    """The smallest value that at least `which` percent of the values do not exceed (nearest rank);
    NaN where there are none."""
    if not values:
        return math.nan
    rank = math.ceil(len(values) * which / 100)
    return sorted(values)[max(0, rank - 1)]


@dataclass(frozen=True)
class Spread:
    """What several rounds gave for one figure."""

    median: float
    least: float
    most: float


def spread_of(values: Iterable[float]) -> Spread | None:
    """Median, least and most of the rounds that have a value; None where none has."""
    known = [value for value in values if not math.isnan(value)]
    if not known:
        return None
    return Spread(statistics.median(known), min(known), max(known))


def cost_of_extra(with_it: float, without: float, count: int) -> float:
    """What one of `count` extra pieces of work cost, by the difference of two runs that are
    otherwise alike; NaN where there were none."""
    return (with_it - without) / count if count else math.nan


class LimitSearch:
    """Finds the largest size that holds, up to `ceiling`.

    `size` is what to try next, None when done. It grows by half until one fails, or shrinks by a
    third while `start` and what follows fail, and then halves the gap, until the limit is known to
    one part in `resolution`.
    """

    def __init__(self, start: int, ceiling: int, resolution: int = 10) -> None:
        self.held = 0
        self.failed: int | None = None
        self.size: int | None = max(1, min(start, ceiling))
        self._ceiling = ceiling
        self._resolution = resolution

    def note(self, *, held: bool) -> None:
        """Say whether `size` held."""
        if self.size is None:
            raise ValueError("the search is over")
        if held:
            self.held = max(self.held, self.size)
        else:
            self.failed = self.size
        self.size = self._next()

    def _next(self) -> int | None:
        if self.failed is None:
            more = max(self.held + 1, self.held * 3 // 2)
            return None if self.held >= self._ceiling else min(more, self._ceiling)
        if not self.held:
            return self.failed * 2 // 3 or None
        gap = self.failed - self.held
        if gap * self._resolution <= self.held or gap == 1:
            return None
        return (self.held + self.failed) // 2

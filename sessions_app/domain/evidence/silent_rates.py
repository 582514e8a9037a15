"""How fast children read silently, by school grade, and what follows for a screen of words.

Medians of silent reading of grade-level text with at least 70 % comprehension, United States,
grades 2 to 8: Spichtig, Hiebert, Vorstius, Pascoe, Pearson and Radach (2016), "The Decline of
Comprehension-Based Silent Reading Efficiency in the United States", Reading Research Quarterly
51(2). The study begins with grade 2; 60 for kindergarten and grade 1 is our own assumption.
"""

from __future__ import annotations

from typing import Final

# Words a minute; the index is the grade, 0 for kindergarten.
MEDIAN_WPM: Final = (60, 60, 106, 123, 141, 149, 157, 158, 158)

FAST_READER: Final = 2.5  # times the median: far beyond the 75th percentile of any grade
HIGHEST_CEILING_WPM: Final = 500.0
SLOWEST_WPM: Final = 40.0

# The longest that one word accounts for.
SECONDS_PER_WORD: Final = 60 / SLOWEST_WPM


def median_wpm(grade: int) -> int:
    """The median silent pace of ``grade``; above grade 8 that of grade 8."""
    return MEDIAN_WPM[max(0, min(grade, len(MEDIAN_WPM) - 1))]


def ceiling_wpm(grade: int) -> float:
    """The pace above which words went by and were not read."""
    return min(FAST_READER * median_wpm(grade), HIGHEST_CEILING_WPM)

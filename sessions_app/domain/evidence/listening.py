"""Listening: the words that the narration passed while it played, and the time that it took.

The time heard is that of the wall clock as far as the narration keeps up with it: all of it, less
by how much the sound is behind (a stall), and made up for when late reports come in a bunch.
"""

from __future__ import annotations

from typing import Final

from .evidence import Gain
from .watch import PlaceReport, Watch
from .word_ranges import WordRanges, add

# A narrator at rate 1 speaks 120 to 200 words a minute. Short words come in a rush.
FASTEST_WORDS_PER_SECOND: Final = 4.0
RUSH_OF_WORDS: Final = 8
SLOWEST_SECONDS_PER_WORD: Final = 1.5
# Clocks differ, and reports are told to the last word, not to the last instant.
TOLERANCE: Final = 2.0
LONGEST_LAG: Final = 60.0
ROUNDING: Final = 0.05


def is_listening(watch: Watch, report: PlaceReport, playing: bool | None, gap: float) -> bool:
    """Whether the narration played between the last report and this one."""
    if watch.is_playing or playing is False:
        return bool(watch.is_playing)
    before, after = watch.audio_timestamp, report.audio_timestamp
    if before is None or after is None:
        return False
    return 0 < after - before <= (gap + TOLERANCE) * _rate(watch, report)


def listen(
    watch: Watch, report: PlaceReport, covered: WordRanges, gain: Gain, *, seconds: float, end: int
) -> None:
    """Count what was heard since the last report; a seek is no hearing.

    ``seconds`` is how much of the gap between the two is free to be counted.
    """
    gap = max(0.0, report.at - (report.at if watch.at is None else watch.at))
    words = report.word_index - watch.word_index
    played = _seconds_played(watch, report, words, gap)
    if played is None:
        watch.lag = 0.0
        return
    lag = max(0.0, watch.lag + seconds - played)
    behind = max(0.0, lag - TOLERANCE) - max(0.0, watch.lag - TOLERANCE)
    heard = max(0.0, seconds - behind)
    watch.lag = min(lag, LONGEST_LAG)
    gain.heard_time += heard
    gain.claims |= heard > 0
    if words > 0 and (seconds > 0 or gap == 0):
        # The place is the word that is being spoken; after the book's last one none comes.
        last = report.word_index - (report.word_index < end)
        add(covered, watch.word_index, last)
        gain.heard_words += last + 1 - watch.word_index
        gain.ranges.append((watch.word_index, last))


def _seconds_played(watch: Watch, report: PlaceReport, words: int, gap: float) -> float | None:
    """How many seconds of the wall clock the narration accounts for; None for a seek."""
    rate = _rate(watch, report)
    patience = gap + watch.lag
    if words > FASTEST_WORDS_PER_SECOND * rate * patience + RUSH_OF_WORDS:
        return None
    before, after = watch.audio_timestamp, report.audio_timestamp
    if before is None or after is None:
        return None if words < 0 else words * SLOWEST_SECONDS_PER_WORD / rate
    played = (after - before) / rate
    if played < -ROUNDING:
        # Each chapter's sound begins at 0.
        next_chapter = words > 0 and after <= (patience + TOLERANCE) * rate
        return gap if next_chapter else None
    return None if played > patience + TOLERANCE else max(0.0, played)


def _rate(watch: Watch, report: PlaceReport) -> float:
    return max(watch.rate, report.rate or watch.rate, 0.1)

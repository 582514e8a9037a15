"""How long and how far a child really read, from the progress that arrives on one connection.

Time counts only between two reports that show reading: the position moved or the audio
played on. A gap over 30 seconds counts as none, and words skipped over are not words
read, so nobody earns minutes by leaving a tab open or a book by jumping to its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST_GAP: Final = 30.0
# Twelve words a second is three times a fast grown-up; a page turn reports a screenful at once.
FASTEST_WORDS_PER_SECOND: Final = 12.0
SCREENFUL: Final = 120


@dataclass(frozen=True, slots=True)
class Step:
    """What one report adds: seconds, words read forward, and their range, if any."""

    seconds: float = 0.0
    words: int = 0
    covered: tuple[int, int] | None = None


class Pace:
    """Follows one connection's reports. ``now`` is a monotonic clock in seconds."""

    __slots__ = ("_at", "_audio", "_word")

    def __init__(self, word_index: int) -> None:
        self._word = word_index
        self._audio: float | None = None
        self._at: float | None = None

    def note(self, word_index: int, audio_timestamp: float | None, now: float) -> Step:
        word, audio, at = self._word, self._audio, self._at
        self._word, self._audio, self._at = word_index, audio_timestamp, now
        if at is None:
            return Step()
        gap = now - at
        forward = word_index - word
        played = audio_timestamp is not None and audio is not None and audio_timestamp > audio
        if not 0 < gap <= LONGEST_GAP or not (forward or played):
            return Step()
        if 0 < forward <= max(SCREENFUL, gap * FASTEST_WORDS_PER_SECOND):
            return Step(gap, forward, (word, word_index - 1))
        return Step(gap)

    def rest(self) -> None:
        """A break: what comes next does not count from before it."""
        self._at = None

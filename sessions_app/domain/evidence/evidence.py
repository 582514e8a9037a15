"""What a session has shown of a child's reading, and what one report adds to it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from .word_ranges import WordRanges, count, overlap

# Below this many words of silent reading a pace says more about chance than about the child.
PACE_NEEDS_WORDS: Final = 100

FINISHED: Final = 0.8


class Gain(Struct):
    """What one report added. Times are seconds.

    ``read_words`` and ``heard_words`` count a word each time that it was read or heard;
    ``ranges`` are where. ``paged_words`` went by too fast for the first time, less those that had
    and are read or heard now: below 0 where that is more. ``own_words`` and ``own_time`` are what
    the child's own pace is made of.

    ``claims`` is true where the time up to the report is taken for this session, though it may be
    counted only later (or never, if the words then went by too fast): another session of the same
    child must not count it too.
    """

    read_time: float = 0.0
    heard_time: float = 0.0
    read_words: int = 0
    heard_words: int = 0
    paged_words: int = 0
    own_words: int = 0
    own_time: float = 0.0
    claims: bool = False
    ranges: WordRanges = field(default_factory=list)

    @property
    def first_word(self) -> int | None:
        """The first word that was read or heard."""
        return min((first for first, _ in self.ranges), default=None)

    @property
    def last_word(self) -> int | None:
        """The last word that was read or heard."""
        return max((last for _, last in self.ranges), default=None)


class Evidence(Struct):
    """A session's sums: sealed with its state. Times are seconds.

    ``covered`` are the different words read or heard. ``read_words`` and ``read_time`` are
    silent reading, rereading included; ``heard_words`` and ``heard_time`` are narration, replays
    included. ``paged`` are words that went by too fast to be read and had not been read before.

    ``own_words`` and ``own_time`` are the part of silent reading that tells the child's pace:
    text read onward, screen after screen. Left out are rereading (a second look is quicker than
    a first), screens that stood longer than the slowest reader needs (who knows what the child
    did?), and a screen that has not been left yet.
    """

    covered: WordRanges = field(default_factory=list)
    paged: WordRanges = field(default_factory=list)
    read_words: int = 0
    heard_words: int = 0
    read_time: float = 0.0
    heard_time: float = 0.0
    own_words: int = 0
    own_time: float = 0.0

    @property
    def covered_words(self) -> int:
        """How many different words were read or heard."""
        return count(self.covered)

    @property
    def paged_words(self) -> int:
        """How many words went by, and were neither read nor heard until now."""
        return count(self.paged) - overlap(self.paged, self.covered)

    def take(self, gain: Gain) -> None:
        """Add what a report gained; its ranges are in ``covered`` and ``paged`` already."""
        self.read_words += gain.read_words
        self.heard_words += gain.heard_words
        self.read_time += gain.read_time
        self.heard_time += gain.heard_time
        self.own_words += gain.own_words
        self.own_time += gain.own_time


def own_pace(words: int, seconds: float) -> float | None:
    """Words a minute of silent reading; None below 100 such words."""
    if words < PACE_NEEDS_WORDS or seconds <= 0:
        return None
    return round(words / seconds * 60, 1)


def reading_speed(evidence: Evidence) -> float | None:
    """The child's own pace in a session, see ``Evidence``."""
    return own_pace(evidence.own_words, evidence.own_time)


def progress(evidence: Evidence, word_count: int) -> float:
    """The share of the book's words that were read or heard, 0 to 1; exactly 1 for all."""
    return min(1.0, evidence.covered_words / word_count) if word_count > 0 else 0.0


def was_finished(evidence: Evidence, word_count: int) -> bool:
    """Whether a session that is completed is finished, and not only closed."""
    return progress(evidence, word_count) >= FINISHED

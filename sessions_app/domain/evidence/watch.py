"""What is remembered between the reports of one connection, in memory only."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from .silent_rates import SECONDS_PER_WORD, ceiling_wpm, median_wpm
from .word_ranges import WordRanges

# What a large window holds; the most that a client which sends places only may step over.
SCREENFUL: Final = 350
# More than any screen holds at a size that a child can read.
LARGEST_SCREEN: Final = 1200


class PlaceReport(Struct, frozen=True):
    """Where a child is. ``at`` is the server's monotonic clock in seconds; None is unsaid."""

    at: float
    word_index: int
    seen: tuple[int, int] | None = None
    here: bool | None = None
    is_playing: bool | None = None
    audio_timestamp: float | None = None
    rate: float | None = None


class View(Struct):
    """The words in front of the child, ends included; for a client that sends places only, the
    words from its place on as far as a screen may go (``by_place``)."""

    first: int
    last: int
    by_place: bool
    end: int  # the book's last word
    words_per_second: float  # the ceiling of the child's grade
    seconds_per_word: float  # what a word takes that nobody need vouch for, see ``held``

    @classmethod
    def of(
        cls,
        report: PlaceReport,
        seen: tuple[int, int] | None,
        *,
        grade: int,
        end: int,
        own_wpm: float | None,
    ) -> View:
        """``own_wpm`` is the child's own pace, as far as it is known."""
        fastest = ceiling_wpm(grade) / 60
        slowest = SECONDS_PER_WORD
        if report.here is not None:
            slowest = min(slowest, 60 / (own_wpm or median_wpm(grade)))
        place = report.word_index
        if seen is None:
            return cls(place, min(place + SCREENFUL - 1, end), True, end, fastest, slowest)
        first = max(0, min(seen[0], end))
        last = min(max(seen[1], first), end, first + LARGEST_SCREEN - 1)
        return cls(first, last, False, end, fastest, slowest)


class Run(Struct):
    """Screens that are read one after the other: how far, and what they have earned so far.

    ``first`` and ``last`` are the furthest screen, ``shown`` its furthest end so far. Words
    before ``next_word`` are dealt with. ``budget`` is how many words the time so far allows to be
    read, ``pending`` the seconds that count as soon as words do, ``stock`` how many words' time
    the screen still accounts for. ``elsewhere`` is how many words more the time would allow that
    another session of the child has taken. ``held`` are seconds on a screen that is read, beyond
    what the child's own pace takes for it: they count once the child shows that they were there.
    ``share`` is the part of the words that counts (see ``Watch.reread``). ``own_words`` and
    ``own_time`` were read since the page was turned last, at ``own_from``.
    """

    first: int
    last: int
    shown: int
    next_word: int
    own_from: int
    by_place: bool
    stock: float
    is_aside: bool = False
    after_hearing: bool = False
    budget: float = 0.0
    pending: float = 0.0
    elsewhere: float = 0.0
    held: float = 0.0
    share: float = 1.0
    own_words: int = 0
    own_time: float = 0.0
    is_steady: bool = False
    is_overdue: bool = False

    @property
    def size(self) -> int:
        return self.last + 1 - self.first

    def reaches(self, view: View) -> bool:
        """Whether a view is this screen or follows on it, at most a screenful further."""
        if view.first < self.first or view.by_place != self.by_place:
            return False
        if self.by_place:
            return view.first <= self.first + SCREENFUL
        return view.first <= self.last + 1 + self.size

    def still_shows(self, view: View) -> bool:
        """Whether a view further up still shows at least half of this screen."""
        return (
            not self.by_place
            and view.first < self.first
            and 2 * (view.last + 1 - self.first) >= self.size
        )


class Watch(Struct):
    """One connection's memory of the child. It is never stored: each connection begins anew.

    ``main`` is where the child reads on, ``aside`` where they are having a look meanwhile.
    ``left_at`` is when the page said that the child had gone, where it did. ``reread`` are the
    words that were lately read once more: reading them yet again counts only after much else was,
    so that two places in turn earn nothing. ``lag`` is by how many seconds the narration is behind
    the wall clock.
    """

    at: float | None = None
    last: PlaceReport | None = None
    word_index: int = 0
    seen: tuple[int, int] | None = None
    is_here: bool = True
    left_at: float = 0.0
    is_playing: bool | None = None
    audio_timestamp: float | None = None
    rate: float = 1.0
    lag: float = 0.0
    main: Run | None = None
    aside: Run | None = None
    reread: WordRanges = field(default_factory=list)

    def rest(self) -> None:
        """A break (a question, a checkpoint, a pause, a jump): its time does not count."""
        self.at = self.last = None
        self.lag = 0.0

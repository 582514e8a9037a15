"""Children who read in all the ways that children do, as the reports that their page would send.

Pure: a ``SimulatedPage`` is played by calling what its child does next; it keeps the reports, on a
clock of its own that begins at 0, and what the child really did. Demonstrations,
their history and tests are made of these. The pages below are whole children.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from sessions_app.domain.evidence import PlaceReport

NARRATION_WPM: Final = 150.0
WHILE_STILL: Final = 5.0  # seconds between two reports of a page on which nothing moves
WHILE_MOVING: Final = 1.0

Act = Literal["report", "pause", "resume", "ask", "raise_hand", "complete"]


@dataclass(frozen=True)
class Moment:
    """What is sent ``at`` seconds after the page was opened; ``report`` is where the child is."""

    at: float
    act: Act
    report: PlaceReport


@dataclass
class Deeds:
    """What a child really did. Times are seconds."""

    read_words: int = 0
    heard_words: int = 0
    read_time: float = 0.0
    heard_time: float = 0.0


@dataclass
class SimulatedPage:
    """The page in front of one child. ``chapters`` are the first words of the book's chapters;
    without ``sends_screen`` it is a client that sends places only, and only when they change."""

    word_count: int
    screen: int = 150
    chapters: tuple[int, ...] = (0,)
    sends_screen: bool = True
    clock: float = 0.0
    top: int = 0
    word: int = 0
    rate: float = 1.0
    moments: list[Moment] = field(default_factory=list)
    did: Deeds = field(default_factory=Deeds)
    is_here: bool = True
    _is_playing: bool = False
    _sound: float | None = None

    def __post_init__(self) -> None:
        self.tell()

    @property
    def end(self) -> int:
        return self.word_count - 1

    @property
    def seen(self) -> tuple[int, int]:
        return self.top, min(self.end, self.top + self.screen - 1)

    @property
    def is_at_end(self) -> bool:
        return self.seen[1] == self.end

    def tell(self, act: Act = "report") -> None:
        """Send something now."""
        silent = not self.sends_screen
        report = PlaceReport(
            at=self.clock,
            word_index=self.word,
            seen=None if silent else self.seen,
            here=None if silent else self.is_here,
            is_playing=None if silent else self._is_playing,
            audio_timestamp=self._sound,
            rate=self.rate,
        )
        self.moments.append(Moment(self.clock, act, report))

    def stay(self, seconds: float) -> None:
        """Let time pass over the screen that is shown."""
        until = self.clock + seconds
        while self.sends_screen and self.clock + WHILE_STILL < until:
            self.clock += WHILE_STILL
            self.tell()
        self.clock = until

    def show(self, top: int) -> None:
        """Bring other words before the child."""
        self.top = self.word = max(0, min(top, self.end))
        self.tell()

    def read(self, seconds: float, *, words: int | None = None, turn: bool = True) -> None:
        """Read the screen, or so many of its words, in silence, and turn to the next."""
        first, last = self.seen
        words = last + 1 - first if words is None else min(words, last + 1 - first)
        self.stay(seconds)
        self.did.read_words += words
        self.did.read_time += seconds
        if turn and not self.sends_screen and self.is_at_end:
            self.show(self.end)
        elif turn and not self.is_at_end:
            self.show(first + words)
        elif self.sends_screen:
            self.tell()

    def read_by_lines(self, seconds: float, wpm: float, line: int = 10) -> None:
        """Read on in silence, scrolling line by line, the eyes in the middle of the screen."""
        self.read(self.screen / 2 / wpm * 60, words=line)
        self.did.read_words += self.screen // 2 - line
        for _ in range(round(seconds * wpm / 60 / line)):
            if self.is_at_end:
                break
            self.read(line / wpm * 60, words=line)

    def listen(self, seconds: float, *, step: float = WHILE_MOVING) -> None:
        """Have the book read aloud, the page following, and pause."""
        start, words_per_second = self.word, NARRATION_WPM / 60
        chapter = max(first for first in self.chapters if first <= start)
        began = (start - chapter) / words_per_second
        self._is_playing, self._sound = True, began
        self.tell()
        until, opened = self.clock + seconds, self.clock
        while self.clock < until and self.word < self.end:
            self.clock = min(until, self.clock + step)
            passed = (self.clock - opened) * self.rate
            self.word = min(self.end, start + int(passed * words_per_second + 1e-6))
            chapter = max(first for first in self.chapters if first <= self.word)
            self._sound = (
                began + passed - (chapter - (start - began * words_per_second)) / (words_per_second)
            )
            if self.word > self.seen[0] + self.screen * 2 // 3:
                self.top = self.word - self.screen // 3
            self._is_playing = self.clock < until
            self.tell()
        self._is_playing = False
        self.did.heard_words += self.word - start + (self.word == self.end)
        self.did.heard_time += self.clock - opened

    def skim(self, words: int, seconds: float) -> None:
        """Turn the wheel."""
        start, steps = self.top, max(1, round(seconds / WHILE_MOVING))
        for number in range(1, steps + 1):
            self.clock += seconds / steps
            self.show(start + words * number // steps)

    def leaf_back(self, words: int, seconds: float) -> None:
        """Have a look at what was before, and come back."""
        here = self.top
        self.show(here - words)
        self.stay(seconds)
        self.show(here)

    def walk_away(self, seconds: float, *, unnoticed: float = 0.0) -> None:
        """Leave the page open; after ``unnoticed`` seconds it sees that the child has gone."""
        self.stay(unnoticed)
        self.is_here = False
        self.tell()
        self.stay(seconds - unnoticed)
        self.is_here = True
        self.tell()


def at_once(*pages: SimulatedPage) -> list[tuple[int, Moment]]:
    """What several pages of one child send, in order of time, each with its page's number."""
    sent = [(number, moment) for number, page in enumerate(pages) for moment in page.moments]
    return sorted(sent, key=lambda each: each[1].at)


def _reader(screen_seconds: float) -> Callable[[SimulatedPage], None]:
    def play(page: SimulatedPage) -> None:
        for _ in range(max(5, round(240 / screen_seconds))):
            page.read(screen_seconds)

    return play


def _listener(rate: float) -> Callable[[SimulatedPage], None]:
    def play(page: SimulatedPage) -> None:
        page.rate = rate
        page.listen(240)

    return play


def _skimmer(page: SimulatedPage) -> None:
    page.skim(page.end, 39)


def _skimmer_who_reads(page: SimulatedPage) -> None:
    page.skim(6 * page.screen, 6)
    page.show(0)
    _reader(45)(page)


def _jumper(page: SimulatedPage) -> None:
    for share in (0.7, 0.1, 0.5, 0.9, 0.3):
        page.stay(8)
        page.show(int(page.word_count * share))


def _leafer(page: SimulatedPage) -> None:
    for _ in range(5):
        page.read(25, words=page.screen // 2, turn=False)
        page.leaf_back(page.screen, 3)
        page.did.read_words += page.screen - page.screen // 2
        page.did.read_time += 20
        page.stay(20)
        page.show(page.top + page.screen)


def _rereader(page: SimulatedPage) -> None:
    _reader(45)(page)
    page.show(page.top - 3 * page.screen)
    for _ in range(3):
        page.read(40)


def _wanderer(page: SimulatedPage) -> None:
    page.read(45)
    page.read(45)
    # The page waits for as long as its words take the slowest reader.
    page.walk_away(600, unnoticed=1.5 * page.screen)
    page.read(45)


def _pauser(page: SimulatedPage) -> None:
    page.listen(60)
    page.stay(29)
    page.word = min(page.end, page.word + 220)
    page.top = max(0, page.word - page.screen // 3)
    page.listen(60)


def _stuck(page: SimulatedPage) -> None:
    page.read(45)
    page.read(60, words=60, turn=False)
    page.tell("raise_hand")
    page.stay(60)
    page.tell()
    page.did.read_time += 60


def _stays(page: SimulatedPage) -> None:
    page.stay(60)
    page.tell()


def _in_turn(page: SimulatedPage) -> None:
    for number in range(60):
        page.stay(4)
        page.show(2 * page.screen * (number % 2 == 0))


def _scroller(page: SimulatedPage) -> None:
    page.read_by_lines(300, 150)


def _mixed(page: SimulatedPage) -> None:
    _listener(1.0)(page)
    page.show(page.word)
    _reader(45)(page)


CHILDREN: Final[dict[str, Callable[[SimulatedPage], None]]] = {
    "reads silently": _reader(45),
    "reads slowly": _reader(90),
    "scrolls by lines": _scroller,
    "listens": _listener(1.0),
    "listens quickly": _listener(1.5),
    "listens, then reads": _mixed,
    "skims": _skimmer,
    "skims, then reads": _skimmer_who_reads,
    "jumps about": _jumper,
    "leafs back": _leafer,
    "rereads": _rereader,
    "walks away": _wanderer,
    "pauses and reads from elsewhere": _pauser,
    "gets stuck": _stuck,
    "goes to and fro": _in_turn,
}

#: How a child goes on who does not do the same again.
AFTERWARDS: Final[dict[Callable[[SimulatedPage], None], Callable[[SimulatedPage], None]]] = {
    _stuck: _stays,
}

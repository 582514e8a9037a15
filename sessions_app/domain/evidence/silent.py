"""Silent reading: what the screens that stood before a child, one after the other, are worth.

Time on a screen earns a budget of words at the pace of a fast reader of the child's grade. Words
are read when the budget covers them: all that the screen holds, once it has stood for so long, or
those that leave it, when the child reads on. Words that leave it sooner were paged. The seconds
count together with the words that they were spent on, at most 1.5 for each (40 words a minute).

A screen that is left open looks like one that is read slowly. So of a screen that is read, what the
child's own pace takes counts at once; what lies beyond counts when the child then does something,
and never where they turn out to have gone.
"""

from __future__ import annotations

from typing import Final

from .evidence import Evidence, Gain
from .silent_rates import SECONDS_PER_WORD
from .watch import SCREENFUL, Run, View, Watch
from .word_ranges import add, count, missing

# What may be saved up for the next screen: nobody reads each screen at the same pace.
CARRIED: Final = 0.25
# Who turns to a screen that holds at least this much else has turned the page.
PAGE_TURN: Final = 0.75
# Having reread so many words, a child may read the first of them yet again.
REREAD_MEMORY: Final = 600
ROUNDING: Final = 1e-6
# Reports are at most so far apart: whoever is said to be gone was seen so long before.
REPORTS_APART: Final = 10.0
# A slow reader may be thought to have gone, and turn the page so soon after.
FORGIVEN: Final = 30.0


def begin(view: View, *, is_aside: bool = False, after_hearing: int | None = None) -> Run:
    """A new run; ``after_hearing`` is the word that the narration stopped before."""
    run = Run(
        first=view.first,
        last=view.last,
        shown=view.last,
        next_word=view.first,
        own_from=view.first,
        by_place=view.by_place,
        stock=view.last + 1 - view.first,
        is_aside=is_aside,
    )
    if after_hearing is not None:
        run.after_hearing = True
        run.next_word = max(view.first, min(after_hearing, view.last + 1))
    return run


def settle_held(watch: Watch, gain: Gain, *, leaves: bool, away: float, acts: bool) -> None:
    """Decide on the seconds that are held: they count where the child ``acts``, or ``leaves``
    before the page could have missed them; they do not after so many seconds ``away``."""
    for run in (watch.main, watch.aside):
        if run is None or not run.held:
            continue
        if away > FORGIVEN:
            run.held = 0.0
        elif acts or (leaves and run.stock * SECONDS_PER_WORD > REPORTS_APART):
            _release(run, gain)


def _release(run: Run, gain: Gain) -> None:
    gain.read_time += run.held * run.share
    run.own_time += run.held
    run.held = 0.0


class Silent:
    """One report of a child who reads silently (or does nothing)."""

    __slots__ = ("evidence", "gain", "judged", "seconds", "taken", "view", "watch")

    def __init__(
        self,
        evidence: Evidence,
        watch: Watch,
        gain: Gain,
        view: View,
        *,
        seconds: float,
        taken: float,
        judged: bool,
    ) -> None:
        """``seconds`` passed since the last report, and ``taken`` more in which another session of
        the child was read; without ``judged`` nothing that is left
        behind is read or paged: the child had a break, was away or chose another place."""
        self.evidence, self.watch, self.gain = evidence, watch, gain
        self.view, self.seconds, self.taken, self.judged = view, seconds, taken, judged

    def look(self) -> None:
        """Follow the child to what is shown now, and count what came of the time before."""
        watch, view = self.watch, self.view
        main, aside = watch.main, watch.aside
        if main is None or main.by_place != view.by_place:
            watch.main, watch.aside = begin(view), None
            self._stand(watch.main)
        elif aside is None:
            if main.reaches(view):
                self._read_on(main)
            elif main.still_shows(view):
                self._stand(main)
            else:
                self._look_aside(main)
        elif aside.reaches(view):
            self._read_on(aside)
            if watch.aside is not None and main.reaches(view):
                self._return_to(main)
        elif aside.still_shows(view):
            self._stand(aside)
        elif main.reaches(view) or main.still_shows(view):
            self._return_to(main)
        else:
            self._look_aside(aside)

    def _look_aside(self, run: Run) -> None:
        """The child goes somewhere else. Where only places are sent, the time before it may yet be
        told to have been reading, by going on; otherwise it counts nothing."""
        if run.by_place:
            self._stand(run)
        self.watch.aside = begin(self.view, is_aside=True)

    def _return_to(self, main: Run) -> None:
        self.watch.aside = None
        if self.view.first >= main.first:
            self._leave(main, self.view.first)
            self._show(main)

    def _read_on(self, run: Run) -> None:
        view = self.view
        upto = view.first
        if run.by_place and view.first == view.end:
            upto += 1
        self._stand(run, upto)
        if view.first > run.first or upto > run.next_word:
            self._leave(run, upto)
        self._show(run)

    def _stand(self, run: Run, upto: int = 0) -> None:
        """Let time pass over a screen whose words before ``upto`` are about to leave it."""
        seconds = self.seconds
        run.elsewhere += self.taken * self.view.words_per_second
        if seconds <= 0:
            return
        unread = max(run.last + 1, upto) - run.next_word
        if unread <= 0:
            paid = min(seconds, run.stock * SECONDS_PER_WORD)
            run.is_overdue |= paid < seconds
            spent = (run.size - run.stock) * SECONDS_PER_WORD
            own = max(0.0, run.size * self.view.seconds_per_word - max(0.0, spent))
            self._pay(run, min(paid, own))
            self._hold(run, paid - min(paid, own))
            allowed = CARRIED * run.size
            run.budget = min(run.budget + paid * self.view.words_per_second, allowed)
            return
        longest = (SCREENFUL if run.by_place else run.stock) * SECONDS_PER_WORD
        self.gain.claims |= run.pending < longest
        run.is_overdue |= run.pending + seconds > longest
        run.pending = min(run.pending + seconds, longest)
        allowed = unread + CARRIED * run.size
        run.budget = min(run.budget + seconds * self.view.words_per_second, allowed)
        on_screen = run.last + 1 - run.next_word
        needs_turning = run.by_place or (run.after_hearing and run.last < self.view.end)
        covers_all = unread > on_screen and unread <= run.budget + ROUNDING
        if not needs_turning and not covers_all and 0 < on_screen <= run.budget + ROUNDING:
            self._read(run, run.last)

    def _leave(self, run: Run, upto: int) -> None:
        """Judge the words before ``upto``, which have left the screen."""
        was_read = True
        if self.judged:
            _release(run, self.gain)
        if upto > run.next_word:
            skipped = run.by_place or upto > run.last + 1
            if not self.judged or (run.after_hearing and skipped):
                run.budget = run.pending = 0.0
                was_read = False
            elif upto - run.next_word <= run.budget + ROUNDING:
                self._read(run, upto - 1)
            else:
                if upto - run.next_word <= run.budget + run.elsewhere:
                    # They stood long enough, but one child reads one book at a time.
                    self._pay(run, run.pending)
                else:
                    self._page(run.next_word, upto - 1)
                run.budget = run.pending = 0.0
                was_read = False
            run.next_word = upto
            run.elsewhere = 0.0
        self._settle_pace(run, told=was_read and self.judged)

    def _settle_pace(self, run: Run, *, told: bool) -> None:
        """Count what was read since the child turned the page last as the child's own pace.

        Who scrolls by lines may be anywhere on the first screen, so there it begins with the
        second.
        """
        view, enough = self.view, PAGE_TURN * run.size
        if not told or run.is_aside or run.is_overdue or run.after_hearing:
            run.is_steady = False
        elif run.by_place or view.first - run.own_from >= enough:
            if run.by_place or run.is_steady or view.first - run.first >= enough:
                self.gain.own_words += run.own_words
                self.gain.own_time += run.own_time
            run.is_steady = True
        else:
            return
        run.own_from, run.own_words, run.own_time = view.first, 0, 0.0
        run.is_overdue = False
        run.after_hearing = run.after_hearing and view.first == run.first

    def _show(self, run: Run) -> None:
        view = self.view
        entering = max(0, view.last - run.shown)
        run.first, run.last, run.shown = view.first, view.last, max(run.shown, view.last)
        # What is covered for a while, by a card or a menu, keeps its time.
        run.stock = min(run.shown + 1 - run.first, run.stock + entering)

    def _read(self, run: Run, last: int) -> None:
        """The words from ``run.next_word`` to ``last`` are read, and their time counts."""
        first, gain = run.next_word, self.gain
        words = last + 1 - first
        new = add(self.evidence.covered, first, last)
        counted = words
        if run.is_aside and new < words:
            counted = self._reread(first, last)
        run.share = counted / words
        longest = (words if run.by_place else run.stock) * SECONDS_PER_WORD
        paid = min(run.pending, longest)
        run.is_overdue |= paid < run.pending
        self._pay(run, paid)
        lost = (run.pending - paid) * self.view.words_per_second
        run.budget = max(0.0, min(run.budget - words - lost, CARRIED * run.size))
        run.pending = 0.0
        run.next_word = last + 1
        gain.read_words += counted
        run.own_words += counted
        if counted:
            gain.ranges.append((first, last))
        if run.is_aside and new:
            # What is new is read here: this is where the child reads on.
            run.is_aside = False
            self.watch.main, self.watch.aside = run, None

    def _page(self, first: int, last: int) -> None:
        for piece in missing(self.evidence.covered, first, last):
            add(self.evidence.paged, *piece)

    def _reread(self, first: int, last: int) -> int:
        reread = self.watch.reread
        if count(reread) >= REREAD_MEMORY:
            reread.clear()
        return add(reread, first, last)

    def _hold(self, run: Run, seconds: float) -> None:
        run.stock = max(0.0, run.stock - seconds / SECONDS_PER_WORD)
        run.held += seconds
        self.gain.claims |= seconds > 0

    def _pay(self, run: Run, seconds: float) -> None:
        """Count seconds, and take them from what the screen accounts for."""
        run.stock = max(0.0, run.stock - seconds / SECONDS_PER_WORD)
        self.gain.read_time += seconds * run.share
        run.own_time += seconds
        self.gain.claims |= seconds > 0

"""Taking in a report: which of the rules it falls under."""

from __future__ import annotations

from .evidence import Evidence, Gain, reading_speed
from .listening import is_listening, listen
from .silent import Silent, begin, settle_held
from .watch import PlaceReport, View, Watch


def note(
    evidence: Evidence,
    watch: Watch,
    report: PlaceReport,
    *,
    grade: int,
    word_count: int,
    counted_until: float = 0.0,
) -> Gain:
    """Add to ``evidence`` what ``report`` shows, and return what that was.

    ``grade`` is the child's, 0 for kindergarten; ``report.word_index`` lies in the book.
    Hand in the place that a connection opens with, too: time counts from the first report on.
    ``counted_until`` is the moment up to which the child's time is taken by another session of
    theirs: the ``at`` of that session's last report whose gain ``claims``.
    """
    gain = Gain()
    if report == watch.last:
        return gain
    end = word_count - 1
    paged = evidence.paged_words
    seen = report.seen or _kept(watch.seen, report.word_index)
    view = View.of(report, seen, grade=grade, end=end, own_wpm=reading_speed(evidence))
    playing = watch.is_playing if report.is_playing is None else report.is_playing
    is_here = report.here is not False
    gap = seconds = 0.0
    _settle(watch, report, seen, gain, is_here=is_here)
    is_watched = watch.at is not None and is_here and watch.is_here
    if watch.at is not None and is_watched:
        gap = max(0.0, report.at - watch.at)
        seconds = min(gap, max(0.0, report.at - counted_until))
    if is_watched and is_listening(watch, report, playing, gap):
        listen(watch, report, evidence.covered, gain, seconds=seconds, end=end)
        heard_to = report.word_index + (report.word_index == end)
        watch.main, watch.aside = begin(view, after_hearing=heard_to), None
    else:
        # A place that the narration starts at or is set to was chosen, not come to by reading.
        chosen = report.word_index != watch.word_index and (playing or _seeks(watch, report))
        judged = is_watched and not chosen
        seconds, taken = (0.0, 0.0) if chosen else (seconds, gap - seconds)
        Silent(evidence, watch, gain, view, seconds=seconds, taken=taken, judged=judged).look()
    _remember(watch, report, seen, playing, is_here=is_here)
    gain.paged_words = evidence.paged_words - paged
    evidence.take(gain)
    return gain


def count_held(evidence: Evidence, watch: Watch) -> Gain:
    """Add what was held back to ``evidence``: the child does something that no place tells of."""
    gain = Gain()
    settle_held(watch, gain, leaves=False, away=0.0, acts=watch.is_here)
    evidence.take(gain)
    return gain


def _settle(
    watch: Watch,
    report: PlaceReport,
    seen: tuple[int, int] | None,
    gain: Gain,
    *,
    is_here: bool,
) -> None:
    """Decide on what was held back, by whether the child went, was away, or does something."""
    settle_held(
        watch,
        gain,
        leaves=watch.is_here and not is_here,
        away=0.0 if watch.is_here else report.at - watch.left_at,
        acts=is_here and _acts(watch, report, seen),
    )


def _acts(watch: Watch, report: PlaceReport, seen: tuple[int, int] | None) -> bool:
    """Whether something is otherwise than at the last report, as by a child's hand."""
    before = (watch.word_index, watch.seen, bool(watch.is_playing))
    return before != (report.word_index, seen, bool(report.is_playing))


def _kept(seen: tuple[int, int] | None, word_index: int) -> tuple[int, int] | None:
    """The screen of the report before, where one that names none is still on it."""
    return seen if seen is not None and seen[0] <= word_index <= seen[1] else None


def _seeks(watch: Watch, report: PlaceReport) -> bool:
    before, after = watch.audio_timestamp, report.audio_timestamp
    return before is not None and after is not None and before != after


def _remember(
    watch: Watch,
    report: PlaceReport,
    seen: tuple[int, int] | None,
    playing: bool | None,
    *,
    is_here: bool,
) -> None:
    watch.at = report.at if watch.at is None else max(watch.at, report.at)
    watch.last = report
    watch.left_at = report.at if watch.is_here and not is_here else watch.left_at
    watch.word_index, watch.seen, watch.is_here = report.word_index, seen, is_here
    watch.is_playing, watch.audio_timestamp = playing, report.audio_timestamp
    if report.rate is not None:
        watch.rate = report.rate
    if not playing:
        watch.lag = 0.0

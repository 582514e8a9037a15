"""One session in plots: where in the book was read, when, and how fast."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ..places import Contents, contents_of
from ..wording import percent
from . import plots
from .plots import Axis, Mark
from .reading_records import ReadingSpan, Record


@dataclass(frozen=True)
class Plots:
    coverage: SafeString
    timeline: SafeString
    speed: SafeString
    covered: float


def plots_of(record: Record) -> Plots:
    """Where in the book was read, when, and how fast."""
    book, state = record.session.book, record.state
    covered = state.progress(book.word_count)
    marks = [(each.word_index, "asked") for each in record.questions]
    marks += [
        (each.checkpoint.at_word, "right" if each.correct else "wrong") for each in record.attempts
    ]
    contents = contents_of([book.pk]).get(book.pk, Contents())
    coverage = plots.strip(
        f"Read or heard: {percent(covered)} percent of the book",
        book.word_count,
        [(first, last) for first, last in state.evidence.covered],
        chapters=contents.starts,
        place=state.word_index,
        marks=marks,
    )
    return Plots(coverage, _timeline(record), _speed(record), covered)


def _timeline(record: Record) -> SafeString:
    count = record.session.book.word_count
    clock = _ReadingClock(record)
    first = [
        (0.0, 100 * (reading_span.first_word + 1) / count)
        for reading_span in record.reading_spans[:1]
    ]
    points = [
        *first,
        *((at, 100 * (reading_span.last_word + 1) / count) for at, reading_span in clock.ends),
    ]
    marks = [
        Mark(clock.at(each.at), 100 * (each.word_index + 1) / count, "asked")
        for each in record.questions
    ]
    return plots.line(
        "Place in the book over reading time",
        points,
        x=Axis("reading time, minutes"),
        y=Axis("place, %"),
        marks=marks,
        top=100,
    )


def _speed(record: Record) -> SafeString:
    clock = _ReadingClock(record)
    points = [
        (at, reading_span.pace) for at, reading_span in clock.ends if reading_span.pace is not None
    ]
    return plots.line(
        "Reading speed over reading time",
        points,
        x=Axis("reading time, minutes"),
        y=Axis("words per minute"),
    )


class _ReadingClock:
    """Reading time in minutes: the clock that stands still while nobody reads."""

    def __init__(self, record: Record) -> None:
        self.ends: list[tuple[float, ReadingSpan]] = []
        total = 0.0
        for reading_span in record.reading_spans:
            total += reading_span.seconds / 60
            self.ends.append((round(total, 2), reading_span))

    def at(self, moment: dt.datetime) -> float:
        """The reading time at a moment; between two reading spans it stands still."""
        before = 0.0
        for end, reading_span in self.ends:
            if moment < reading_span.ended_at:
                missing = (reading_span.ended_at - moment).total_seconds() / 60
                return max(before, end - missing)
            before = end
        return before

"""One session in plots: where in the book was read, when, and how fast."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ...contents import tables_of_contents
from ...wording import percent
from ..amounts import ReadingAmounts
from ..plots.line import PlotMark, line
from ..plots.strip import strip
from ..reading_records import ReadingRecord, SpanRecord

TIME_AXIS = "time of reading and listening, minutes"


@dataclass(frozen=True)
class SessionPlots:
    coverage: SafeString
    timeline: SafeString
    speed: SafeString


def session_plots(record: ReadingRecord) -> SessionPlots:
    """Where in the book was read, when, and how fast."""
    return SessionPlots(_coverage(record), _timeline(record), _speed(record))


def _coverage(record: ReadingRecord) -> SafeString:
    book = record.session.book
    marks = [(question.word_index, "asked") for question in record.questions]
    marks += [
        (attempt.checkpoint.at_word, "right" if attempt.correct else "wrong")
        for attempt in record.attempts
    ]
    return strip(
        f"Read or heard: {percent(record.progress)} percent of the book",
        book.word_count,
        record.covered,
        chapters=tables_of_contents([book.pk])[book.pk].starts,
        place=record.word_index,
        marks=marks,
    )


def _timeline(record: ReadingRecord) -> SafeString:
    clock = ReadingClock(record.spans)
    points = [(at, 100 * record.place_of(span.last_word)) for at, span in clock.ends]
    if record.spans:
        points.insert(0, (0.0, 100 * record.place_of(record.spans[0].first_word)))
    marks = [
        PlotMark(clock.at(question.at), 100 * record.place_of(question.word_index), "asked")
        for question in record.questions
    ]
    title = "Place in the book over reading time"
    return line(title, points, x_name=TIME_AXIS, y_name="place, %", marks=marks, top=100)


def _speed(record: ReadingRecord) -> SafeString:
    points, since = [], ReadingAmounts()
    for at, span in ReadingClock(record.spans).ends:
        since += span.amounts
        if since.pace is not None:
            points.append((at, since.pace))
            since = ReadingAmounts()
    title = "Own pace in silent reading, over reading time"
    return line(title, points, x_name=TIME_AXIS, y_name="words per minute")


class ReadingClock:
    """Time of reading and listening in minutes: it stands still while nobody does. ``ends`` has
    when each span ended by it."""

    def __init__(self, spans: list[SpanRecord]) -> None:
        self.ends: list[tuple[float, SpanRecord]] = []
        total = 0.0
        for span in spans:
            total += span.amounts.seconds / 60
            self.ends.append((round(total, 2), span))

    def at(self, moment: dt.datetime) -> float:
        """The reading time at a moment; between two reading spans it stands still."""
        before = 0.0
        for end, span in self.ends:
            if moment < span.ended_at:
                missing = (span.ended_at - moment).total_seconds() / 60
                return max(before, end - missing)
            before = end
        return before

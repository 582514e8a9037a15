"""One session as its teacher sees it: tables, plots, and the page that the child is on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from library.models import Chapter
from library.reading import book_structure
from sessions_app.domain import audit
from sessions_app.domain.audit import EventFacts
from sessions_app.models import Event, EventKind

from . import plots
from .places import Contents, contents_of
from .plots import Axis, Mark
from .records import Record, Span
from .tables import Column, Table, Value
from .wording import OUTCOMES, answered_by, percent

PARAGRAPHS_AROUND: Final = 1

EVENTS: Final[dict[str, str]] = {
    EventKind.STARTED: "Began the book",
    EventKind.RESUMED: "Came back",
    EventKind.PAUSED: "Stopped",
    EventKind.IDLE: "Stopped by itself: nothing happened for a while",
    EventKind.CHAPTER_REACHED: "Came to a new chapter",
    EventKind.ASKED: "Asked a question",
    EventKind.ANSWERED: "Got the answer",
    EventKind.FAILED: "No answer came",
    EventKind.CANCELLED: "Took the question back",
    EventKind.FLAGGED: "A message was flagged",
    EventKind.READ_ON: "Read on",
    EventKind.REPEATED: "Went to another place to hear it",
    EventKind.CHECKPOINT: "Answered a question in the book",
    EventKind.HAND_RAISED: "Raised a hand",
    EventKind.HAND_LOWERED: "Lowered the hand",
    EventKind.COMPLETED: "Finished",
    EventKind.TAKEN_OVER: "Went on in another window or on another device",
    EventKind.EXPORTED: "A copy was made",
    EventKind.ERASED: "Erased",
}


@dataclass(frozen=True)
class Piece:
    """Words of the page: plain, of the sentence that the child is in, or the very word."""

    text: str
    kind: str


@dataclass(frozen=True)
class Page:
    """The paragraphs around the child's place."""

    chapter: str
    paragraphs: list[list[Piece]]


def page_of(record: Record) -> Page:
    """What the child has before them."""
    word = record.state.word_index
    chapter = (
        Chapter.objects.filter(book=record.session.book_id, first_word_index__lte=word)
        .order_by("-first_word_index")
        .first()
    )
    if chapter is None:
        return Page("", [])
    before, at = chapter.first_word_index, 0
    starts = []
    for paragraph in chapter.paragraphs:
        starts.append(before)
        before += sum(len(sentence) for sentence in paragraph)
    at = max(place for place, start in enumerate(starts) if start <= word)
    first, last = max(0, at - PARAGRAPHS_AROUND), at + PARAGRAPHS_AROUND + 1
    shown = [
        _pieces(paragraph, start, word)
        for paragraph, start in zip(chapter.paragraphs[first:last], starts[first:last], strict=True)
    ]
    return Page(chapter.title, shown)


def _pieces(paragraph: list[list[str]], start: int, word: int) -> list[Piece]:
    pieces: list[Piece] = []
    for sentence in paragraph:
        end = start + len(sentence)
        if not start <= word < end:
            pieces.append(Piece(" ".join(sentence), ""))
        else:
            at = word - start
            parts = (
                (sentence[:at], "sentence"),
                ([sentence[at]], "word"),
                (
                    sentence[at + 1 :],
                    "sentence",
                ),
            )
            pieces += [Piece(" ".join(words), kind) for words, kind in parts if words]
        start = end
    return pieces


def _place(record: Record, contents: Contents, word: int) -> str:
    where = percent((word + 1) / record.session.book.word_count)
    chapter = contents.place(word)
    return f"{chapter}, {where}%" if chapter else f"{where}%"


def tables(record: Record) -> list[Table]:
    """Every table of the page, for the screen and for exports."""
    contents = contents_of([record.session.book_id]).get(record.session.book_id, Contents())
    return [
        _questions(record, contents),
        _attempts(record, contents),
        _words(record, contents),
        _spans(record, contents),
        _log(record, contents),
    ]


def _questions(record: Record, contents: Contents) -> Table:
    book = book_structure(record.session.book_id)
    rows: list[list[Value]] = [
        [
            each.at,
            _place(record, contents, each.word_index),
            book.sentence_text(each.word_index),
            each.text,
            each.answer,
            answered_by(each.answered_by),
            OUTCOMES[each.status],
        ]
        for each in record.questions
    ]
    columns = [
        Column("When", "time"),
        Column("Place"),
        Column("Sentence"),
        Column("Question"),
        Column("Answer"),
        Column("Answered by"),
        Column("Outcome"),
    ]
    return Table("questions", "Questions and answers", columns, rows, "No questions yet.")


def _attempts(record: Record, contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [
            each.at,
            _place(record, contents, each.checkpoint.at_word),
            each.checkpoint.kind,
            each.checkpoint.question,
            each.number,
            each.answer,
            "right" if each.correct else "not yet",
            each.score,
        ]
        for each in record.attempts
    ]
    columns = [
        Column("When", "time"),
        Column("Place"),
        Column("Kind"),
        Column("Question in the book"),
        Column("Try", "number"),
        Column("Answer"),
        Column("Result"),
        Column("Score", "percent"),
    ]
    return Table("checkpoints", "Questions in the book, every try", columns, rows, "None met yet.")


def _words(record: Record, contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [each.word, each.meaning, _place(record, contents, each.word_index), each.at]
        for each in record.questions
        if each.word
    ]
    columns = [Column("Word"), Column("Meaning"), Column("Place"), Column("When", "time")]
    return Table("words", "Words looked up", columns, rows, "No words looked up yet.")


def _spans(record: Record, contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [
            each.ended_at,
            round(each.seconds / 60, 1),
            each.words,
            each.pace,
            _place(record, contents, each.first_word),
            _place(record, contents, each.last_word),
        ]
        for each in record.spans
    ]
    columns = [
        Column("Until", "time"),
        Column("Reading time", "number", "min"),
        Column("Words read", "number"),
        Column("Pace", "number", "words per min"),
        Column("From"),
        Column("To"),
    ]
    return Table("stretches", "Reading, stretch by stretch", columns, rows)


def _log(record: Record, contents: Contents) -> Table:
    events = Event.objects.filter(session=record.session).order_by("seq")
    rows: list[list[Value]] = []
    for event in events:
        facts = audit.facts_of(event, record.vault)
        word = facts.word_index
        place = "" if word is None else _place(record, contents, word)
        rows.append([event.seq, event.at, EVENTS.get(event.kind, event.kind), place, _more(facts)])
    columns = [
        Column("No.", "number"),
        Column("When", "time"),
        Column("What"),
        Column("Place"),
        Column("More"),
    ]
    return Table("log", "The log", columns, rows)


def _more(facts: EventFacts) -> str:
    parts = []
    if facts.correct is not None:
        parts.append("right" if facts.correct else "not yet right")
    if facts.attempts is not None:
        parts.append(f"try {facts.attempts}")
    if facts.understood is not None:
        parts.append("understood" if facts.understood else "not understood")
    if facts.helpful is not None:
        parts.append("helpful" if facts.helpful else "not helpful")
    if facts.reason:
        parts.append(facts.reason)
    return ", ".join(parts)


@dataclass(frozen=True)
class Plots:
    coverage: SafeString
    timeline: SafeString
    speed: SafeString
    covered: float


def plots_of(record: Record) -> Plots:
    """Where in the book was read, when, and how fast."""
    book, state = record.session.book, record.state
    covered = sum(last - first + 1 for first, last in state.covered) / book.word_count
    marks = [(each.word_index, "asked") for each in record.questions]
    marks += [
        (each.checkpoint.at_word, "right" if each.correct else "wrong") for each in record.attempts
    ]
    contents = contents_of([book.pk]).get(book.pk, Contents())
    coverage = plots.strip(
        f"Read or heard: {percent(covered)} percent of the book",
        book.word_count,
        state.covered,
        chapters=contents.starts,
        place=state.word_index,
        marks=marks,
    )
    return Plots(coverage, _timeline(record), _speed(record), covered)


def _timeline(record: Record) -> SafeString:
    count = record.session.book.word_count
    clock = _ReadingClock(record)
    first = [(0.0, 100 * (span.first_word + 1) / count) for span in record.spans[:1]]
    points = [*first, *((at, 100 * (span.last_word + 1) / count) for at, span in clock.ends)]
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
    points = [(at, span.pace) for at, span in clock.ends if span.pace is not None]
    return plots.line(
        "Reading speed over reading time",
        points,
        x=Axis("reading time, minutes"),
        y=Axis("words per minute"),
    )


class _ReadingClock:
    """Reading time in minutes: the clock that stands still while nobody reads."""

    def __init__(self, record: Record) -> None:
        self.ends: list[tuple[float, Span]] = []
        total = 0.0
        for span in record.spans:
            total += span.seconds / 60
            self.ends.append((round(total, 2), span))

    def at(self, moment: dt.datetime) -> float:
        """The reading time at a moment; between two stretches it stands still."""
        before = 0.0
        for end, span in self.ends:
            if moment < span.ended_at:
                missing = (span.ended_at - moment).total_seconds() / 60
                return max(before, end - missing)
            before = end
        return before

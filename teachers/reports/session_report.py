"""One session as its teacher sees it: every table of its page and of its files."""

from __future__ import annotations

from typing import Final

from library.book_structure import book_structure
from sessions_app.domain import audit
from sessions_app.domain.audit import EventFacts
from sessions_app.models import Event, EventKind

from ..places import Contents, contents_of
from ..wording import OUTCOMES, answered_by, percent
from .reading_records import Record
from .tables import Column, Table, Value

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
        _stretches(record, contents),
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
        for each in sorted([*record.questions, *record.concerns], key=lambda asked: asked.at)
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


def _stretches(record: Record, contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [
            each.ended_at,
            round(each.seconds / 60, 1),
            each.words,
            each.pace,
            _place(record, contents, each.first_word),
            _place(record, contents, each.last_word),
        ]
        for each in record.reading_spans
    ]
    columns = [
        Column("Until", "time"),
        Column("Reading time", "number", "min"),
        Column("Words read", "number"),
        Column("Pace", "number", "words per min"),
        Column("From"),
        Column("To"),
    ]
    return Table("reading_spans", "Reading spans", columns, rows)


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

"""One session as its teacher sees it: every table of its page and of its files."""

from __future__ import annotations

from collections.abc import Callable

from library.book_structure import book_structure
from sessions_app.domain import audit
from sessions_app.domain.audit import EventFacts
from sessions_app.models import Event

from ...contents import tables_of_contents
from ...tables import Column, ReportTable, report_table
from ...wording import OUTCOMES, answered_by, percent
from ..figures import reading_columns
from ..reading_records import AttemptRecord, QuestionRecord, ReadingRecord, SpanRecord
from .log_wording import event_details, event_name

#: Where in the book a word is.
PlaceText = Callable[[int], str]


def session_tables(record: ReadingRecord) -> list[ReportTable]:
    """Every table of the page, for the screen and for exports."""
    place = _place_text(record)
    return [
        _questions_table(record, place),
        _attempts_table(record, place),
        _words_table(record, place),
        _reading_spans_table(record, place),
        _log_table(record, place),
    ]


def _place_text(record: ReadingRecord) -> PlaceText:
    book = record.session.book_id
    contents = tables_of_contents([book])[book]

    def place(word: int) -> str:
        share, chapter = f"{percent(record.place_of(word))}%", contents.chapter_label(word)
        return f"{chapter}, {share}" if chapter else share

    return place


def _questions_table(record: ReadingRecord, place: PlaceText) -> ReportTable:
    book = book_structure(record.session.book_id)
    columns: list[Column[QuestionRecord]] = [
        Column("When", lambda question: question.at, "time"),
        Column("Place", lambda question: place(question.word_index)),
        Column("Sentence", lambda question: book.sentence_text(question.word_index)),
        Column("Question", lambda question: question.text),
        Column("Answer", lambda question: question.answer),
        Column("Answered by", lambda question: answered_by(question.answered_by)),
        Column("Outcome", lambda question: OUTCOMES[question.status]),
    ]
    title, empty = "Questions and answers", "No questions yet."
    asked = sorted([*record.questions, *record.concerns], key=lambda question: question.at)
    return report_table("questions", title, columns, asked, empty=empty)


def _attempts_table(record: ReadingRecord, place: PlaceText) -> ReportTable:
    columns: list[Column[AttemptRecord]] = [
        Column("When", lambda attempt: attempt.at, "time"),
        Column("Place", lambda attempt: place(attempt.checkpoint.at_word)),
        Column("Kind", lambda attempt: attempt.checkpoint.kind),
        Column("Question in the book", lambda attempt: attempt.checkpoint.question),
        Column("Try", lambda attempt: attempt.number, "number"),
        Column("Answer", lambda attempt: attempt.answer),
        Column("Result", lambda attempt: "right" if attempt.correct else "not yet"),
        Column("Score", lambda attempt: attempt.score, "percent"),
    ]
    title, empty = "Questions in the book, every try", "None met yet."
    return report_table("checkpoints", title, columns, record.attempts, empty=empty)


def _words_table(record: ReadingRecord, place: PlaceText) -> ReportTable:
    columns: list[Column[QuestionRecord]] = [
        Column("Word", lambda question: question.word),
        Column("Meaning", lambda question: question.meaning),
        Column("Place", lambda question: place(question.word_index)),
        Column("When", lambda question: question.at, "time"),
    ]
    looked_up = [question for question in record.questions if question.word]
    title, empty = "Words looked up", "No words looked up yet."
    return report_table("words", title, columns, looked_up, empty=empty)


def _reading_spans_table(record: ReadingRecord, place: PlaceText) -> ReportTable:
    reading: list[Column[SpanRecord]] = reading_columns()
    columns = [
        Column("Until", lambda span: span.ended_at, "time"),
        *reading,
        Column("From", lambda span: place(span.first_word)),
        Column("To", lambda span: place(span.last_word)),
    ]
    return report_table("reading_spans", "Reading spans", columns, record.spans)


def _log_table(record: ReadingRecord, place: PlaceText) -> ReportTable:
    def where(facts: EventFacts) -> str:
        return "" if facts.word_index is None else place(facts.word_index)

    columns: list[Column[tuple[Event, EventFacts]]] = [
        Column("No.", lambda entry: entry[0].seq, "number"),
        Column("When", lambda entry: entry[0].at, "time"),
        Column("What", lambda entry: event_name(entry[0].kind)),
        Column("Place", lambda entry: where(entry[1])),
        Column("More", lambda entry: event_details(entry[1])),
    ]
    events = Event.objects.filter(session=record.session).order_by("seq")
    entries = [(event, audit.facts_of(event, record.vault)) for event in events]
    return report_table("log", "The log", columns, entries)

"""The tables about one session."""

from __future__ import annotations

import pytest

from sessions_app.models import Session
from teachers.reports.reading_records import ReadingRecord
from teachers.reports.session.open_page import open_page
from teachers.reports.session.tables import session_tables
from teachers.reports.unsealing import reading_record
from teachers.tables import ReportTable, Value
from tests.sessions_app.cast import Cast
from tests.teachers.readings import Open, connected, read_to


def record_of(open_: Open) -> ReadingRecord:
    record = reading_record(Session.objects.get(pk=open_.session_id))
    assert record is not None
    return record


@pytest.fixture
def tables(reading: Open) -> dict[str, ReportTable]:
    return {table.key: table for table in session_tables(record_of(reading))}


def column(table: ReportTable, heading: str) -> list[Value]:
    place = [each.heading for each in table.columns].index(heading)
    return [row[place] for row in table.rows]


def test_every_table_is_there_and_none_is_empty(tables: dict[str, ReportTable]) -> None:
    assert list(tables) == ["questions", "checkpoints", "words", "reading_spans", "log"]
    assert all(table.rows for table in tables.values())


def test_question_is_told_with_the_sentence_of_the_book(tables: dict[str, ReportTable]) -> None:
    assert column(tables["questions"], "Sentence") == ["It was green with rust."]
    assert column(tables["questions"], "Answered by") == ["book and dictionary"]
    assert column(tables["questions"], "Outcome") == ["answered"]


def test_every_try_at_a_question_in_the_book_is_told(tables: dict[str, ReportTable]) -> None:
    table = tables["checkpoints"]
    assert column(table, "Try") == [1, 2]
    assert column(table, "Result") == ["not yet", "right"]
    assert column(table, "Score") == [0.0, 1.0]


def test_spans_add_up_to_the_session(tables: dict[str, ReportTable]) -> None:
    assert sum(float(str(words)) for words in column(tables["reading_spans"], "Words read")) == 50


def test_log_is_in_its_order_and_in_words(tables: dict[str, ReportTable]) -> None:
    numbers = [int(str(number)) for number in column(tables["log"], "No.")]
    assert numbers == sorted(numbers)
    what = column(tables["log"], "What")
    assert what[0] == "Began the book"
    assert "Raised a hand" in what
    assert column(tables["log"], "More")[what.index("Answered a question in the book")] == (
        "not yet right, try 1"
    )


def test_place_names_the_chapter_of_a_book_that_has_several(cast: Cast) -> None:
    open_ = connected(cast.alice, cast.lamp)
    read_to(open_, 20)
    [spans] = [each for each in session_tables(record_of(open_)) if each.key == "reading_spans"]
    several = cast.lamp.chapters.count() > 1
    assert str(column(spans, "To")[0]).startswith("Ch. ") is several


def test_open_page_has_the_paragraphs_around_the_childs_word(cast: Cast) -> None:
    open_ = connected(cast.alice, cast.lamp)
    read_to(open_, 12)
    page = open_page(record_of(open_))
    [here] = [each for sentences in page.paragraphs for each in sentences if each.here]
    assert here.before.startswith("It was")
    assert 1 <= len(page.paragraphs) <= 3


def test_book_that_lost_its_text_has_an_empty_page(cast: Cast) -> None:
    open_ = connected(cast.alice, cast.lamp)
    cast.lamp.chapters.all().delete()
    assert open_page(record_of(open_)).paragraphs == []

"""A child's week in words."""

from __future__ import annotations

import datetime as dt

import pytest

from teachers.reports.letter import week_in_words
from teachers.reports.periods import last_week, period_of
from teachers.reports.reading_records import ReadingRecord
from teachers.reports.sums import daily_sums, total
from tests.teachers.records import (
    HILL,
    NOON,
    attempt,
    days_ago,
    finished,
    question,
    record,
    span,
)


def letter(*records: ReadingRecord) -> str:
    weeks = [period_of(last_week(day), dt.UTC, day) for day in (NOON.date(), days_ago(7).date())]
    week, before = (total(daily_sums(records, period).values()) for period in weeks)
    return " ".join(week_in_words("Alice", records, week, before))


def test_week_of_nothing_is_told_without_blame() -> None:
    assert letter().startswith("Alice did not read in ReaderAI this week. Ten minutes together")


@pytest.mark.parametrize(
    ("before", "told"),
    [(0, ""), (500, ""), (900, " (the week before: 15 min)"), (300, " (the week before: 5 min)")],
)
def test_week_before_is_told_where_it_differs(before: int, told: str) -> None:
    text = letter(record(span(seconds=600), span(days_ago(8), seconds=before)))
    assert text.startswith(f"This week Alice read on 1 day, for 10 min in all{told}.")


def test_books_are_finished_or_under_way() -> None:
    text = letter(finished(span()), record(span(), book=HILL, covered=[(0, 49)]))
    assert "Alice finished “The Lamp”. Alice is reading “Our Hill” (50% so far)." in text


def test_book_that_was_read_the_week_before_is_not_told() -> None:
    assert "Our Hill” (" not in letter(record(span()), record(span(days_ago(8)), book=HILL))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (1, 0, "The one question about the stories: right at the first try."),
        (2, 0, "All 2 questions about the stories: right at the first try."),
        (0, 1, "The one question about the stories: still tricky at the first try."),
        (1, 2, "Of 3 questions about the stories, 1 was answered right at the first try."),
        (2, 1, "Of 3 questions about the stories, 2 were answered right at the first try."),
    ],
)
def test_answers_are_told_in_whole_sentences(right: int, wrong: int, told: str) -> None:
    marks = [True] * right + [False] * wrong
    tries = [attempt(correct=mark, checkpoint=number) for number, mark in enumerate(marks)]
    assert told in letter(record(span(), *tries))


def test_words_are_told_and_the_questions_themselves_are_not() -> None:
    words = [question(word=word) for word in ("rust", "glow", "hum", "tin", "oak", "sly", "wry")]
    text = letter(record(span(), question(), *words))
    assert "Alice stopped to ask 8 questions." in text
    assert "New words: “glow”, “hum”, “oak”, “rust”, “sly” and “tin” and 1 more." in text
    assert "And what does “glow” mean?" in text
    assert "What is" not in text

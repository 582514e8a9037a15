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
    text = letter()
    assert text.startswith("Alice did not open a book in ReaderAI this week. Ten minutes together")


def test_reader_of_whom_nothing_could_be_counted_is_not_said_not_to_have_read() -> None:
    text = letter(record())
    assert text.startswith("Alice opened “The Lamp” this week; ReaderAI cannot tell if any of it")


def test_who_only_paged_is_neither_praised_nor_said_to_have_read() -> None:
    skimmed = span(seconds=0, words=0, paged=5900)
    text = letter(record(skimmed, status="completed", completed_at=NOON))
    assert text.startswith(
        "Alice looked through “The Lamp” this week: the pages went by too fast to be read. Ten"
    )
    for praise in ("finished", "words a minute", "read for", "day", "talk about"):
        assert praise not in text


@pytest.mark.parametrize(
    ("seconds", "heard", "told"),
    [
        (600, 0, "read for 10 min, on 1 day."),
        (0, 600, "listened for 10 min, on 1 day."),
        (600, 120, "read for 10 min and listened for 2 min, on 1 day."),
    ],
)
def test_listening_is_told_as_listening(seconds: int, heard: int, told: str) -> None:
    words = 1000 if seconds else 0
    text = letter(record(span(seconds=seconds, words=words, heard=(heard, 2 * heard))))
    assert text.startswith(f"This week Alice {told}")
    assert ("Reading without the voice, Alice read about 100 words" in text) == bool(words)


@pytest.mark.parametrize(("paged", "told"), [(99, False), (110, False), (120, True)])
def test_who_paged_much_beside_reading_is_told_of(paged: int, told: bool) -> None:
    text = letter(record(span(seconds=600, words=1000, paged=paged)))
    assert ("In “The Lamp”, Alice also turned pages too fast to have read them." in text) == told


@pytest.mark.parametrize(
    ("before", "told"),
    [(0, ""), (500, ""), (900, " (the week before: 15 min)"), (300, " (the week before: 5 min)")],
)
def test_week_before_is_told_where_it_differs(before: int, told: str) -> None:
    text = letter(record(span(seconds=600), span(days_ago(8), seconds=before)))
    assert text.startswith(f"This week Alice read for 10 min, on 1 day{told}.")


def test_week_before_is_compared_with_both_together() -> None:
    text = letter(record(span(seconds=600, heard=(300, 700)), span(days_ago(8), seconds=300)))
    assert "on 1 day: 15 min in all (the week before: 5 min)." in text


def test_books_are_finished_or_under_way() -> None:
    text = letter(finished(span()), record(span(), book=HILL, covered=[(0, 49)]))
    assert "Alice finished “The Lamp”. Alice is reading “Our Hill” (50% so far)." in text
    assert "“Our Hill” (just begun)" in letter(record(span(), book=HILL))


def test_book_that_was_closed_early_is_not_finished() -> None:
    closed = record(span(), status="completed", completed_at=NOON, covered=[(0, 33)])
    text = letter(closed)
    assert "Alice closed “The Lamp” after 17% of it." in text
    assert "finished" not in text
    assert "is reading" not in text


def test_book_that_was_read_the_week_before_is_not_told() -> None:
    assert "Our Hill” (" not in letter(record(span()), record(span(days_ago(8)), book=HILL))


def test_talk_at_home_is_about_a_book_that_was_read() -> None:
    skimmed = record(span(seconds=0, words=0, paged=90), book=HILL)
    assert "what happened in “The Lamp”?" in letter(record(span()), skimmed)


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

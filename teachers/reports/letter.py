"""A child's week in words that a guardian understands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..wording import counted, duration, listed, percent
from .reading_records import ReadingRecord
from .sums import Sums

MOST_WORDS: Final = 6
#: Seconds by which two weeks must differ before they are compared.
ENOUGH_TO_COMPARE: Final = 300.0


def week_in_words(
    name: str, records: Sequence[ReadingRecord], week: Sums, before: Sums
) -> list[str]:
    """A few sentences: how much, what, how it went, and what to talk about at home. ``before`` is
    the week before; ``records`` are those of both."""
    if not week.seconds:
        return [
            f"{name} did not read in ReaderAI this week.",
            f"Ten minutes together are a fine way to begin again: ask {name} which story"
            " it should be.",
        ]
    sentences = [
        _how_much(name, week, before),
        *_finished(name, records, week),
        *_under_way(name, records, week),
    ]
    if week.pace is not None:
        sentences.append(f"{name} read about {round(week.pace)} words a minute.")
    if week.first_tries:
        sentences.append(_understood(week))
    return [*sentences, *_asked(name, week), _at_home(records, week)]


def _how_much(name: str, week: Sums, before: Sums) -> str:
    text = f"This week {name} read on {counted(len(week.days), 'day')}, for"
    text += f" {duration(week.seconds)} in all"
    if before.seconds and abs(week.seconds - before.seconds) >= ENOUGH_TO_COMPARE:
        text += f" (the week before: {duration(before.seconds)})"
    return f"{text}."


def _finished_books(week: Sums) -> set[int]:
    return {book for _, book in week.finished}


def _finished(name: str, records: Sequence[ReadingRecord], week: Sums) -> list[str]:
    titles = {record.session.book_id: record.session.book.title for record in records}
    finished = sorted(titles[book] for book in _finished_books(week))
    return [f"{name} finished {listed([f'“{title}”' for title in finished])}."] if finished else []


def _under_way(name: str, records: Sequence[ReadingRecord], week: Sums) -> list[str]:
    read = {book for _, book in week.books} - _finished_books(week)
    places = {
        record.session.book_id: f"“{record.session.book.title}”"
        f" ({percent(record.progress)}% so far)"
        for record in records
        if record.spans and not record.finished and record.session.book_id in read
    }
    return [f"{name} is reading {listed(list(places.values()))}."] if places else []


def _understood(week: Sums) -> str:
    questions = "The one question" if week.first_tries == 1 else f"All {week.first_tries} questions"
    if week.first_right == week.first_tries:
        return f"{questions} about the stories: right at the first try."
    if not week.first_right:
        return f"{questions} about the stories: still tricky at the first try."
    return (
        f"Of {counted(week.first_tries, 'question')} about the stories, {week.first_right}"
        f" {'was' if week.first_right == 1 else 'were'} answered right at the first try."
    )


def _asked(name: str, week: Sums) -> list[str]:
    sentences = []
    if week.questions:
        sentences.append(f"{name} stopped to ask {counted(week.questions, 'question')}.")
    words = sorted(week.looked_up)
    if words:
        shown = listed([f"“{word}”" for word in words[:MOST_WORDS]])
        more = f" and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
        sentences.append(f"New words: {shown}{more}.")
    return sentences


def _at_home(records: Sequence[ReadingRecord], week: Sums) -> str:
    latest = max(records, key=lambda record: record.session.last_active_at)
    text = f"Something to talk about at home: what happened in “{latest.session.book.title}”?"
    if week.looked_up:
        text += f" And what does “{min(week.looked_up)}” mean?"
    return text

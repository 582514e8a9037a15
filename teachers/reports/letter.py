"""A child's week in words that a guardian understands. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..wording import counted, duration, listed, percent
from .reading_records import Record
from .sums import Sums

MOST_WORDS = 6
ENOUGH_TO_COMPARE = 300.0


def week_in_words(name: str, records: Sequence[Record], week: Sums, before: Sums) -> list[str]:
    """A few sentences: how much, what, how it went, and what to talk about at home."""
    if not week.seconds:
        return [
            f"{name} did not read in ReaderAI this week.",
            f"Ten minutes together are a fine way to begin again: ask {name} which story"
            " it should be.",
        ]
    said = [_how_much(name, week, before), *_what(name, records, week)]
    if week.pace is not None:
        said.append(f"{name} read about {round(week.pace)} words a minute.")
    if week.first_tries:
        said.append(_understood(week))
    said += _asked(name, week)
    said.append(_at_home(name, records, week))
    return said


def _how_much(name: str, week: Sums, before: Sums) -> str:
    text = f"This week {name} read on {counted(len(week.days), 'day')}, for"
    text += f" {duration(week.seconds)} in all"
    if before.seconds and abs(week.seconds - before.seconds) >= ENOUGH_TO_COMPARE:
        text += f" (the week before: {duration(before.seconds)})"
    return f"{text}."


def _what(name: str, records: Sequence[Record], week: Sums) -> list[str]:
    titles = {record.session.book_id: record.session.book.title for record in records}
    finished = {book for _, book in week.finished}
    said = []
    if finished:
        ended = sorted(titles[book] for book in finished)
        said.append(f"{name} finished {listed([f'“{title}”' for title in ended])}.")
    going_on = {
        record.session.book_id: percent(record.progress)
        for record in records
        if record.reading_spans and not record.finished
    }
    read = {book for _, book in week.books} - finished
    reading = [
        f"“{titles[book]}” ({far}% so far)" for book, far in going_on.items() if book in read
    ]
    if reading:
        said.append(f"{name} is reading {listed(reading)}.")
    return said


def _understood(week: Sums) -> str:
    if week.first_right == week.first_tries:
        return f"{_questions(week)} about the stories: right at the first try."
    if not week.first_right:
        return f"{_questions(week)} about the stories: still tricky at the first try."
    return (
        f"Of {counted(week.first_tries, 'question')} about the stories, {week.first_right}"
        f" {'was' if week.first_right == 1 else 'were'} answered right at the first try."
    )


def _questions(week: Sums) -> str:
    return "The one question" if week.first_tries == 1 else f"All {week.first_tries} questions"


def _asked(name: str, week: Sums) -> list[str]:
    said = []
    if week.questions:
        said.append(f"{name} stopped to ask {counted(week.questions, 'question')}.")
    words = sorted(week.looked_up)
    if words:
        shown = listed([f"“{word}”" for word in words[:MOST_WORDS]])
        more = f" and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
        said.append(f"New words: {shown}{more}.")
    return said


def _at_home(name: str, records: Sequence[Record], week: Sums) -> str:
    latest = max(records, key=lambda record: record.session.last_active_at)
    text = f"Something to talk about at home: what happened in “{latest.session.book.title}”?"
    if week.looked_up:
        text += f" And what does “{min(week.looked_up)}” mean?"
    return text

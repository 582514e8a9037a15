"""A child's week in words that a guardian understands. Pure.

Every sentence is true of the child: reading, listening and paging through are told apart, and
nothing is praised that was not done.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from ..wording import counted, duration, listed, percent
from .reading_records import ReadingRecord
from .sums import Sums

MOST_WORDS: Final = 6
#: Seconds by which two weeks must differ before they are compared.
ENOUGH_TO_COMPARE: Final = 300.0
#: Words that went by too fast, and their part of all, from which on a guardian is told of them.
MANY_PAGED: Final = 100
MUCH_PAGED: Final = 0.1


def week_in_words(
    name: str, records: Sequence[ReadingRecord], week: Sums, before: Sums
) -> list[str]:
    """A few sentences: how much, what, how it went, and what to talk about at home. ``before`` is
    the week before; ``records`` are those of both."""
    if not week.amounts.seconds:
        return [_nothing(name, records, week), *_learned(name, week), _begin_again(name)]
    sentences = [
        _how_much(name, week, before),
        *_paged(name, records, week),
        *_ended(name, records, week),
        *_under_way(name, records, week),
    ]
    if week.amounts.pace is not None:
        pace = round(week.amounts.pace)
        sentences.append(f"Reading without the voice, {name} read about {pace} words a minute.")
    return [*sentences, *_learned(name, week), _at_home(records, week)]


def _learned(name: str, week: Sums) -> list[str]:
    understood = [_understood(week)] if week.first_tries else []
    return [*understood, *_asked(name, week)]


def _nothing(name: str, records: Sequence[ReadingRecord], week: Sums) -> str:
    if week.paged_books:
        titles = _titles(records, week.paged_books)
        return f"{name} looked through {titles} this week: the pages went by too fast to be read."
    if week.opened_books:
        titles = _titles(records, week.opened_books)
        return f"{name} opened {titles} this week; ReaderAI cannot tell if any of it was read."
    return f"{name} did not open a book in ReaderAI this week."


def _begin_again(name: str) -> str:
    return (
        f"Ten minutes together are a fine way to begin again: ask {name} which story it should be."
    )


def _how_much(name: str, week: Sums, before: Sums) -> str:
    read, heard = week.amounts.read_time, week.amounts.heard_time
    did = [f"read for {duration(read)}"] if read else []
    did += [f"listened for {duration(heard)}"] if heard else []
    text = f"This week {name} {listed(did)}, on {counted(len(week.days), 'day')}"
    seconds, earlier = week.amounts.seconds, before.amounts.seconds
    if earlier and abs(seconds - earlier) >= ENOUGH_TO_COMPARE:
        in_all = f": {duration(seconds)} in all" if len(did) > 1 else ""
        text += f"{in_all} (the week before: {duration(earlier)})"
    return f"{text}."


def _paged(name: str, records: Sequence[ReadingRecord], week: Sums) -> list[str]:
    paged, amounts = week.amounts.paged_words, week.amounts
    every = paged + amounts.read_words + amounts.heard_words
    if paged < MANY_PAGED or paged < MUCH_PAGED * every:
        return []
    titles = _titles(records, week.paged_books)
    return [f"In {titles}, {name} also turned pages too fast to have read them."]


def _titles(records: Sequence[ReadingRecord], books: Collection[tuple[int, int]]) -> str:
    keys = {book for _, book in books}
    titles = {record.session.book_id: record.session.book.title for record in records}
    return listed(sorted(f"“{titles[book]}”" for book in keys))


def _finished_books(week: Sums) -> set[int]:
    return {book for _, book in week.finished}


def _ended(name: str, records: Sequence[ReadingRecord], week: Sums) -> list[str]:
    finished = {(0, book) for book in _finished_books(week)}
    sentences = [f"{name} finished {_titles(records, finished)}."] if finished else []
    closed = {
        record.session.book_id: f"“{record.session.book.title}” after {percent(record.progress)}%"
        for record in _of_the_week(records, week)
        if record.is_completed and not record.finished
    }
    if closed:
        sentences.append(f"{name} closed {listed(list(closed.values()))} of it.")
    return sentences


def _of_the_week(records: Sequence[ReadingRecord], week: Sums) -> list[ReadingRecord]:
    """Those of books that were read or heard in the week, and not finished in it."""
    books = {book for _, book in week.books} - _finished_books(week)
    return [record for record in records if record.spans and record.session.book_id in books]


def _under_way(name: str, records: Sequence[ReadingRecord], week: Sums) -> list[str]:
    places = {
        record.session.book_id: f"“{record.session.book.title}” ({_so_far(record.progress)})"
        for record in _of_the_week(records, week)
        if not record.is_completed
    }
    return [f"{name} is reading {listed(list(places.values()))}."] if places else []


def _so_far(progress: float) -> str:
    return f"{percent(progress)}% so far" if percent(progress) else "just begun"


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
    books = {book for _, book in week.books}
    read = [record for record in records if record.session.book_id in books]
    latest = max(read, key=lambda record: record.session.last_active_at)
    text = f"Something to talk about at home: what happened in “{latest.session.book.title}”?"
    if week.looked_up:
        text += f" And what does “{min(week.looked_up)}” mean?"
    return text

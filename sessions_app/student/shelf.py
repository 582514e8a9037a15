"""A child's shelf: which books there are for them, how far each is read, how long it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.db.models import Q, QuerySet

from library.models import Book, Chapter
from readerai.accounts.models import Student, User

from ..domain.errors import SessionNotFound
from ..domain.queries import OpenedSession, open_session
from ..models import Session

LEVELS: Final = (
    "Kindergarten",
    "First grade",
    "Second grade",
    "Third grade",
    "Fourth grade",
    "Fifth grade",
    "Sixth grade",
    "Seventh grade",
    "Eighth grade",
)
# Words per minute aloud by school grade, until a child's own pace is known.
PACES: Final = (50, 70, 95, 110, 120, 130, 140)
MOST_SESSIONS: Final = 200
MOST_BOOKS: Final = 300
PACES_THAT_COUNT: Final = 5


def level_name(level: int | None) -> str:
    if level is None:
        return "Any grade"
    return LEVELS[level] if level < len(LEVELS) else f"Grade {level}"


@dataclass(frozen=True)
class Reading:
    """One session as its child sees it: where they are, of how much."""

    session: Session
    opening: OpenedSession
    chapter_title: str

    @property
    def progress(self) -> float:
        """How far, from 0 to 1."""
        return min(1.0, (self.opening.state.word_index + 1) / self.opening.book.word_count)

    @property
    def percent(self) -> int:
        return round(self.progress * 100)

    @property
    def minutes(self) -> int:
        return round(self.opening.state.total_time / 60)

    @property
    def finished(self) -> bool:
        return self.session.status == Session.Status.COMPLETED

    @property
    def began(self) -> bool:
        """Whether there was more than a look inside."""
        return bool(self.minutes or self.finished or self.percent)

    @property
    def last_read(self) -> dt.datetime:
        return self.session.last_active_at


@dataclass(frozen=True)
class OnShelf:
    """A book and what this child has done with it so far."""

    book: Book
    reading: Reading | None
    was_finished: bool
    minutes: int

    @property
    def level(self) -> str:
        return level_name(self.book.level)

    @property
    def time(self) -> str:
        """How long it takes, in the unit that a child can picture."""
        if self.minutes < 60:
            return f"{self.minutes} min"
        hours = round(self.minutes / 60)
        return f"{hours} hour" if hours == 1 else f"{hours} hours"


def readings(user: User, *, most: int = MOST_SESSIONS) -> list[Reading]:
    """The sessions that ``user`` may see, the last one first. Erased ones are not there."""
    rows = Session.objects.visible_to(user).select_related("book", "key", "student")
    openings = []
    for session in rows.order_by("-last_active_at", "pk")[:most]:
        try:
            openings.append(open_session(session))
        except SessionNotFound:
            continue
    titles = _chapter_titles(opening.session.book_id for opening in openings)
    return [
        Reading(each.session, each, _title_at(titles, each.session.book_id, each.state.word_index))
        for each in openings
    ]


def _chapter_titles(books: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    rows = Chapter.objects.filter(book__in=set(books)).order_by("book", "index")
    for book, first, title in rows.values_list("book_id", "first_word_index", "title"):
        found.setdefault(book, []).append((first, title))
    return found


def _title_at(titles: dict[int, list[tuple[int, str]]], book: int, word: int) -> str:
    """The chapter that ``word`` is in; nothing for a book that is one piece."""
    chapters = titles.get(book, [])
    if len(chapters) < 2:
        return ""
    return [title for first, title in chapters if first <= word][-1]


def latest(found: Iterable[Reading]) -> list[Reading]:
    """The last reading of each book, the last one first, as ``readings`` has them."""
    by_book: dict[int, Reading] = {}
    for reading in found:
        by_book.setdefault(reading.session.book_id, reading)
    return list(by_book.values())


def latest_open(found: Iterable[Reading]) -> dict[int, Reading]:
    """The session to go on with, by book."""
    unfinished = latest(each for each in found if not each.finished)
    return {each.session.book_id: each for each in unfinished}


def pace(student: Student, found: Iterable[Reading]) -> float:
    """Words per minute that this child reads at, or what is usual at their level."""
    known = [
        speed for reading in found if (speed := reading.opening.state.reading_speed) is not None
    ]
    if known:
        return max(20.0, median(known[:PACES_THAT_COUNT]))
    return float(PACES[min(student.reading_level, len(PACES) - 1)])


def minutes_for(words: int, words_per_minute: float) -> int:
    return max(1, round(words / words_per_minute))


def find_books(user: User, *, search: str = "", level: int | None = None) -> QuerySet[Book]:
    """The books that ``user`` may read, the easiest first, narrowed as asked."""
    books = Book.objects.visible_to(user)
    if level is not None:
        books = books.filter(level=level)
    for word in search.split()[:8]:
        books = books.filter(
            Q(title__icontains=word) | Q(author__icontains=word) | Q(summary__icontains=word)
        )
    return books[:MOST_BOOKS]


def shelve(books: Iterable[Book], found: list[Reading], words_per_minute: float) -> list[OnShelf]:
    begun = latest_open(found)
    finished = {each.session.book_id for each in found if each.finished}
    return [
        OnShelf(
            book=book,
            reading=begun.get(book.pk),
            was_finished=book.pk in finished,
            minutes=minutes_for(book.word_count, words_per_minute),
        )
        for book in books
    ]


def next_book(user: User, student: Student, book: Book, found: list[Reading]) -> Book | None:
    """A book to read after ``book``: not begun yet, near in level, alike in subject."""
    begun = {each.session.book_id for each in found}
    near = [each for each in find_books(user) if each.pk != book.pk and each.pk not in begun]
    wanted = max(book.level or 0, student.reading_level)

    def distance(other: Book) -> tuple[int, int, str]:
        shared = len(set(other.subjects) & set(book.subjects))
        away = abs(wanted if other.level is None else other.level - wanted)
        return (away, -shared, other.slug)

    return min(near, key=distance, default=None)

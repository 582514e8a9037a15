"""Who began, closed and finished the books of a reading list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Min, QuerySet

from library.models import Book, ReadingList
from library.reading_lists import books_of, with_books
from readerai.accounts.models import Classroom, Student, User
from sessions_app.domain.hand.loading import open_state, vault_of
from sessions_app.models import Session
from sessions_app.vault import VaultError

from ..classes import enrolled_children
from ..wording import listed, percent

WHOLE_CLASS: Final = "the whole class"
GROUP_IS_GONE: Final = "a group that is gone"
CHILD_HAS_LEFT: Final = "a child who has left"


@dataclass(frozen=True)
class BookProgress:
    """What one child has done with one book. A book that was finished once stays finished.
    ``closed_at`` is how much of it was read or heard, from 0 to 1, where it was closed before."""

    began_at: dt.datetime
    finished_at: dt.datetime | None = None
    closed_at: float | None = None

    @property
    def closed_percent(self) -> int:
        return percent(self.closed_at or 0.0)


#: By child and book (primary keys).
ProgressByBook = dict[tuple[int, int], BookProgress]


@dataclass(frozen=True)
class ChildRow:
    """A child, and for every book of the list what they have done with it, or None."""

    child: Student
    cells: list[BookProgress | None]

    @property
    def began(self) -> bool:
        return any(self.cells)

    @property
    def finished(self) -> int:
        return sum(cell is not None and cell.finished_at is not None for cell in self.cells)

    @property
    def finished_all(self) -> bool:
        return self.finished == len(self.cells) > 0


@dataclass(frozen=True)
class BookSums:
    """One book of the list: how many of its children began it and how many finished it."""

    book: Book
    began: int
    finished: int


@dataclass(frozen=True)
class ListReport:
    """A reading list with everybody it is for, by name."""

    reading_list: ReadingList
    audience: str
    books: list[Book]
    rows: list[ChildRow]

    @property
    def began(self) -> int:
        """Children who began at least one of the books."""
        return sum(row.began for row in self.rows)

    @property
    def finished(self) -> int:
        """Children who finished every book."""
        return sum(row.finished_all for row in self.rows)

    @property
    def by_book(self) -> list[BookSums]:
        columns = [[row.cells[place] for row in self.rows] for place in range(len(self.books))]
        return [
            BookSums(
                book=book,
                began=sum(cell is not None for cell in cells),
                finished=sum(cell is not None and cell.finished_at is not None for cell in cells),
            )
            for book, cells in zip(self.books, columns, strict=True)
        ]

    @property
    def titles(self) -> str:
        return listed([book.title for book in self.books])


def report_lists(
    user: User, classroom: Classroom, *, list_id: int | None = None
) -> list[ListReport]:
    """The lists of a class that came from ``classes_of(user)``, the newest first, or only the one
    with this number."""
    lists = ReadingList.objects.visible_to(user).filter(classroom=classroom)
    if list_id is not None:
        lists = lists.filter(pk=list_id)
    rows = with_books(lists, user).select_related("group", "student")
    reading_lists = list(rows.prefetch_related("group__students"))
    enrolled = enrolled_children(classroom)
    books = {book.pk for reading_list in reading_lists for book in books_of(reading_list)}
    progress = _progress(user, [child.pk for child in enrolled], books)
    return [_report(reading_list, enrolled, progress) for reading_list in reading_lists]


def _report(
    reading_list: ReadingList, enrolled: Sequence[Student], progress: ProgressByBook
) -> ListReport:
    books = books_of(reading_list)
    rows = [
        ChildRow(child, [progress.get((child.pk, book.pk)) for book in books])
        for child in _meant(reading_list, enrolled)
    ]
    return ListReport(reading_list, audience_name(reading_list, enrolled), books, rows)


def _meant(reading_list: ReadingList, enrolled: Sequence[Student]) -> list[Student]:
    """Those of the children of today whom the list is for."""
    if reading_list.audience == ReadingList.Audience.CLASS:
        return list(enrolled)
    if reading_list.audience == ReadingList.Audience.STUDENT:
        return [child for child in enrolled if child.pk == reading_list.student_id]
    group = reading_list.group
    members = {child.pk for child in group.students.all()} if group is not None else set()
    return [child for child in enrolled if child.pk in members]


def audience_name(reading_list: ReadingList, enrolled: Sequence[Student]) -> str:
    """Whom a list is for, in words."""
    if reading_list.audience == ReadingList.Audience.CLASS:
        return WHOLE_CLASS
    if reading_list.audience == ReadingList.Audience.GROUP:
        return reading_list.group.name if reading_list.group is not None else GROUP_IS_GONE
    return next(
        (child.display_name for child in enrolled if child.pk == reading_list.student_id),
        CHILD_HAS_LEFT,
    )


def _progress(user: User, students: Sequence[int], books: set[int]) -> ProgressByBook:
    if not books or not students:
        return {}
    sessions = Session.objects.visible_to(user).filter(
        student__in=students, book__in=books, key__erased_at=None
    )
    began = sessions.order_by().values_list("student_id", "book_id")
    progress = {
        (student, book): BookProgress(began_at)
        for student, book, began_at in began.annotate(began_at=Min("started_at"))
    }
    _add_ends(progress, sessions.filter(status=Session.Status.COMPLETED))
    return progress


def _add_ends(progress: ProgressByBook, completed: QuerySet[Session]) -> None:
    """Whether a book was finished or only closed lies sealed in its sessions."""
    for session in completed.select_related("key", "book").order_by("completed_at"):
        try:
            state = open_state(session, vault_of(session))
        except VaultError:
            continue
        place, count = (session.student_id, session.book_id), session.book.word_count
        so_far = progress[place]
        if so_far.finished_at is None:
            progress[place] = (
                BookProgress(so_far.began_at, session.completed_at)
                if state.was_finished(count)
                else BookProgress(so_far.began_at, closed_at=state.progress(count))
            )

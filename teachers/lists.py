"""Reading lists: what a teacher's form asks for, and who began and finished what is recommended."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from library.models import Book, ReadingList
from library.recommending import ListRefused, Wanted, books_of, with_books
from readerai.accounts.models import ClassGroup, Classroom, Student, User
from sessions_app.models import Session

from .classes import children

_GONE = "Something that was chosen is not there any more. Please look again."


@dataclass(frozen=True)
class BookProgress:
    """How far the children of a list are with one of its books."""

    book: Book
    finished: list[Student]
    begun: list[Student]
    waiting: list[Student]


@dataclass(frozen=True)
class ListProgress:
    reading_list: ReadingList
    whom: str
    books: list[BookProgress]

    @property
    def chosen(self) -> set[int]:
        return {each.book.pk for each in self.books}


def progress_of(classroom: Classroom, user: User) -> list[ListProgress]:
    """Every list of a class (from ``classes_of``), for the same number of queries as one."""
    rows = (
        ReadingList.objects.visible_to(user)
        .filter(classroom=classroom)
        .select_related("group", "student")
        .prefetch_related("group__students")
    )
    lists = list(with_books(rows, user))
    here = children(classroom)
    read = _read(here, {book.pk for each in lists for book in books_of(each)})
    return [_progress(each, _audience(each, here), read) for each in lists]


def _audience(reading_list: ReadingList, here: Sequence[Student]) -> list[Student]:
    if reading_list.audience == ReadingList.Audience.CLASS:
        return list(here)
    if reading_list.audience == ReadingList.Audience.STUDENT:
        return [child for child in here if child.pk == reading_list.student_id]
    group = reading_list.group
    members = set() if group is None else {member.pk for member in group.students.all()}
    return [child for child in here if child.pk in members]


def whom(reading_list: ReadingList) -> str:
    if reading_list.audience == ReadingList.Audience.CLASS:
        return "everybody"
    if reading_list.student is not None:
        return reading_list.student.display_name
    return reading_list.group.name if reading_list.group else "a group that was taken away"


Read = dict[int, dict[int, bool]]


def _read(students: Iterable[Student], books: Iterable[int]) -> Read:
    """By book and child: whether one who opened it has finished it."""
    found: Read = defaultdict(dict)
    rows = Session.objects.filter(
        student__in=[child.pk for child in students], book__in=list(books)
    )
    for student, book, status in rows.values_list("student_id", "book_id", "status"):
        done = status == Session.Status.COMPLETED
        found[book][student] = found[book].get(student, False) or done
    return found


def _progress(reading_list: ReadingList, audience: list[Student], read: Read) -> ListProgress:
    found = []
    for book in books_of(reading_list):
        by_child = read[book.pk]
        found.append(
            BookProgress(
                book,
                finished=[child for child in audience if by_child.get(child.pk) is True],
                begun=[child for child in audience if by_child.get(child.pk) is False],
                waiting=[child for child in audience if child.pk not in by_child],
            )
        )
    return ListProgress(reading_list, whom(reading_list), found)


def wanted(form: QueryDict, user: User, classroom: Classroom) -> Wanted:
    """What a form asks for. Raises ``ListRefused`` for what is not there to choose."""
    slugs = list(dict.fromkeys(form.getlist("books")))
    shelf = {book.slug: book for book in Book.objects.visible_to(user)}
    if any(slug not in shelf for slug in slugs):
        raise ListRefused(_GONE)
    return Wanted(
        title=form.get("title", ""),
        books=[shelf[slug] for slug in slugs],
        note=form.get("note", ""),
        finish_by=_day(form.get("finish_by", "")),
        audience=_whom(form.get("whom", ""), classroom),
    )


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ListRefused("That day is none. It is written like 2026-12-24.") from None


def _whom(text: str, classroom: Classroom) -> ClassGroup | Student | None:
    if text in {"", "class"}:
        return None
    kind, _, key = text.partition(":")
    if kind == "group":
        for group in ClassGroup.objects.filter(classroom=classroom):
            if str(group.pk) == key:
                return group
    if kind == "child":
        for child in children(classroom):
            if child.slug == key:
                return child
    raise ListRefused(_GONE)

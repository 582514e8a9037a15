"""Recommending books: making reading lists, and what is recommended to a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F, Prefetch, QuerySet

from readerai.accounts.models import ClassGroup, Classroom, Enrolment, Student, User

from .models import Book, ReadingList, ReadingListBook

LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 500
MOST_BOOKS: Final = 30
MOST_LISTS: Final = 100


class ListRefused(Exception):
    """A list cannot be as it was wanted: why, in a sentence for the teacher."""


class ListGone(Exception):
    """The list was taken away in the meantime."""


@dataclass(frozen=True)
class Wanted:
    """What a list shall be. ``audience`` is a group or a child of the class; None for all of it.
    ``books`` in the order in which they are suggested."""

    title: str
    books: Sequence[Book]
    note: str = ""
    finish_by: dt.date | None = None
    audience: ClassGroup | Student | None = None


@dataclass(frozen=True)
class Recommendation:
    """A reading list as a child meets it; ``books`` are those that the child may read."""

    title: str
    note: str
    finish_by: dt.date | None
    books: tuple[Book, ...]


def recommended_to(student: Student) -> list[Recommendation]:
    """What is recommended to ``student`` today (``student.user`` at hand): what is wanted soonest
    first, then the newest. Lists without a book that they may read are left out."""
    lists = with_books(ReadingList.objects.for_child(student), student.user)
    found = [
        Recommendation(each.title, each.note, each.finish_by, tuple(books_of(each)))
        for each in lists.order_by(F("finish_by").asc(nulls_last=True), "-made_at", "-pk")
    ]
    return [each for each in found if each.books]


def with_books(lists: QuerySet[ReadingList], user: User) -> QuerySet[ReadingList]:
    """``lists`` with the books of theirs that ``user`` may read, for ``books_of``."""
    readable = ReadingListBook.objects.filter(book__in=Book.objects.visible_to(user))
    entries = readable.select_related("book").order_by("place")
    return lists.prefetch_related(Prefetch("entries", entries, to_attr="readable_entries"))


def books_of(reading_list: ReadingList) -> list[Book]:
    """The books of a list from ``with_books``, in their order."""
    entries: list[ReadingListBook] = getattr(reading_list, "readable_entries")  # noqa: B009
    return [entry.book for entry in entries]


def make_list(*, classroom: Classroom, made_by: User, wanted: Wanted) -> ReadingList:
    """Recommend books to a class, a group of it or one child of it. Raises ``ListRefused``."""
    with transaction.atomic():
        # Locked, so that two who make lists at once do not pass the limit together.
        Classroom.objects.select_for_update().get(pk=classroom.pk)
        if ReadingList.objects.filter(classroom=classroom).count() >= MOST_LISTS:
            raise ListRefused(
                f"This class has {MOST_LISTS} lists. Remove one that nobody needs any more."
            )
        made = ReadingList(classroom=classroom, made_by=made_by)
        _write(made, wanted)
        return made


def change_list(*, reading_list: ReadingList, wanted: Wanted) -> ReadingList:
    """Make a list what is wanted now. Raises ``ListRefused``, ``ListGone``."""
    with transaction.atomic():
        found = _locked(reading_list)
        _write(found, wanted)
        return found


def remove_list(*, reading_list: ReadingList) -> None:
    """Take a list away. What was read stays read. Raises ``ListGone``."""
    with transaction.atomic():
        _locked(reading_list).delete()


def _locked(reading_list: ReadingList) -> ReadingList:
    rows = ReadingList.objects.select_for_update(of=("self",)).select_related("classroom")
    found = rows.filter(pk=reading_list.pk).first()
    if found is None:
        raise ListGone
    return found


def _write(row: ReadingList, wanted: Wanted) -> None:
    row.title = _title(wanted.title)
    row.note = _note(wanted.note)
    row.finish_by = wanted.finish_by
    _set_audience(row, wanted.audience)
    books = _books(row.classroom, wanted.books)
    row.save()
    row.entries.all().delete()
    ReadingListBook.objects.bulk_create(
        ReadingListBook(reading_list=row, book=book, place=place)
        for place, book in enumerate(books)
    )


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise ListRefused(f"A list needs a title of at most {LONGEST_TITLE} letters.")
    return title


def _note(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines()]
    note = "\n".join(lines)
    if len(note) > LONGEST_NOTE or not all(line.isprintable() for line in lines):
        raise ListRefused(f"A note has at most {LONGEST_NOTE} letters.")
    return note


def _set_audience(row: ReadingList, audience: ClassGroup | Student | None) -> None:
    row.group = row.student = None
    if isinstance(audience, ClassGroup):
        if audience.classroom_id != row.classroom_id:
            raise ListRefused("That group is not of this class.")
        row.audience, row.group = ReadingList.Audience.GROUP, audience
    elif audience is not None:
        here = Enrolment.objects.filter(student=audience, classroom=row.classroom, ended_on=None)
        if not here.exists():
            raise ListRefused("That child is not in this class any more.")
        row.audience, row.student = ReadingList.Audience.STUDENT, audience
    else:
        row.audience = ReadingList.Audience.CLASS


def _books(classroom: Classroom, books: Sequence[Book]) -> list[Book]:
    chosen = list({book.pk: book for book in books}.values())
    if not chosen:
        raise ListRefused("Choose at least one book.")
    if len(chosen) > MOST_BOOKS:
        raise ListRefused(f"A list has at most {MOST_BOOKS} books.")
    if any(book.school_id not in (None, classroom.school_id) for book in chosen):
        raise ListRefused("One of these books is not on this school’s shelf.")
    return chosen

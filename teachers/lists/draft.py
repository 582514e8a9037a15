"""A reading list while it is put together. The form carries its whole state, so it works without
scripts: books are added, moved and taken out by buttons that send it and get it back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict

from library.models import Book, ReadingList
from library.reading_lists import ListRefused, Wanted, books_of
from readerai.accounts.models import Classroom, User
from sessions_app.student.shelf import find_books, level_name

from .form import ReadingListForm, audience_key

MOST_OFFERED: Final = 40
LONGEST_SEARCH: Final = 100
MOST_POSTED: Final = 200
_SLUG: Final = re.compile(r"[-\w]{1,80}", re.ASCII)


@dataclass(frozen=True)
class ListDraft:
    """``books`` are those chosen so far, ``search`` and ``level`` what other ones are looked for
    by; ``lost`` says that a book was sent that is not on the shelf (any more)."""

    form: ReadingListForm
    books: list[Book] = field(default_factory=list)
    search: str = ""
    level: int | None = None
    lost: bool = False

    def wanted(self) -> Wanted:
        """The list as the form asks for it. Raises ``ListRefused``."""
        if self.lost:
            raise ListRefused(
                "A book that was chosen is not on the shelf any more. It is left out now."
            )
        if not self.form.is_valid():
            raise ListRefused(str(next(iter(self.form.errors.values()))[0]))
        fields = self.form.cleaned_data
        fields["audience"] = self.form.audiences[fields["audience"]]
        return Wanted(books=self.books, **fields)


def saved_draft(classroom: Classroom, reading_list: ReadingList | None) -> ListDraft:
    """A list (from ``with_books``) as it is saved, or the empty form of a new one."""
    if reading_list is None:
        return ListDraft(ReadingListForm(classroom))
    initial = {
        "title": reading_list.title,
        "note": reading_list.note,
        "finish_by": reading_list.finish_by,
        "audience": audience_key(reading_list),
    }
    return ListDraft(ReadingListForm(classroom, initial=initial), books_of(reading_list))


def sent_draft(classroom: Classroom, sent: QueryDict, user: User) -> ListDraft:
    """The form as it was sent, books moved or taken out as its buttons say."""
    slugs = [slug for slug in sent.getlist("books")[:MOST_POSTED] if _SLUG.fullmatch(slug)]
    known = {book.slug: book for book in Book.objects.visible_to(user).filter(slug__in=slugs)}
    return ListDraft(
        form=ReadingListForm(classroom, sent),
        books=_moved([known[slug] for slug in dict.fromkeys(slugs) if slug in known], sent),
        search=" ".join(sent.get("q", "").replace("\x00", " ").split())[:LONGEST_SEARCH],
        level=_level(sent.get("level", "")),
        lost=len(known) < len(set(sent.getlist("books"))),
    )


def _moved(books: list[Book], sent: QueryDict) -> list[Book]:
    for verb, step in (("earlier", -1), ("later", 1)):
        place = next((at for at, book in enumerate(books) if book.slug == sent.get(verb)), None)
        if place is not None and 0 <= place + step < len(books):
            books[place], books[place + step] = books[place + step], books[place]
    return [book for book in books if book.slug != sent.get("out")]


def _level(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def wants_saving(sent: QueryDict) -> bool:
    """Whether the form came to be saved: by its button, or by Enter where nothing new was looked
    for."""
    if "enter" not in sent:
        return "save" in sent
    return (sent.get("q", ""), sent.get("level", "")) == (
        sent.get("looked_q", ""),
        sent.get("looked_level", ""),
    )


@dataclass(frozen=True)
class OfferedBooks:
    """Books to choose from, with the names of their grades, beside those that are chosen;
    ``more`` are there but not shown."""

    books: list[tuple[Book, str]]
    more: int


def offered_books(user: User, draft: ListDraft) -> OfferedBooks:
    """What the form's search finds on the teacher's shelf, the easiest first."""
    chosen = {book.pk for book in draft.books}
    matching = find_books(user, search=draft.search, level=draft.level)
    others = [book for book in matching if book.pk not in chosen]
    shown = [(book, level_name(book.level)) for book in others[:MOST_OFFERED]]
    return OfferedBooks(shown, len(others) - len(shown))


def offered_levels(user: User) -> list[tuple[int, str]]:
    """The grades there are books for, with their names."""
    levels = Book.objects.visible_to(user).order_by("level").values_list("level", flat=True)
    return [(level, level_name(level)) for level in levels.distinct() if level is not None]

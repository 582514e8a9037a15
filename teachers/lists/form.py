"""The form of a reading list. It carries its whole state, so it works without scripts: books
are added, moved and taken out by buttons that send it and get it back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict

from library.models import Book, ReadingList
from library.reading_lists import ListRefused, Wanted, books_of
from readerai.accounts.models import ClassGroup, Classroom, Student, User
from sessions_app.student.shelf import find_books, level_name

from ..classes import children

WHOLE_CLASS: Final = "class"
MOST_FOUND: Final = 40
LONGEST_SEARCH: Final = 100
MOST_POSTED: Final = 200
_SLUG: Final = re.compile(r"[-\w]{1,80}", re.ASCII)


@dataclass
class Draft:
    """A list as it stands in the form. ``audience`` is ``class``, ``group-<number>`` or
    ``child-<slug>``; ``lost`` says that a book was sent that is not on the shelf (any more)."""

    title: str = ""
    note: str = ""
    finish_by: str = ""
    audience: str = WHOLE_CLASS
    books: list[Book] = field(default_factory=list)
    search: str = ""
    level: int | None = None
    lost: bool = False


@dataclass(frozen=True)
class Audiences:
    """Whom a list of a class can be for, by their keys in the form."""

    groups: dict[str, ClassGroup]
    children: dict[str, Student]

    def of(self, key: str) -> ClassGroup | Student | None:
        """What a key of the form stands for, None for the whole class. Raises ``ListRefused``."""
        if key not in self:
            raise ListRefused("Choose whom the list is for.")
        return self.groups.get(key) or self.children.get(key)

    def __contains__(self, key: str) -> bool:
        return key == WHOLE_CLASS or key in self.groups or key in self.children


@dataclass(frozen=True)
class Found:
    """Books to choose from, with the names of their grades, beside those that are chosen;
    ``more`` were found but are not shown."""

    books: list[tuple[Book, str]]
    more: int


def audiences(classroom: Classroom) -> Audiences:
    """For a class that came from ``classes_of``."""
    groups = ClassGroup.objects.filter(classroom=classroom).order_by("name")
    return Audiences(
        groups={_group_key(group.pk): group for group in groups},
        children={_child_key(child): child for child in children(classroom)},
    )


def _group_key(pk: int) -> str:
    return f"group-{pk}"


def _child_key(child: Student) -> str:
    return f"child-{child.slug}"


def draft_of(reading_list: ReadingList) -> Draft:
    """The form of a list (from ``with_books``) as it is saved."""
    draft = Draft(title=reading_list.title, note=reading_list.note, books=books_of(reading_list))
    if reading_list.finish_by is not None:
        draft.finish_by = reading_list.finish_by.isoformat()
    if reading_list.audience == ReadingList.Audience.GROUP:
        draft.audience = _group_key(reading_list.group_id) if reading_list.group_id else ""
    elif reading_list.student is not None:
        draft.audience = _child_key(reading_list.student)
    return draft


def read_draft(sent: QueryDict, user: User) -> Draft:
    """The form as it was sent, books moved or taken out as its buttons say."""
    slugs = [slug for slug in sent.getlist("books")[:MOST_POSTED] if _SLUG.fullmatch(slug)]
    known = {book.slug: book for book in Book.objects.visible_to(user).filter(slug__in=slugs)}
    return Draft(
        title=sent.get("title", ""),
        note=sent.get("note", ""),
        finish_by=sent.get("finish_by", ""),
        audience=sent.get("audience", ""),
        books=_moved([known[slug] for slug in dict.fromkeys(slugs) if slug in known], sent),
        search=_search(sent.get("q", "")),
        level=_level(sent.get("level", "")),
        lost=len(known) < len(set(sent.getlist("books"))),
    )


def wants_saving(sent: QueryDict) -> bool:
    """Whether the form came to be saved: by its button, or by Enter where nothing new was looked
    for."""
    if "enter" not in sent:
        return "save" in sent
    return (sent.get("q", ""), sent.get("level", "")) == (
        sent.get("looked_q", ""),
        sent.get("looked_level", ""),
    )


def wanted(draft: Draft, among: Audiences) -> Wanted:
    """What the form asks for. Raises ``ListRefused``."""
    if draft.lost:
        raise ListRefused(
            "A book that was chosen is not on the shelf any more. It is left out now."
        )
    return Wanted(
        title=draft.title,
        note=draft.note,
        finish_by=_date(draft.finish_by),
        audience=among.of(draft.audience),
        books=draft.books,
    )


def books_to_choose(user: User, draft: Draft) -> Found:
    """What the form's search finds on the teacher's shelf, the easiest first."""
    chosen = {book.pk for book in draft.books}
    found = find_books(user, search=draft.search, level=draft.level)
    others = [book for book in found if book.pk not in chosen]
    shown = [(book, level_name(book.level)) for book in others[:MOST_FOUND]]
    return Found(shown, len(others) - len(shown))


def levels(user: User) -> list[tuple[int, str]]:
    """The grades there are books for, with their names."""
    known = Book.objects.visible_to(user).order_by("level").values_list("level", flat=True)
    return [(level, level_name(level)) for level in known.distinct() if level is not None]


def _moved(books: list[Book], sent: QueryDict) -> list[Book]:
    for verb, step in (("earlier", -1), ("later", 1)):
        place = next((at for at, book in enumerate(books) if book.slug == sent.get(verb)), None)
        if place is not None and 0 <= place + step < len(books):
            books[place], books[place + step] = books[place + step], books[place]
    return [book for book in books if book.slug != sent.get("out")]


def _date(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise ListRefused("That is not a day of the calendar. Write it as 2031-04-09.") from None


def _search(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())[:LONGEST_SEARCH]


def _level(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None

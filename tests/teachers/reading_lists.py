"""Reading lists of Ms Rivera's, and what her browser sends to make them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from library.models import Book, ReadingList
from library.reading_lists import Wanted, books_of, make_list, with_books
from readerai.accounts.models import ClassGroup, Student, User
from tests.sessions_app.cast import Cast

HERE = "/teachers/classes/room-12/lists"


def recommend(
    cast: Cast,
    *books: Book,
    title: str = "For the rain",
    note: str = "",
    finish_by: dt.date | None = None,
    audience: ClassGroup | Student | None = None,
) -> ReadingList:
    """A list of Ms Rivera's for room 12."""
    wanted = Wanted(title, books, note, finish_by, audience)
    return make_list(classroom=cast.room_12, made_by=cast.rivera, wanted=wanted)


def form(*books: str, **rest: Any) -> dict[str, Any]:
    """What a browser sends; with ``save="1"`` to be saved."""
    return {"title": "For the rain", "audience": "class", "books": books, **rest}


def saved() -> ReadingList:
    """The one list there is."""
    found = with_books(ReadingList.objects.all(), User.objects.get(username="ms-rivera"))
    return found.get()


def slugs(reading_list: ReadingList) -> list[str]:
    """The books of a list from ``saved``."""
    return [book.slug for book in books_of(reading_list)]

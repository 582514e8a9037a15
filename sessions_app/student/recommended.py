"""What a child's teachers suggest, as it lies on the child's shelf."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from library.reading_lists import recommended_to
from readerai.accounts.models import Student

from .shelf import OnShelf, Reading, shelve

# A day has ended everywhere on earth half a day after it has in Greenwich.
OVER_EVERYWHERE: Final = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Suggestion:
    """A reading list on a child's page. ``finish_by`` is None, too, where the day is past:
    nobody is reminded of what they missed."""

    title: str
    note: str
    finish_by: dt.date | None
    books: list[OnShelf]


def suggestions(
    student: Student, found: list[Reading], words_per_minute: float
) -> list[Suggestion]:
    """The lists for ``student`` with something unread in them, what is wanted soonest first."""
    today = (timezone.now() - OVER_EVERYWHERE).date()
    made = [
        Suggestion(
            title=each.title,
            note=each.note,
            finish_by=each.finish_by if each.finish_by and each.finish_by >= today else None,
            books=shelve(each.books, found, words_per_minute),
        )
        for each in recommended_to(student)
    ]
    return [each for each in made if not all(book.was_finished for book in each.books)]

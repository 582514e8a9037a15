"""The live page of a class: its cards, and the sums above them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from readerai.accounts.models import Classroom
from readerai.clock import db_now

from ..classes import enrolled_children
from ..school_time import school_time_zone
from .cards import ChildCard, class_cards, contents_for
from .overviews import overview_by_child, shown_overviews

SHOWS: Final = {
    "all": "Everybody",
    "reading": "Reading now",
    "help": "Needs a look",
    "hand": "Hand up",
}


def _urgency(card: ChildCard) -> tuple[bool, bool, int, int]:
    """A child in trouble comes before every hand."""
    return not card.concern, not card.hand, -len(card.reasons), card.seat


SORTS: Final[dict[str, tuple[str, Callable[[ChildCard], Any]]]] = {
    "name": ("Name", lambda card: card.seat),
    "help": ("Needs a look first", _urgency),
    "progress": ("Place in the book", lambda card: (-card.percent, card.seat)),
    "active": ("Last active", lambda card: (-_active(card), card.seat)),
}


def _active(card: ChildCard) -> float:
    return 0.0 if card.overview is None else card.overview.session.last_active_at.timestamp()


@dataclass(frozen=True)
class ClassWall:
    """A class as it is now."""

    classroom: Classroom
    cards: list[ChildCard]
    now: dt.datetime

    @property
    def time(self) -> str:
        """When that was, in the school's time zone."""
        return f"{self.now.astimezone(school_time_zone(self.classroom.school)):%H:%M}"

    @property
    def reading(self) -> int:
        return sum(card.state == "reading" for card in self.cards)

    @property
    def helps(self) -> int:
        return sum(bool(card.reasons) for card in self.cards)

    @property
    def hands(self) -> int:
        return sum(card.hand for card in self.cards)

    @property
    def concerns(self) -> list[ChildCard]:
        """The children with an open concern, by name."""
        return sorted((card for card in self.cards if card.concern), key=lambda card: card.seat)

    def sorted_by(self, key: Callable[[ChildCard], Any]) -> ClassWall:
        return replace(self, cards=sorted(self.cards, key=key))


def class_wall(classroom: Classroom, *, sort: str = "name", projector: bool = False) -> ClassWall:
    """The wall of a class that came from ``classes_of``; the same number of queries for any.
    For the ``projector`` it is in the order of the drawn numbers."""
    [wall] = class_walls([classroom])
    return wall.sorted_by((lambda card: card.number) if projector else SORTS[sort][1])


def class_walls(classrooms: Sequence[Classroom]) -> list[ClassWall]:
    """The walls of several classes, for the queries of one."""
    everybody = {child.pk for room in classrooms for child in enrolled_children(room)}
    chosen = overview_by_child(shown_overviews(sorted(everybody)))
    now = db_now()
    contents = contents_for(chosen)

    def wall(classroom: Classroom) -> ClassWall:
        students, zone = enrolled_children(classroom), school_time_zone(classroom.school)
        return ClassWall(
            classroom, class_cards(students, chosen, zone, now, contents=contents), now
        )

    return [wall(classroom) for classroom in classrooms]

"""The live page of a class: its cards, and the sums above them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from readerai.accounts.models import Classroom
from readerai.clock import db_now

from ..classes import by_child, children, look_at
from ..school_time import zone_of
from .cards import Card, seat_cards

SHOWS: Final = {
    "all": "Everybody",
    "reading": "Reading now",
    "help": "Needs a look",
    "hand": "Hand up",
}
SORTS: Final[dict[str, tuple[str, Callable[[Card], Any]]]] = {
    "name": ("Name", lambda card: card.seat),
    "help": ("Needs a look first", lambda card: (not card.hand, -len(card.reasons), card.seat)),
    "progress": ("Place in the book", lambda card: (-card.percent, card.seat)),
    "active": ("Last active", lambda card: (-_active(card), card.seat)),
}


def _active(card: Card) -> float:
    return 0.0 if card.overview is None else card.overview.session.last_active_at.timestamp()


@dataclass(frozen=True)
class Wall:
    """A class as it is now."""

    classroom: Classroom
    cards: list[Card]
    now: dt.datetime

    @property
    def looked_at(self) -> str:
        """When that was, by the school's clock."""
        return f"{self.now.astimezone(zone_of(self.classroom.school)):%H:%M}"

    @property
    def reading(self) -> int:
        return sum(card.state == "reading" for card in self.cards)

    @property
    def helps(self) -> int:
        return sum(bool(card.reasons) for card in self.cards)

    @property
    def hands(self) -> int:
        return sum(card.hand for card in self.cards)


def wall_of(classroom: Classroom, *, sort: str = "name", projector: bool = False) -> Wall:
    """The wall of a class that came from ``classes_of``; the same number of queries for any.
    For the ``projector`` it is in the order of the drawn numbers."""
    students = children(classroom)
    chosen = by_child(look_at([child.pk for child in students]))
    now = db_now()
    cards = seat_cards(students, chosen, zone_of(classroom.school), now)
    order = (lambda card: card.number) if projector else SORTS[sort][1]
    return Wall(classroom, sorted(cards, key=order), now)


def walls_of(classrooms: list[Classroom]) -> list[Wall]:
    """The walls of several classes, for the queries of one."""
    everyone = {child.pk for each in classrooms for child in children(each)}
    chosen = by_child(look_at(sorted(everyone)))
    now = db_now()
    walls = []
    for classroom in classrooms:
        students = children(classroom)
        mine = {child.pk: chosen[child.pk] for child in students if child.pk in chosen}
        cards = seat_cards(students, mine, zone_of(classroom.school), now)
        walls.append(Wall(classroom, cards, now))
    return walls

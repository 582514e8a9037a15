"""What a class's grown-ups see of who tried to come in: failed tries, waits, new browsers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readerai.clock import db_now

from ..models import Classroom, KnownBrowser, Student
from . import limits
from .throttling import failures_of, forgive

NEW_FOR: Final = dt.timedelta(days=7)
_MOST_BROWSERS: Final = 30


@dataclass(frozen=True)
class ChildTries:
    """A child's failed tries within a day, and whether new browsers wait for it now."""

    child: Student
    failed: int
    waits: bool


@dataclass(frozen=True)
class Tries:
    children: list[ChildTries]
    class_waits: bool
    new_browsers: list[KnownBrowser]

    @property
    def anything(self) -> bool:
        return bool(self.class_waits or self.children or self.new_browsers)


def tries_in(classroom: Classroom, children: Sequence[Student]) -> Tries:
    """Who was tried in vain, and at which browsers children came in for the first time lately."""
    of_class = limits.of_class(classroom)
    by_child = {child: limits.waits_of(child) for child in children}
    asked = [*of_class, *(tally for tallies in by_child.values() for tally in tallies)]
    counted, now = failures_of(asked), db_now()
    waiting = {
        tally for tally, row in counted.items() if row.locked_until and row.locked_until > now
    }
    tried = [
        ChildTries(child, counted[tally].failures if tally in counted else 0, waits)
        for child, tallies in by_child.items()
        for tally in [limits.tries_of(child)]
        for waits in [not waiting.isdisjoint(tallies)]
        if waits
        or (tally in counted and now - counted[tally].window_started_at < limits.TRIES.window)
    ]
    return Tries(tried, not waiting.isdisjoint(of_class), _new_browsers(children, now))


def _new_browsers(children: Sequence[Student], now: dt.datetime) -> list[KnownBrowser]:
    """The first time that any child of the class came in at a browser, newest first."""
    earlier = KnownBrowser.objects.filter(
        user__student__in=children, first_used_at__lte=now - NEW_FOR
    )
    lately = (
        KnownBrowser.objects.filter(user__student__in=children, first_used_at__gt=now - NEW_FOR)
        .exclude(browser__in=earlier.values("browser"))
        .select_related("user__student")
        .order_by("first_used_at")
    )
    first: dict[str, KnownBrowser] = {}
    for row in lately:
        first.setdefault(row.browser, row)
    return list(first.values())[-_MOST_BROWSERS:][::-1]


def lift_locks(classroom: Classroom, children: Sequence[Student]) -> None:
    """Let these children, and the class as such, try again at once, at new browsers too."""
    tallies = [tally for child in children for tally in limits.of_child(child)]
    forgive([*limits.of_class(classroom), *tallies])

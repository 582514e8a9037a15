"""Days and weeks as a school has them: in its own time zone, Monday first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

Key = Literal["week", "month", "term", "year"]

#: What it is called, how many days it has, and how many of them make one step of a plot.
PERIODS: Final[dict[Key, tuple[str, int, int]]] = {
    "week": ("Last 7 days", 7, 1),
    "month": ("Last 4 weeks", 28, 1),
    "term": ("Term, last 18 weeks", 18 * 7, 7),
    "year": ("School year, last 52 weeks", 52 * 7, 7),
}


@dataclass(frozen=True)
class Step:
    """One day, or one week: from ``first`` to ``last``, both in it."""

    first: dt.date
    last: dt.date

    @property
    def label(self) -> str:
        """Its first day, as short as an axis wants it."""
        return f"{self.first.day} {self.first:%b}"


@dataclass(frozen=True)
class Period:
    key: Key
    name: str
    zone: dt.tzinfo
    steps: list[Step]

    @property
    def since(self) -> dt.datetime:
        """The first moment of the first day."""
        return dt.datetime.combine(self.steps[0].first, dt.time(), self.zone)

    @property
    def by_day(self) -> bool:
        return self.steps[0].first == self.steps[0].last

    def day(self, moment: dt.datetime) -> dt.date:
        return moment.astimezone(self.zone).date()

    def step(self, moment: dt.datetime) -> int | None:
        """Which step a moment is in."""
        return self.step_of_day(self.day(moment))

    def step_of_day(self, day: dt.date) -> int | None:
        length = (self.steps[0].last - self.steps[0].first).days + 1
        place = (day - self.steps[0].first).days // length
        return place if 0 <= place < len(self.steps) else None


def period(key: str, zone: dt.tzinfo, now: dt.datetime) -> Period:
    """The period ``key`` (a week, if it names none) that ends today; weeks begin on Monday."""
    known: Key = key if key in PERIODS else "week"
    name, days, length = PERIODS[known]
    today = now.astimezone(zone).date()
    last = today if length == 1 else today + dt.timedelta(days=6 - today.weekday())
    first = last - dt.timedelta(days=days - 1)
    steps = [
        Step(
            first + dt.timedelta(days=place),
            first + dt.timedelta(days=place + length - 1),
        )
        for place in range(0, days, length)
    ]
    return Period(known, name, zone, steps)

"""Days, weeks, terms and years as a school has them: in its own time zone, Monday first. Pure."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from readerai.accounts.models import Term

DAY, WEEK = 1, 7
#: What a term and a year are in a school that has entered no terms.
WEEKS_OF_A_TERM: Final = 18
WEEKS_OF_A_YEAR: Final = 52
LATELY: Final = ("week", "month", "term", "year")


@dataclass(frozen=True)
class PeriodStep:
    """One day, or one week: from ``first`` to ``last``, both in it. A term's first week and
    its last may be shorter."""

    first: dt.date
    last: dt.date

    @property
    def label(self) -> str:
        """Its first day, as short as an axis wants it."""
        return f"{self.first.day} {self.first:%b}"


@dataclass(frozen=True)
class DateRange:
    """From ``first`` to ``last``, both in it, under the ``key`` that an address names it by.
    ``parts`` are the terms of a year."""

    key: str
    name: str
    first: dt.date
    last: dt.date
    days_of_a_step: int = WEEK
    parts: tuple[DateRange, ...] = ()

    @property
    def is_lately(self) -> bool:
        """Whether it is among the last days, this term and this year."""
        return self.key in LATELY


@dataclass(frozen=True)
class Period:
    """A range of dates up to today, step by step, in the time zone of a school."""

    dates: DateRange
    zone: dt.tzinfo
    steps: list[PeriodStep]

    @property
    def key(self) -> str:
        return self.dates.key

    @property
    def name(self) -> str:
        return self.dates.name

    @property
    def first(self) -> dt.date:
        return self.steps[0].first

    @property
    def last(self) -> dt.date:
        return self.steps[-1].last

    @property
    def since(self) -> dt.datetime:
        """The first moment of the first day."""
        return dt.datetime.combine(self.first, dt.time(), self.zone)

    @property
    def until(self) -> dt.datetime:
        """The first moment after the last day."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), self.zone)

    @property
    def by_day(self) -> bool:
        return self.dates.days_of_a_step == DAY

    @property
    def parts(self) -> list[Period]:
        """The terms of a year, as far as they have begun."""
        begun = [part for part in self.dates.parts if part.first <= self.last]
        return [period_of(part, self.zone, self.last) for part in begun]

    def day(self, moment: dt.datetime) -> dt.date:
        """The day that a moment is on in the school's time zone."""
        return moment.astimezone(self.zone).date()

    def step_of_day(self, day: dt.date) -> int | None:
        """Which step a day is in, if it is in the period."""
        if not self.first <= day <= self.last:
            return None
        return bisect_right(self.steps, day, key=lambda step: step.first) - 1


def period_of(dates: DateRange, zone: dt.tzinfo, today: dt.date) -> Period:
    """``dates`` up to ``today``, in days or in weeks that begin on Monday."""
    return Period(dates, zone, list(_steps(dates, min(dates.last, today))))


def _steps(dates: DateRange, last: dt.date) -> Iterator[PeriodStep]:
    first = dates.first
    while first <= last:
        days = 1 if dates.days_of_a_step == DAY else WEEK - first.weekday()
        after = first + dt.timedelta(days=days)
        yield PeriodStep(first, min(last, after - dt.timedelta(days=1)))
        first = after


def last_week(today: dt.date) -> DateRange:
    """The seven days that end with ``today``."""
    return DateRange("week", "Last 7 days", today - dt.timedelta(days=6), today, DAY)


def reportable_ranges(terms: Sequence[Term], today: dt.date, kept_days: int) -> list[DateRange]:
    """What a report can be about: the last days, the terms and years of a school that have
    begun, the newest first, and none of which nothing is kept any more."""
    month = DateRange("month", "Last 4 weeks", today - dt.timedelta(days=27), today, DAY)
    oldest = today - dt.timedelta(days=kept_days)

    def is_reportable(dates: DateRange) -> bool:
        return dates.first <= today and dates.last >= oldest

    in_order = sorted(terms, key=lambda term: term.first_day)
    by_year = groupby(in_order, lambda term: term.school_year)
    years = list(filter(is_reportable, (_year(list(of_year)) for _, of_year in by_year)))
    if not years:
        return [last_week(today), month, *_without_terms(today)]
    parts = [
        replace(part, name=f"{part.name}, {year.name}")
        for year in years
        for part in filter(is_reportable, year.parts)
    ]
    named = [replace(year, name=f"School year {year.name}") for year in years]
    return [last_week(today), month, *_newest("term", parts), *_newest("year", named)]


def _year(terms: list[Term]) -> DateRange:
    parts = tuple(
        DateRange(f"term-{term.pk}", term.name, term.first_day, term.last_day) for term in terms
    )
    first, last = terms[0], terms[-1]
    return DateRange(
        f"year-{first.pk}", first.school_year, first.first_day, last.last_day, parts=parts
    )


def _newest(key: str, ranges: list[DateRange]) -> list[DateRange]:
    """The newest first, and that one under a key that stays from year to year."""
    if not ranges:
        return []
    *earlier, newest = ranges
    return [replace(newest, key=key), *reversed(earlier)]


def _without_terms(today: dt.date) -> list[DateRange]:
    monday = today - dt.timedelta(days=today.weekday())
    return [
        DateRange(key, f"Last {weeks} weeks", monday - dt.timedelta(weeks=weeks - 1), today)
        for key, weeks in (("term", WEEKS_OF_A_TERM), ("year", WEEKS_OF_A_YEAR))
    ]

"""What a report's page and its files have in common: the same records, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from readerai.accounts.models import Classroom, Student

from ..classes import enrolled_children
from ..tables import ReportTable
from . import difficulties, over_time
from .figures import Figure, sums_figures
from .over_time import TitledPlot
from .periods import DateRange, Period
from .reading_records import ReadingRecord
from .sums import DailySums, Sums, daily_sums, sums_by_child, total


@dataclass(frozen=True)
class PeriodReport:
    """``ranges`` is what it could be about, ``period`` what it is about."""

    ranges: list[DateRange]
    period: Period
    records: list[ReadingRecord]

    @property
    def earlier(self) -> list[DateRange]:
        """Terms and years before these."""
        return [dates for dates in self.ranges if not dates.is_lately]

    @cached_property
    def days(self) -> DailySums:
        return daily_sums(self.records, self.period)

    @property
    def figures(self) -> list[Figure]:
        return sums_figures(total(self.days.values()))

    @property
    def plots(self) -> list[TitledPlot]:
        return over_time.time_plots(self.days, self.period)

    @property
    def time_tables(self) -> list[ReportTable]:
        """By day or week, and a year by term, too."""
        by_week = over_time.time_table(self.days, self.period)
        if not self.period.parts:
            return [by_week]
        return [over_time.terms_table(self.days, self.period), by_week]


@dataclass(frozen=True)
class StudentReport(PeriodReport):
    student: Student

    @property
    def tables(self) -> list[ReportTable]:
        return [
            *self.time_tables,
            over_time.books_table(self.records),
            difficulties.words_table(self.records, of_a_class=False),
        ]


@dataclass(frozen=True)
class ClassReport(PeriodReport):
    classroom: Classroom

    @cached_property
    def sums_by_child(self) -> dict[int, Sums]:
        return sums_by_child(self.days)

    @property
    def tables(self) -> list[ReportTable]:
        return [
            over_time.children_table(enrolled_children(self.classroom), self.sums_by_child),
            *self.time_tables,
            difficulties.difficult_questions_table(self.records),
            difficulties.places_table(self.records),
            difficulties.words_table(self.records, of_a_class=True),
        ]

    @property
    def children_plot(self) -> TitledPlot:
        return over_time.children_plot(enrolled_children(self.classroom), self.sums_by_child)

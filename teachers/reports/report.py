"""What a report's page and its files have in common: the same records, counted once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from readerai.accounts.models import Classroom, School, Student
from sessions_app.models import Session

from ..classes import children
from ..school_time import chosen_period, spans_now
from . import difficulties, over_time
from .over_time import Plot
from .periods import Period, Span
from .reading_records import Record, records
from .sums import Days, Sums, added, by_child, day_by_day
from .tables import Table


@dataclass(frozen=True)
class Report:
    """``spans`` is what it could be about, ``period`` what it is about."""

    spans: list[Span]
    period: Period
    records: list[Record]

    @property
    def earlier(self) -> list[Span]:
        """Terms and years before these."""
        return [span for span in self.spans if not span.is_lately]

    @cached_property
    def days(self) -> Days:
        return day_by_day(self.records, self.period)

    @cached_property
    def sums(self) -> Sums:
        return added(self.days.values())

    @cached_property
    def plots(self) -> list[Plot]:
        return over_time.time_plots(self.days, self.period)

    @property
    def time_tables(self) -> list[Table]:
        """By day or week, and a year by term, too."""
        by_week = over_time.time_table(self.days, self.period)
        if not self.period.parts:
            return [by_week]
        return [over_time.terms_table(self.days, self.period), by_week]


@dataclass(frozen=True)
class StudentReport(Report):
    student: Student

    @property
    def worries(self) -> list[tuple[dt.datetime, Session]]:
        """When and in which session a message was flagged."""
        return [
            (question.at, record.session)
            for record in self.records
            for question in record.concerns
            if question.flagged
        ]

    @cached_property
    def tables(self) -> list[Table]:
        return [
            *self.time_tables,
            over_time.books_table(self.records),
            difficulties.words_table(self.records, of_a_class=False),
        ]


@dataclass(frozen=True)
class ClassReport(Report):
    classroom: Classroom

    @cached_property
    def by_child(self) -> dict[int, Sums]:
        return by_child(self.days)

    @cached_property
    def tables(self) -> list[Table]:
        return [
            over_time.children_table(children(self.classroom), self.by_child),
            *self.time_tables,
            difficulties.difficult_table(self.records),
            difficulties.places_table(self.records),
            difficulties.words_table(self.records, of_a_class=True),
        ]

    @cached_property
    def children_plot(self) -> Plot:
        return over_time.children_plot(children(self.classroom), self.by_child)


def report_on_student(student: Student, key: str) -> StudentReport:
    """A child (with account and school at hand) over the period that ``key`` names."""
    spans, period = _time(student.user.school, key)
    found = records(Session.objects.filter(student=student), period.since, period.until)
    return StudentReport(spans, period, found, student)


def report_on_class(classroom: Classroom, key: str) -> ClassReport:
    """A class that came from ``classes_of`` over the period that ``key`` names."""
    spans, period = _time(classroom.school, key)
    rows = Session.objects.filter(student__in=children(classroom))
    return ClassReport(spans, period, records(rows, period.since, period.until), classroom)


def _time(school: School | None, key: str) -> tuple[list[Span], Period]:
    spans = spans_now(school)
    return spans, chosen_period(school, spans, key)

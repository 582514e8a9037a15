"""One child, or a class, over time: how much was read, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString

from readerai.accounts.models import Student

from ..tables import Column, Link, ReportTable, columns_of, report_table
from .figures import SUMS_COLUMNS, reading_columns
from .periods import Period, PeriodStep
from .plots.bars import bars
from .plots.frame import WHOLE
from .reading_records import ReadingRecord
from .sums import DailySums, Sums, sums_by_step, sums_within

MOST_BOOKS: Final = 40
READ_AND_LISTENED: Final = "Minutes of reading and (paler) of listening"


@dataclass(frozen=True)
class TitledPlot:
    title: str
    svg: SafeString


def time_table(days: DailySums, period: Period) -> ReportTable:
    """A row per day or week."""
    columns: list[Column[tuple[PeriodStep, Sums]]] = [
        Column("Day" if period.by_day else "Week from", lambda row: row[0].first, "day"),
        *columns_of(lambda row: row[1], SUMS_COLUMNS),
    ]
    title = "By day" if period.by_day else "By week"
    steps = zip(period.steps, sums_by_step(days, period), strict=True)
    return report_table("days", title, columns, steps)


def terms_table(days: DailySums, period: Period) -> ReportTable:
    """A row per term of a year; days between two terms are in none."""
    columns: list[Column[tuple[Period, Sums]]] = [
        Column("Term", lambda row: row[0].name),
        Column("From", lambda row: row[0].first, "date"),
        Column("To", lambda row: row[0].last, "date"),
        Column("Days", lambda row: len(row[1].days), "number"),
        *columns_of(lambda row: row[1], SUMS_COLUMNS),
    ]
    terms = [(term, sums_within(days, term)) for term in period.parts]
    return report_table("terms", "By term", columns, terms)


def time_plots(days: DailySums, period: Period) -> list[TitledPlot]:
    """Minutes, pace and comprehension over the period."""
    steps = sums_by_step(days, period)
    labels = [step.label for step in period.steps]
    across = "day" if period.by_day else "week from"
    paces = [sums.amounts.pace for sums in steps]
    shares = [None if sums.comprehension is None else 100 * sums.comprehension for sums in steps]
    pace, right = "Own pace in silent reading", "Right at the first try"
    return [
        TitledPlot(READ_AND_LISTENED, _minutes(labels, steps, across)),
        TitledPlot(pace, bars(pace, labels, paces, x_name=across, y_name="words per minute")),
        TitledPlot(
            right, bars(right, labels, shares, x_name=across, y_name="% of questions", top=100.0)
        ),
    ]


def _minutes(labels: Sequence[str], sums: Sequence[Sums], across: str, **more: Any) -> SafeString:
    """Reading by oneself, and above it listening."""
    read = [each.amounts.read_minutes for each in sums]
    heard = [each.amounts.heard_minutes for each in sums]
    return bars(
        READ_AND_LISTENED, labels, read, above=heard, x_name=across, y_name="minutes", **more
    )


def books_table(records: Sequence[ReadingRecord]) -> ReportTable:
    """A row per book opened, the newest first. Time, words, pace and questions are the period's."""
    columns: list[Column[ReadingRecord]] = [
        Column("Book", _book_link),
        Column("Begun", lambda record: record.session.started_at, "date"),
        Column("Last read", lambda record: record.session.last_active_at, "date"),
        Column("Read or heard", lambda record: record.progress, "percent"),
        *reading_columns(),
        Column("Questions asked", lambda record: len(record.questions), "number"),
        Column("Status", lambda record: record.status),
    ]
    empty = "No book was opened in this time."
    return report_table("books", "Books", columns, reversed(records), empty=empty, most=MOST_BOOKS)


def _book_link(record: ReadingRecord) -> Link:
    return Link(record.session.book.title, reverse("teacher-session", args=[record.session.pk]))


def children_table(students: Sequence[Student], sums: Mapping[int, Sums]) -> ReportTable:
    """A row per child of the class, whether they read or not. ``sums`` are those of
    ``sums_by_child``."""
    columns: list[Column[Student]] = [
        Column("Child", child_link),
        Column("Days", lambda child: len(sums[child.pk].days), "number"),
        Column("Books", lambda child: len(sums[child.pk].books), "number"),
        *columns_of(lambda child: sums[child.pk], SUMS_COLUMNS),
    ]
    return report_table("children", "Child by child", columns, students)


def child_link(student: Student) -> Link:
    """A child's name, and the way to their report."""
    return Link(student.display_name, reverse("teacher-student", args=[student.slug]))


def children_plot(students: Sequence[Student], sums: Mapping[int, Sums]) -> TitledPlot:
    """Reading and listening by child; ``sums`` are those of ``sums_by_child``."""
    names = [child.display_name for child in students]
    by_child = [sums[child.pk] for child in students]
    drawn = _minutes(names, by_child, "child", width=WHOLE, every_label=True)
    return TitledPlot(f"{READ_AND_LISTENED}, by child", drawn)

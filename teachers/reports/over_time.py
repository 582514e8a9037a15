"""One child, or a class, over time: how much was read, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from readerai.accounts.models import Student

from ..wording import STATUSES
from . import plots
from .periods import Period
from .plots import Axis
from .reading_records import Record, own_pace
from .sums import Days, Sums, by_step, within
from .tables import Column, Link, Table, Value

MOST_BOOKS = 40


@dataclass(frozen=True)
class Plot:
    title: str
    svg: SafeString


_READ = [
    Column("Reading time", "number", "min"),
    Column("Words read", "number"),
    Column("Pace", "number", "words per min"),
    Column("Books finished", "number"),
    Column("Questions asked", "number"),
    Column("Different words looked up", "number"),
    Column("Right at first try", "percent"),
]


def _read(sums: Sums) -> list[Value]:
    return [
        sums.minutes,
        sums.words,
        sums.pace,
        len(sums.finished),
        sums.questions,
        len(sums.looked_up),
        sums.comprehension,
    ]


def time_table(days: Days, period: Period) -> Table:
    """A row per day or week."""
    rows: list[list[Value]] = [
        [step.first, *_read(sums)]
        for step, sums in zip(period.steps, by_step(days, period), strict=True)
    ]
    first = Column("Day" if period.by_day else "Week from", "day")
    return Table("days", "By day" if period.by_day else "By week", [first, *_READ], rows)


def terms_table(days: Days, period: Period) -> Table:
    """A row per term of a year; days between two terms are in none."""
    rows: list[list[Value]] = []
    for part in period.parts:
        sums = within(days, part)
        rows.append([part.name, part.first, part.last, len(sums.days), *_read(sums)])
    columns = [
        Column("Term"),
        Column("From", "date"),
        Column("To", "date"),
        Column("Days", "number"),
    ]
    return Table("terms", "By term", [*columns, *_READ], rows)


def time_plots(days: Days, period: Period) -> list[Plot]:
    """Minutes, pace and comprehension over the period."""
    steps = by_step(days, period)
    labels = [step.label for step in period.steps]
    across = Axis("day" if period.by_day else "week from")
    drawn: list[tuple[str, str, list[float | None], float | None]] = [
        ("Reading time", "minutes", [sums.minutes for sums in steps], None),
        ("Pace", "words per minute", [sums.pace for sums in steps], None),
        ("Right at the first try", "% of questions", [_hundred(sums) for sums in steps], 100.0),
    ]
    return [
        Plot(title, plots.bars(title, labels, values, x=across, y=Axis(unit), top=top))
        for title, unit, values, top in drawn
    ]


def _hundred(sums: Sums) -> float | None:
    return None if sums.comprehension is None else 100 * sums.comprehension


def books_table(records: Sequence[Record]) -> Table:
    """A row per book opened, the newest first. Time, pace and questions are the period's."""
    rows: list[list[Value]] = [
        [
            Link(record.session.book.title, reverse("teacher-session", args=[record.session.pk])),
            record.session.started_at,
            record.session.last_active_at,
            record.progress,
            round(record.seconds / 60, 1),
            record.words,
            own_pace(record.read_time, record.read_words),
            len(record.questions),
            STATUSES[record.session.status],
        ]
        for record in reversed(records)
    ]
    columns = [
        Column("Book"),
        Column("Begun", "date"),
        Column("Last read", "date"),
        Column("Place", "percent"),
        Column("Reading time", "number", "min"),
        Column("Words read", "number"),
        Column("Pace", "number", "words per min"),
        Column("Questions asked", "number"),
        Column("Status"),
    ]
    empty = "No book was opened in this time."
    return Table("books", "Books", columns, rows, empty, most=MOST_BOOKS)


def children_table(students: Sequence[Student], by_child: Mapping[int, Sums]) -> Table:
    """A row per child of the class, whether they read or not."""
    rows: list[list[Value]] = []
    for student in students:
        sums = by_child.get(student.pk, Sums())
        name = Link(student.display_name, reverse("teacher-student", args=[student.slug]))
        rows.append([name, len(sums.days), len(sums.books), *_read(sums)])
    columns = [Column("Child"), Column("Days", "number"), Column("Books", "number"), *_READ]
    return Table("children", "Child by child", columns, rows)


def children_plot(students: Sequence[Student], by_child: Mapping[int, Sums]) -> Plot:
    names = [student.display_name for student in students]
    minutes: list[float | None] = [by_child.get(student.pk, Sums()).minutes for student in students]
    title = "Reading time by child"
    drawn = plots.bars(
        title,
        names,
        minutes,
        x=Axis("child"),
        y=Axis("minutes"),
        width=plots.WHOLE,
        every_label=True,
    )
    return Plot(title, drawn)

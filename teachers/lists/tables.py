"""Reading lists as tables to take away: what their pages show, in numbers and times."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from ..reports.tables import Column, Link, Table, Value
from .report import ChildRow, ListReport, Reading


def lists_table(reports: Sequence[ListReport]) -> Table:
    """The lists of a class, a row each."""
    columns = [
        Column("List"),
        Column("For"),
        Column("Books"),
        Column("By", "day"),
        Column("Children", "number"),
        Column("Began", "number"),
        Column("Finished all", "number"),
    ]
    rows: list[list[Value]] = [
        [
            report.reading_list.title,
            report.audience,
            report.titles,
            report.reading_list.finish_by,
            len(report.rows),
            report.began,
            report.finished,
        ]
        for report in reports
    ]
    return Table("lists", "Reading lists", columns, rows)


def children_table(report: ListReport) -> Table:
    """One list: a row for each child, and for each book when it was begun and finished."""
    books = [
        column
        for book in report.books
        for column in (
            Column(f"{book.title}, began", "time"),
            Column(f"{book.title}, finished", "time"),
        )
    ]
    columns = [Column("Child"), Column("Finished", "number", "books"), *books]
    rows = [_row(row) for row in report.rows]
    return Table("children", report.reading_list.title, columns, rows)


def _row(row: ChildRow) -> list[Value]:
    child = Link(row.child.display_name, reverse("teacher-student", args=[row.child.slug]))
    times = [moment for cell in row.cells for moment in _times(cell)]
    return [child, row.finished, *times]


def _times(cell: Reading | None) -> tuple[Value, Value]:
    return (None, None) if cell is None else (cell.began_at, cell.finished_at)

"""Reading lists as tables to take away: what their pages show, in numbers and times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from ..reports.over_time import child_link
from ..tables import Column, ReportTable, report_table
from .report import ChildRow, ListReport


def lists_table(reports: Sequence[ListReport]) -> ReportTable:
    """The lists of a class, a row each."""
    columns: list[Column[ListReport]] = [
        Column("List", lambda report: report.reading_list.title),
        Column("For", lambda report: report.audience),
        Column("Books", lambda report: report.titles),
        Column("By", lambda report: report.reading_list.finish_by, "day"),
        Column("Children", lambda report: len(report.rows), "number"),
        Column("Began", lambda report: report.began, "number"),
        Column("Finished all", lambda report: report.finished, "number"),
    ]
    return report_table("lists", "Reading lists", columns, reports)


def list_table(report: ListReport) -> ReportTable:
    """One list: a row for each child, and for each book when it was begun and finished."""
    columns: list[Column[ChildRow]] = [
        Column("Child", lambda row: child_link(row.child)),
        Column("Finished", lambda row: row.finished, "number", "books"),
    ]
    for place, book in enumerate(report.books):
        columns += [
            Column(f"{book.title}, began", _began_at(place), "time"),
            Column(f"{book.title}, finished", _finished_at(place), "time"),
            Column(f"{book.title}, closed at", _closed_at(place), "percent"),
        ]
    return report_table("children", report.reading_list.title, columns, report.rows)


def _began_at(place: int) -> Callable[[ChildRow], dt.datetime | None]:
    return lambda row: getattr(row.cells[place], "began_at", None)


def _closed_at(place: int) -> Callable[[ChildRow], float | None]:
    return lambda row: getattr(row.cells[place], "closed_at", None)


def _finished_at(place: int) -> Callable[[ChildRow], dt.datetime | None]:
    return lambda row: getattr(row.cells[place], "finished_at", None)

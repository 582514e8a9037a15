"""A table as it is shown, printed and exported: one set of rows for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar

ColumnKind = Literal["text", "number", "percent", "time", "day", "date"]
Row = TypeVar("Row")
Part = TypeVar("Part")

UNKNOWN: Final = "–"


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere on the screen and is only a text elsewhere."""

    text: str
    url: str


PlainValue = str | int | float | dt.datetime | dt.date | None
Value = PlainValue | Link


@dataclass(frozen=True)
class Column(Generic[Row]):
    """``value`` takes what a row is about. ``unit`` is said in the heading. A percent is from 0
    to 1, None is what nobody knows; times are aware."""

    heading: str
    value: Callable[[Row], Value]
    kind: ColumnKind = "text"
    unit: str = ""

    def title_in(self, zone: dt.tzinfo) -> str:
        """The whole heading of a file: with its unit, and times with their zone."""
        note = self.unit or (f"{zone}" if self.kind == "time" else "")
        return f"{self.heading}, {note}" if note else self.heading

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "percent"}

    @property
    def is_time(self) -> bool:
        return self.kind in {"time", "day", "date"}


def columns_of(part: Callable[[Row], Part], columns: Sequence[Column[Part]]) -> list[Column[Row]]:
    """``columns`` for rows of which they tell a ``part``."""

    def of_row(column: Column[Part]) -> Column[Row]:
        return Column(column.heading, lambda row: column.value(part(row)), column.kind, column.unit)

    return [of_row(column) for column in columns]


@dataclass(frozen=True)
class Cell:
    text: str
    column: Column[Any]
    url: str


@dataclass(frozen=True)
class ReportTable:
    """``key`` names it in an address; ``rows`` have a value per column. Of a long table the page
    shows the first ``most``; its file has them all."""

    key: str
    title: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Sequence[Value]]
    empty: str = "Nothing yet."
    most: int | None = None

    def shown(self, zone: dt.tzinfo) -> list[list[Cell]]:
        """The rows as the screen says them."""
        return [
            [
                Cell(value_text(value, column.kind, zone), column, getattr(value, "url", ""))
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows[: self.most]
        ]

    @property
    def left_out(self) -> int:
        """How many rows the page does not show."""
        return 0 if self.most is None else max(0, len(self.rows) - self.most)


def report_table(
    key: str,
    title: str,
    columns: Sequence[Column[Row]],
    about: Iterable[Row],
    *,
    empty: str = "Nothing yet.",
    most: int | None = None,
) -> ReportTable:
    """A table with a row ``about`` each of these."""
    rows = [[column.value(row) for column in columns] for row in about]
    return ReportTable(key, title, columns, rows, empty, most)


def without_link(value: Value) -> PlainValue:
    """What a value says, wherever it leads."""
    return value.text if isinstance(value, Link) else value


def value_text(value: Value, kind: ColumnKind, zone: dt.tzinfo) -> str:
    """A value as a person reads it."""
    plain = without_link(value)
    if plain is None:
        return UNKNOWN
    if isinstance(plain, dt.datetime):
        plain = plain.astimezone(zone)
        if kind != "date":
            return f"{plain.day} {plain:%b %Y, %H:%M}"
    if isinstance(plain, dt.date):
        date = f"{plain.day} {plain:%b %Y}"
        return f"{plain:%a} {date}" if kind == "day" else date
    if isinstance(plain, str):
        return plain
    if kind == "percent":
        return f"{round(plain * 100)}%"
    return f"{plain:,.1f}" if isinstance(plain, float) else f"{plain:,}"

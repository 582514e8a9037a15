"""A table as it is shown, printed and exported: one set of rows for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "number", "percent", "time", "day", "date"]


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere on the screen and is only a text elsewhere."""

    text: str
    url: str


Plain = str | int | float | dt.datetime | dt.date | None
Value = Plain | Link


@dataclass(frozen=True)
class Column:
    """``unit`` is said in the heading. A percent is from 0 to 1; times are aware."""

    heading: str
    kind: Kind = "text"
    unit: str = ""

    @property
    def title(self) -> str:
        return f"{self.heading}, {self.unit}" if self.unit else self.heading

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "percent"}

    @property
    def is_time(self) -> bool:
        return self.kind in {"time", "day", "date"}


@dataclass(frozen=True)
class Table:
    """``key`` names it in an address; ``rows`` have a value per column. Of a long table the page
    shows the first ``most``; its file has them all."""

    key: str
    title: str
    columns: list[Column]
    rows: list[list[Value]] = field(default_factory=list)
    empty: str = "Nothing yet."
    most: int | None = None

    def shown(self, zone: dt.tzinfo) -> list[list[Cell]]:
        """The rows as the screen says them."""
        return [
            [
                Cell(said(value, column.kind, zone), column, _url(value))
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows[: self.most]
        ]

    @property
    def left_out(self) -> int:
        """How many rows the page does not show."""
        return 0 if self.most is None else max(0, len(self.rows) - self.most)


@dataclass(frozen=True)
class Cell:
    text: str
    column: Column
    url: str


def _url(value: Value) -> str:
    return value.url if isinstance(value, Link) else ""


def plain(value: Value) -> Plain:
    """A value without its link."""
    return value.text if isinstance(value, Link) else value


def said(value: Value, kind: Kind, zone: dt.tzinfo) -> str:
    """A value as a person reads it; nothing for what is not known."""
    found = plain(value)
    if found is None:
        return "–"
    if isinstance(found, dt.datetime):
        here = found.astimezone(zone)
        return (
            said(here.date(), kind, zone) if kind == "date" else f"{here.day} {here:%b %Y, %H:%M}"
        )
    if isinstance(found, dt.date):
        date = f"{found.day} {found:%b %Y}"
        return f"{found:%a} {date}" if kind == "day" else date
    if kind == "percent" and not isinstance(found, str):
        return f"{round(found * 100)}%"
    if isinstance(found, float):
        return f"{found:,.1f}"
    if isinstance(found, int):
        return f"{found:,}"
    return found


def by_key(tables: Iterable[Table]) -> dict[str, Table]:
    return {table.key: table for table in tables}

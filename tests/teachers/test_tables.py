"""Tables: one set of rows for the screen and for files."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from teachers.tables import (
    Column,
    ColumnKind,
    Link,
    Value,
    columns_of,
    report_table,
    value_text,
)

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (None, "number", "–"),
        ("a text", "text", "a text"),
        ("", "percent", ""),
        (Link("Alice", "/alice"), "text", "Alice"),
        (1234567, "number", "1,234,567"),
        (1234.56, "number", "1,234.6"),
        (0.0, "number", "0.0"),
        (0.125, "percent", "12%"),
        (1, "percent", "100%"),
        (MOMENT, "time", "2 Jul 2026, 00:30"),
        (MOMENT, "date", "2 Jul 2026"),
        (MOMENT.date(), "date", "1 Jul 2026"),
        (MOMENT.date(), "day", "Wed 1 Jul 2026"),
    ],
)
def test_value_is_said_as_its_kind(value: Value, kind: ColumnKind, said: str) -> None:
    assert value_text(value, kind, BERLIN) == said


NAME: Column[Value] = Column("Name", lambda name: name)


def test_table_has_a_row_for_each_and_the_page_the_first_of_them() -> None:
    rows: list[Value] = [Link("a", "/a"), "b", "c"]
    table = report_table("t", "T", [NAME], rows, most=2)
    assert len(table.rows) == 3
    assert [[(cell.text, cell.url) for cell in row] for row in table.shown(BERLIN)] == [
        [("a", "/a")],
        [("b", "")],
    ]
    assert table.left_out == 1
    assert report_table("t", "T", [NAME], rows).left_out == 0


@pytest.mark.parametrize(
    ("kind", "unit", "title"),
    [
        ("number", "", "Begun"),
        ("number", "min", "Begun, min"),
        ("time", "", "Begun, Europe/Berlin"),
        ("day", "", "Begun"),
    ],
)
def test_heading_of_a_file_has_the_unit_or_the_time_zone(
    kind: ColumnKind, unit: str, title: str
) -> None:
    column: Column[int] = Column("Begun", int, kind, unit)
    assert column.title_in(BERLIN) == title


def test_columns_of_a_part_tell_of_that_part_of_the_row() -> None:
    parts: list[Column[int]] = [
        Column("Same", lambda part: part),
        Column("Double", lambda part: 2 * part, "number", "min"),
    ]
    table = report_table("t", "T", columns_of(lambda row: row[1], parts), [("a", 3)])
    assert table.rows == [[3, 6]]
    assert [column.title_in(BERLIN) for column in table.columns] == ["Same", "Double, min"]

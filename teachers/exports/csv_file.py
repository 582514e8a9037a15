"""A table as CSV.

Times are those of the screen, in the school's time zone, which the heading names: a spreadsheet
program takes ``2026-11-26 14:05:00`` for a time, and one with a zone for a text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any, Final

from readerai.spreadsheets import harmless

from ..tables import Column, PlainValue, ReportTable, without_link

CSV: Final = "text/csv; charset=utf-8"


def csv_bytes(table: ReportTable, zone: dt.tzinfo) -> bytes:
    """UTF-8 with a byte order mark; numbers as numbers, times and days in ISO 8601, percent as a
    part of 1."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(heading(column, zone)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_value(without_link(value), zone) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def heading(column: Column[Any], zone: dt.tzinfo) -> str:
    """A column's heading in a file: with its unit, and times with their zone."""
    return f"{column.title}, {zone}" if column.kind == "time" else column.title


def _csv_value(value: PlainValue, zone: dt.tzinfo) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value

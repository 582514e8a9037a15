"""Tables as downloads: CSV here, XLSX by ``xlsx_file``.

Times are those of the screen, in the school's time zone, which the heading names: a spreadsheet
program takes ``2026-11-26 14:05:00`` for a time, and one with a zone for a text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpResponse

from readerai.spreadsheets import harmless

from ..tables import PlainValue, ReportTable, without_link
from .xlsx_file import XLSX, xlsx_bytes


def csv_bytes(table: ReportTable, zone: dt.tzinfo) -> bytes:
    """UTF-8 with a byte order mark; numbers as numbers, times and days in ISO 8601, percent as a
    part of 1."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(column.title_in(zone)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_value(without_link(value), zone) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _csv_value(value: PlainValue, zone: dt.tzinfo) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value


_FORMATS: Final = {"csv": (csv_bytes, "text/csv; charset=utf-8"), "xlsx": (xlsx_bytes, XLSX)}


def table_file(
    tables: Iterable[ReportTable], key: str, form: str, *, about: str, zone: dt.tzinfo
) -> HttpResponse:
    """The one of ``tables`` that ``key`` names, as a file in the form of that ending, named
    ``about-key.form``; raises ``Http404`` where there is none such."""
    table = next((table for table in tables if table.key == key), None)
    if table is None or form not in _FORMATS:
        raise Http404
    to_bytes, content_type = _FORMATS[form]
    return download(to_bytes(table, zone), f"{about}-{key}.{form}", content_type)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file that the browser saves under ``name`` (of ASCII letters, digits and dashes)."""
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=content_type, headers=headers)

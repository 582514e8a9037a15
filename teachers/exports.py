"""Tables as files: CSV and XLSX from the very rows that the screen shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from readerai.spreadsheets import harmless

from .tables import Table, plain

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL: Final = 32_767


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with a byte order mark; numbers as numbers, times in ISO 8601 (UTC), percent as a
    part of 1."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_value(plain(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_value(value: str | int | float | dt.datetime | dt.date | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return _iso(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value


def xlsx_bytes(table: Table) -> bytes:
    """One sheet; texts are texts whatever they begin with, times in UTC."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title[:31].replace("/", "-").replace(":", ""))
    sheet.append([column.title for column in table.columns])
    for row in table.rows:
        cells = []
        for value, column in zip(row, table.columns, strict=True):
            cell = WriteOnlyCell(sheet, value=_xlsx_value(plain(value)))
            if isinstance(cell.value, str):
                cell.data_type = "s"
            elif column.kind == "percent":
                cell.number_format = "0%"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_value(
    value: str | int | float | dt.datetime | dt.date | None,
) -> str | int | float | dt.datetime | dt.date | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        return "".join(letter for letter in value if letter >= " " or letter in "\t\n")[
            :_LONGEST_CELL
        ]
    return value


def file_response(table: Table, name: str, form: str) -> HttpResponse:
    """The table as a download named ``name-table.form``."""
    content, kind = (
        (xlsx_bytes(table), XLSX)
        if form == "xlsx"
        else (csv_bytes(table), "text/csv; charset=utf-8")
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}-{table.key}.{form}"'
    return response

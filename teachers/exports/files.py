"""Tables as files: CSV and XLSX from the very rows that the screen shows.

Times are those of the screen, in the school's time zone, which the heading names: a spreadsheet
program takes ``2026-11-26 14:05:00`` for a time, and one with a zone for a text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from readerai.spreadsheets import harmless

from ..reports.tables import Column, Plain, Table, plain

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL: Final = 32_767
_NARROWEST, _WIDEST, _WIDEST_HEADING = 8, 60, 20
_HEADING_FONT: Final = Font(name="Calibri", size=11, bold=True)
_LONGEST_SHEET_NAME: Final = 31
_FORMATS: Final = {"percent": "0%", "time": "yyyy-mm-dd hh:mm:ss", "day": "yyyy-mm-dd"}
_NOT_FOR_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_FOR_SHEET_NAMES: Final = re.compile(r"[\\/*?:\[\]]")


def csv_bytes(table: Table, zone: dt.tzinfo) -> bytes:
    """UTF-8 with a byte order mark; numbers as numbers, times and days in ISO 8601, percent as a
    part of 1."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(_title(column, zone)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_value(plain(value), zone) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _title(column: Column, zone: dt.tzinfo) -> str:
    return f"{column.title}, {zone}" if column.kind == "time" else column.title


def _csv_value(value: Plain, zone: dt.tzinfo) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value


def xlsx_bytes(table: Table, zone: dt.tzinfo) -> bytes:
    """One sheet, its heading in sight, that prints as wide as a page; texts are texts whatever
    they begin with."""
    book = Workbook(write_only=True)
    name = _NOT_FOR_SHEET_NAMES.sub("-", table.title)[:_LONGEST_SHEET_NAME]
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    titles = [_title(column, zone) for column in table.columns]
    rows = [[_xlsx_value(plain(value), zone) for value in row] for row in table.rows]
    _lay_out(sheet, titles, rows)
    sheet.append([_heading(sheet, *each) for each in zip(titles, table.columns, strict=True)])
    for row in rows:
        sheet.append(list(_cells(sheet, table.columns, row)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(sheet: WriteOnlyWorksheet, titles: list[str], rows: list[list[Plain]]) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for place, title in enumerate(titles):
        longest = max((len(str(row[place])) for row in rows), default=0)
        heading = min(len(title), _WIDEST_HEADING)
        width = min(max(longest, heading, _NARROWEST), _WIDEST) + 2
        sheet.column_dimensions[get_column_letter(place + 1)].width = width


def _heading(sheet: WriteOnlyWorksheet, title: str, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=title)
    cell.data_type = "s"
    cell.font = _HEADING_FONT
    side = "left" if column.kind == "text" else "right"
    cell.alignment = Alignment(horizontal=side, vertical="bottom", wrap_text=True)
    return cell


def _cells(
    sheet: WriteOnlyWorksheet, columns: list[Column], row: list[Plain]
) -> Iterator[WriteOnlyCell]:
    for value, column in zip(row, columns, strict=True):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        elif column.kind in _FORMATS:
            cell.number_format = _FORMATS[column.kind]
        elif isinstance(value, float):
            cell.number_format = "0.0"
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
        yield cell


def _xlsx_value(value: Plain, zone: dt.tzinfo) -> Plain:
    if isinstance(value, dt.datetime):
        return value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        return _NOT_FOR_XML.sub("", value)[:_LONGEST_CELL]
    return value


def file_response(table: Table, name: str, form: str, zone: dt.tzinfo) -> HttpResponse:
    """The table as a download named ``name.form``."""
    content, kind = (
        (xlsx_bytes(table, zone), XLSX)
        if form == "xlsx"
        else (csv_bytes(table, zone), "text/csv; charset=utf-8")
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response

"""A table as XLSX: one sheet, its heading in sight, that prints as wide as a page."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ..tables import Column, PlainValue, ReportTable, without_link

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL: Final = 32_767
_NARROWEST, _WIDEST, _WIDEST_HEADING = 8, 60, 20
_HEADING_FONT: Final = Font(name="Calibri", size=11, bold=True)
_LONGEST_SHEET_NAME: Final = 31
_FORMATS: Final = {"percent": "0%", "time": "yyyy-mm-dd hh:mm:ss", "day": "yyyy-mm-dd"}
_NOT_FOR_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_FOR_SHEET_NAMES: Final = re.compile(r"[\\/*?:\[\]]")


def xlsx_bytes(table: ReportTable, zone: dt.tzinfo) -> bytes:
    """Numbers, times and days as such; texts are texts whatever they begin with."""
    book = Workbook(write_only=True)
    name = _NOT_FOR_SHEET_NAMES.sub("-", table.title)[:_LONGEST_SHEET_NAME]
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    headings = [column.title_in(zone) for column in table.columns]
    rows = [[_xlsx_value(without_link(value), zone) for value in row] for row in table.rows]
    _lay_out(sheet, headings, rows)
    sheet.append(
        [_heading_cell(sheet, *each) for each in zip(headings, table.columns, strict=True)]
    )
    for row in rows:
        sheet.append([_cell(sheet, *each) for each in zip(row, table.columns, strict=True)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(
    sheet: WriteOnlyWorksheet, headings: Sequence[str], rows: Sequence[Sequence[PlainValue]]
) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for place, title in enumerate(headings):
        longest = max((len(str(row[place])) for row in rows), default=0)
        width = max(longest, min(len(title), _WIDEST_HEADING), _NARROWEST)
        letter = get_column_letter(place + 1)
        sheet.column_dimensions[letter].width = min(width, _WIDEST) + 2


def _heading_cell(sheet: WriteOnlyWorksheet, title: str, column: Column[Any]) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=title)
    cell.data_type = "s"
    cell.font = _HEADING_FONT
    side = "left" if column.kind == "text" else "right"
    cell.alignment = Alignment(horizontal=side, vertical="bottom", wrap_text=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: PlainValue, column: Column[Any]) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    elif column.kind in _FORMATS:
        cell.number_format = _FORMATS[column.kind]
    elif isinstance(value, float):
        cell.number_format = "0.0"
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    return cell


def _xlsx_value(value: PlainValue, zone: dt.tzinfo) -> PlainValue:
    if isinstance(value, dt.datetime):
        return value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        return _NOT_FOR_XML.sub("", value)[:_LONGEST_CELL]
    return value

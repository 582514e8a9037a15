"""The first sheet of an XLSX file as rows of text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..types import Problem, RosterError
from .sources import refuse_bomb

# A cell far out makes every row as wide as the sheet goes.
_MOST_COLUMNS = 64


def sheet_lines(file: str, raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every row with something in it, with its number on the sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            refuse_bomb(file, archive)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS)
        for number, cells in enumerate(rows, start=1):
            texts = [_text(cell) for cell in cells]
            if any(text.strip() for text in texts):
                yield number, texts
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, IndexError, ValueError):
        raise RosterError([Problem(file, 0, "this is no XLSX file")]) from None


def _text(cell: Any) -> str:
    """What stands in a cell. A number that a person typed is whole again: 3, not 3.0, and where
    the sheet shows it with zeros in front it has them."""
    value: object = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and set(cell.number_format) == {"0"}:
        return f"{value:0{len(cell.number_format)}}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)

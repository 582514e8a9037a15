"""A table as a download, and the name that it is saved by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpResponse

from ..tables import ReportTable
from .csv_file import CSV, csv_bytes
from .xlsx_file import XLSX, xlsx_bytes

_FORMATS: Final = {"csv": (csv_bytes, CSV), "xlsx": (xlsx_bytes, XLSX)}


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

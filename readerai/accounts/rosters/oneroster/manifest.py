"""What ``manifest.csv`` says: the version, and whether the files are whole."""

from __future__ import annotations

import re
from typing import Final

from django.utils import timezone

from ..files.sources import Source
from ..files.tables import Row
from ..types import Location
from .files import MANIFEST, Files

_VERSION: Final = re.compile(r"(1\.[12])(\.\d+)?")
_WHOLE_LISTS: Final = ("orgs", "users", "classes", "enrollments")


def open_set(folder: Source) -> Files:
    """A set whose files can be read as they are. Raises ``RosterError``."""
    files = Files(folder, timezone.now().date())
    said = {row["propertyName"].casefold(): row for row in files.rows("manifest")}
    files.version = _version(files, said.get("oneroster.version"))
    for name in (*_WHOLE_LISTS, *(["roles"] if files.version == "1.2" else [])):
        _refuse_parts(files, name, said.get(f"file.{name}".casefold()))
    _refuse_parts(files, "academicSessions", said.get("file.academicsessions"), may_be_absent=True)
    files.problems.raise_any()
    return files


def _version(files: Files, row: Row | None) -> str:
    version = _VERSION.fullmatch(row["value"]) if row is not None else None
    if version is None:
        at = row.at if row is not None else Location(MANIFEST, 1)
        files.problems.add(at, "oneroster.version must be 1.1 or 1.2")
        return ""
    return version[1]


def _refuse_parts(files: Files, name: str, row: Row | None, *, may_be_absent: bool = False) -> None:
    """Refuse a list of changes, which does not say who is missing. An unnamed file is whole."""
    how = row["value"].casefold() if row is not None else "bulk"
    if row is not None and how != "bulk" and not (may_be_absent and how == "absent"):
        files.problems.add(row.at, f"file.{name} is “{how[:20]}”; whole lists (bulk) are needed")

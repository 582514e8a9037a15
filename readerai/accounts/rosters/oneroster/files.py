"""The files of a set: which columns are read, and which rows are in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from ..files.sources import Source
from ..files.tables import Problems, Row, read_table
from ..files.values import unfit

MANIFEST: Final = "manifest.csv"

# A specification's file has all of its columns; one without those that nobody reads here will do.
_NEEDED: Final = {
    "manifest": {"propertyName", "value"},
    "orgs": {"sourcedId", "name", "type"},
    "users": {"sourcedId", "enabledUser", "givenName", "familyName"},
    "classes": {"sourcedId", "title", "schoolSourcedId"},
    "enrollments": {"sourcedId", "classSourcedId", "userSourcedId", "role"},
    "academicSessions": {"sourcedId", "title"},
    "roles": {"sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"},
}
_NEEDED_IN_USERS_OF_1_1: Final = {"orgSourcedIds", "role"}
_READ_TOO: Final = {
    "status", "orgSourcedIds", "role", "username", "email", "grades", "preferredGivenName",
    "preferredFamilyName", "primaryOrgSourcedId", "termSourcedIds", "schoolYear",
    "parentSourcedId", "startDate", "endDate",
}  # fmt: skip
_HEADERS: Final = {name.casefold(): name for name in _READ_TOO.union(*_NEEDED.values())}


def _column(title: str) -> str:
    return _HEADERS.get("".join(title.split()).casefold(), "")


@dataclass
class Files:
    """A set being read: where from, by which version, as of which day, what is wrong so far."""

    folder: Source
    today: dt.date
    version: str = ""
    problems: Problems = field(default_factory=Problems)

    def rows(self, name: str) -> list[Row]:
        """The rows of a file without those marked ``tobedeleted`` (or, in 1.0, ``inactive``)."""
        needed = _NEEDED[name]
        if name == "users" and self.version == "1.1":
            needed = needed | _NEEDED_IN_USERS_OF_1_1
        rows = read_table(self.folder / f"{name}.csv", needed, column_of=_column)
        return [row for row in rows if self._is_active(row)]

    def rows_of_today(self, name: str) -> list[Row]:
        """The rows that are not over either. ``endDate`` is the first day on which they are.

        What begins later is in force already, so that a new year can be prepared.
        """
        return [row for row in self.rows(name) if not self._is_over(row)]

    def _is_active(self, row: Row) -> bool:
        status = row["status"].casefold()
        if status not in {"", "active", "inactive", "tobedeleted"}:
            self.problems.add(row.at, f"status: “{status[:20]}” is neither active nor tobedeleted")
        return status not in {"inactive", "tobedeleted"}

    def _is_over(self, row: Row) -> bool:
        end = self.day(row, "endDate")
        return end is not None and end <= self.today

    def day(self, row: Row, column: str) -> dt.date | None:
        """The day that a cell names, None where it names none."""
        if not row[column]:
            return None
        try:
            return dt.date.fromisoformat(row[column].partition("T")[0])
        except ValueError:
            self.problems.add(row.at, f"{column}: “{row[column][:20]}” is no day like 2027-06-30")
            return None


def is_fit(row: Row, names: tuple[str, ...], longest: int, problems: Problems) -> bool:
    """Whether the cells can be kept; adds which cannot."""
    reasons = {name: unfit(row[name], longest, required=True) for name in names}
    return not problems.add_cells(row.at, reasons)


def is_new(identifier: str, seen: Container[str], row: Row, problems: Problems) -> bool:
    """Whether no row before has this id; a second one is passed over."""
    if identifier in seen:
        problems.pass_over(row.at, f"the id “{identifier[:60]}” was there before")
        return False
    return True


def ids_in(cell: str) -> list[str]:
    """The ids of a cell that holds several."""
    return [part.strip() for part in cell.split(",") if part.strip()]

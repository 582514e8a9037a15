"""The changes of a roster as tables for the preview, one for each kind of change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ..rosters.changes import COLUMNS, Change

_OPEN: Final = 50
_FOLDED: Final = 2_000


@dataclass
class ChangeTable:
    """Changes of one kind: those in sight, those folded away, and how many are in the CSV only."""

    kind: str
    count: int = 0
    rows: list[list[str]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)

    @property
    def open(self) -> list[list[str]]:
        return self.rows[:_OPEN]

    @property
    def folded(self) -> list[list[str]]:
        return self.rows[_OPEN:]

    @property
    def left(self) -> int:
        return self.count - len(self.rows)


def change_tables(changes: Iterable[Change]) -> list[ChangeTable]:
    """By kind, in the order in which they come; a table has the columns that say something."""
    kinds: dict[str, list[Change]] = {}
    for change in changes:
        kinds.setdefault(change["change"], []).append(change)
    return [_table(kind, rows) for kind, rows in kinds.items()]


def _table(kind: str, changes: list[Change]) -> ChangeTable:
    shown = changes[: _OPEN + _FOLDED]
    columns = [name for name in COLUMNS[1:] if any(change.get(name) for change in shown)]
    rows = [[change.get(name, "") for name in columns] for change in shown]
    return ChangeTable(kind, len(changes), rows, columns)

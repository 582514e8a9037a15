"""Tables: which are made of data, and the cells of a row."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from .markup import local, text_of, types_of

CELLS = ("td", "th")
_LONGEST_CELL = 300  # letters: more is a page set in columns
_MOST_COLUMNS = 20
_NO_DATA = {"h1", "h2", "h3", "h4", "h5", "h6", "table"}


@dataclass(frozen=True)
class TableCell:
    """A cell's text, whether it heads its row or column, and how many of each it is wide."""

    text: str
    is_head: bool
    columns: int
    rows: int


@dataclass(frozen=True)
class TableRow:
    """One row of the table that is the ``table``-th of its document."""

    table: int
    cells: list[TableCell]


def is_data(table: etree._Element) -> bool:
    """Whether a table is to be seen as one, and does no more than set text in columns."""
    if {"presentation", "none"} & types_of(table):
        return False
    rows = [e for e in table.iter() if local(e) == "tr"]
    widths = [sum(local(cell) in CELLS for cell in row) for row in rows]
    if len(rows) < 2 or not 2 <= max(widths) <= _MOST_COLUMNS:
        return False
    for element in table.iterdescendants():
        if local(element) in _NO_DATA:
            return False
        if local(element) in CELLS and len(text_of(element)) > _LONGEST_CELL:
            return False
    return True


def cell_of(element: etree._Element, text: str) -> TableCell:
    return TableCell(
        " ".join(text.split()),
        local(element) == "th" or "rowheader" in types_of(element),
        _span(element.get("colspan")),
        _span(element.get("rowspan")),
    )


def _span(said: str | None) -> int:
    said = (said or "").strip()
    return min(_MOST_COLUMNS, max(1, int(said))) if said.isascii() and said.isdigit() else 1

"""CSV files as rows that know where they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .types import Place, Problem, RosterError

LARGEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """A row's cells by the names in the header, trimmed; a column that is not there is empty."""

    cells: dict[str, str]
    at: Place

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Problems:
    """Collects what is wrong, so that one run tells it all."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, at: Place, reason: str) -> None:
        self._found.append(Problem(at.file, at.line, reason))

    def raise_any(self) -> None:
        if self._found:
            raise RosterError(self._found)


def read_table(path: Path, columns: set[str], *, header_names: dict[str, str]) -> list[Row]:
    """The rows of a file that must have ``columns``.

    ``header_names`` says what a header's cell (in small letters, without spaces) means; others
    are passed over. Raises ``RosterError`` where the file is no such table.
    """
    text = _text(path)
    lines = _lines(path.name, text)
    header_line, header = next(lines, (1, []))
    names = [header_names.get("".join(cell.split()).casefold(), "") for cell in header]
    top = Place(path.name, header_line)
    problems = Problems()
    for column in sorted(columns - set(names)):
        problems.add(top, f"there is no column “{column}”")
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        problems.add(top, f"the column “{name}” is there twice")
    problems.raise_any()
    return list(_rows(path.name, names, lines))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RosterError([Problem(path.name, 0, "the file is too large for a roster")])
        raw = path.read_bytes()
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror})"
        raise RosterError([Problem(path.name, 0, reason)]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = "this is not UTF-8; save the file as “CSV UTF-8” and try again"
        raise RosterError([Problem(path.name, line, reason)]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RosterError([Problem(path.name, line, "this is not text")])
    return text


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    # Spreadsheet programs in half of Europe write semicolons.
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise RosterError([Problem(file, line, "the quotes do not close here")]) from None


def _rows(file: str, names: list[str], lines: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    problems = Problems()
    for line, cells in lines:
        at = Place(file, line)
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            problems.add(at, "there are more cells than columns")
            continue
        pairs = zip(names, cells, strict=False)
        yield Row({name: " ".join(cell.split()) for name, cell in pairs if name}, at)
    problems.raise_any()

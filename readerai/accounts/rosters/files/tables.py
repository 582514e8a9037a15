"""CSV and XLSX files as rows that know where they stand."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from ..types import Location, Problem, RosterError
from .sheets import sheet_lines
from .sources import Source

LARGEST_FILE = 64 * 1024 * 1024
MOST_ROWS = 500_000
_BEGINNING = 2_000
_SEPARATOR = re.compile(r'"?sep=(\\t|[,;\t|])"?[,;]*\r?\n', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by the names in the header, trimmed; a column that is not there is empty."""

    cells: dict[str, str]
    at: Location

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Problems:
    """Collects what is wrong, so that one run tells it all."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self.passed_over: list[Problem] = []

    def pass_over(self, at: Location, reason: str) -> None:
        """Tell of a row that is not taken and does no harm."""
        self.passed_over.append(Problem(at.file, at.line, reason))

    def add(self, at: Location, reason: str) -> None:
        self._found.append(Problem(at.file, at.line, reason))

    def add_cells(self, at: Location, reasons: dict[str, str]) -> bool:
        """Add the reasons, by column, that are not empty; whether there are any."""
        for column, reason in reasons.items():
            if reason:
                self.add(at, f"{column}: {reason}")
        return any(reasons.values())

    def raise_any(self) -> None:
        if self._found:
            raise RosterError(self._found)


def read_table(
    path: Source,
    columns: set[str],
    *,
    column_of: Callable[[str], str],
    one_of: tuple[str, ...] = (),
    titles_before: int = 0,
) -> list[Row]:
    """The rows of a file that must have ``columns``, and one at least of ``one_of``.

    ``column_of`` says which column a header's cell names, "" for one that is passed over. The
    header is the first line, or after up to ``titles_before`` others that name no such table.
    Raises ``RosterError`` where the file is no such table.
    """
    raw = _read(path)
    is_sheet = path.name.casefold().endswith(".xlsx")
    lines = sheet_lines(path.name, raw) if is_sheet else _lines(path.name, _text(path.name, raw))
    first = list(islice(lines, titles_before + 1)) or [(1, [])]
    headers = [[column_of(cell) for cell in cells] for _, cells in first]
    lacking = [_lacking(names, columns, one_of) for names in headers]
    # Where no line is a header, the one that is most of one says what is missing.
    at = min(range(len(first)), key=lambda place: (len(lacking[place]), place))
    names = headers[at]
    top = Location(path.name, first[at][0])
    problems = Problems()
    for column in lacking[at]:
        problems.add(top, f"there is no column “{column}”")
    _keep_the_first(names, first[at][1], top, problems)
    problems.raise_any()
    return list(_rows(path.name, names, chain(first[at + 1 :], lines)))


def _keep_the_first(names: list[str], titles: list[str], top: Location, problems: Problems) -> None:
    """Of two columns that say the same under two titles the first is read."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if not name or places.setdefault(name, place) == place:
            continue
        if titles[place].split() == titles[places[name]].split():
            problems.add(top, f"the column “{name}” is there twice")
        names[place] = ""


def _lacking(names: list[str], columns: set[str], one_of: tuple[str, ...]) -> list[str]:
    """The columns that a header does not have."""
    some = one_of[:1] if one_of and not set(one_of) & set(names) else ()
    return [*sorted(columns - set(names)), *some]


def _read(path: Source) -> bytes:
    try:
        with path.open("rb") as file:
            raw: bytes = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or 'there is no such file'})"
        raise RosterError([Problem(path.name, 0, reason)]) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        raise RosterError([Problem(path.name, 0, "the file cannot be unpacked")]) from None
    if len(raw) > LARGEST_FILE:
        raise RosterError([Problem(path.name, 0, "the file is too large for a roster")])
    return raw


def _text(file: str, raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = "this is not UTF-8; save the file as “CSV UTF-8” and try again"
        raise RosterError([Problem(file, line, reason)]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RosterError([Problem(file, line, "this is not text")])
    return text


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    said = _SEPARATOR.match(text)
    # Spreadsheet programs in half of Europe write semicolons, and some say so in a first line.
    beginning = text[:_BEGINNING]
    delimiter = said[1].replace("\\t", "\t") if said else max(",;\t", key=beginning.count)
    if said:
        text = "\n" + text[said.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise RosterError([Problem(file, line, "the quotes do not close here")]) from None


def _rows(file: str, names: list[str], lines: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    problems = Problems()
    for count, (line, cells) in enumerate(lines):
        at = Location(file, line)
        if count == MOST_ROWS:
            raise RosterError([Problem(file, line, f"there are more than {MOST_ROWS:,} rows")])
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            problems.add(at, "there are more cells than columns")
            continue
        pairs = zip(names, cells, strict=False)
        yield Row({name: " ".join(cell.split()) for name, cell in pairs if name}, at)
    problems.raise_any()

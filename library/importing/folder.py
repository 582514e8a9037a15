"""A folder of books with a list of their levels."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

LIST = "levels.csv"
_HIGHEST = 12


def books_in(path: Path, level: int | None) -> Iterator[tuple[Path, int | None]]:
    """(file, level) of each book that a folder's ``levels.csv`` names, else ``path`` itself.

    A line of it is a file's name and a school grade from 0 to 12; without a grade ``level``
    counts. A first line of headings is passed over.
    """
    listed = path / LIST
    if not listed.is_file():
        yield path, level
        return
    with listed.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        for row in csv.reader(lines):
            name, grade = [*(cell.strip() for cell in row), "", ""][:2]
            if not Path(name).suffix or Path(name).name != name:
                continue
            is_grade = grade.isascii() and grade.isdigit() and int(grade) <= _HIGHEST
            yield path / name, int(grade) if is_grade else level

"""Which kind of roster a path holds."""

from __future__ import annotations

from pathlib import Path

from .oneroster import is_oneroster, read_oneroster
from .sources import Source, opened
from .spreadsheet import read_spreadsheet
from .types import Problem, Roster, RosterError

_SHEETS = (".csv", ".xlsx")


def read_roster(path: Path, *, school: str = "") -> Roster:
    """OneRoster where there is a ``manifest.csv``, else the one spreadsheet that is there.

    ``path`` is a folder, a ZIP file or a spreadsheet; ``school`` is for one that does not name
    its school. Raises ``RosterError``.
    """
    with opened(path) as source:
        if source.is_dir():
            return _of_folder(source, school)
        if source.is_file():
            return read_spreadsheet(source, school=school)
    raise RosterError([Problem(path.name, 0, "there is no such file or folder")])


def _of_folder(folder: Source, school: str) -> Roster:
    if is_oneroster(folder):
        return read_oneroster(folder)
    files = [each for each in folder.iterdir() if _is_sheet(each.name)]
    if len(files) == 1:
        return read_spreadsheet(files[0], school=school)
    if not files:
        raise RosterError([Problem(folder.name, 0, "there is no CSV or XLSX file in it")])
    reason = "a OneRoster set needs a manifest.csv, any other holds one CSV or XLSX file"
    raise RosterError([Problem(folder.name, 0, reason)])


def _is_sheet(name: str) -> bool:
    return name.casefold().endswith(_SHEETS) and not name.startswith((".", "~"))

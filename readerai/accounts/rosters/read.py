"""Which kind of roster a path holds."""

from __future__ import annotations

from pathlib import Path

from .oneroster import is_oneroster, read_oneroster
from .spreadsheet import read_spreadsheet
from .types import Problem, Roster, RosterError


def read_roster(path: Path, *, school: str = "") -> Roster:
    """OneRoster where there is a ``manifest.csv``, else the one CSV file that is there.

    ``school`` is for a spreadsheet that does not name one. Raises ``RosterError``.
    """
    if path.is_file():
        return read_spreadsheet(path, school=school)
    if not path.is_dir():
        raise RosterError([Problem(path.name, 0, "there is no such folder")])
    if is_oneroster(path):
        return read_oneroster(path)
    files = sorted(path.glob("*.csv"))
    if len(files) == 1:
        return read_spreadsheet(files[0], school=school)
    if not files:
        raise RosterError([Problem(path.name, 0, "there is no CSV file in this folder")])
    reason = "a OneRoster folder needs a manifest.csv, any other holds one CSV file"
    raise RosterError([Problem(path.name, 0, reason)])

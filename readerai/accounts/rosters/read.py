"""Which kind of roster a path holds."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from .files.sources import Source, opened
from .oneroster import is_oneroster, read_oneroster
from .spreadsheet import read_spreadsheet
from .types import Problem, Roster, RosterError

_BROKEN = (
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    TypeError,
    EOFError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
_SHEETS = (".csv", ".xlsx")


def read_roster(path: Path, *, school: str = "") -> Roster:
    """OneRoster where there is a ``manifest.csv``, else the one spreadsheet that is there.

    ``path`` is a folder, a ZIP file or a spreadsheet; ``school`` is for one that does not name
    its school. Raises ``RosterError``.
    """
    try:
        with opened(path) as source:
            if source.is_dir():
                return _of_folder(source, school)
            if source.is_file():
                return read_spreadsheet(source, school=school)
    except (*_BROKEN, MemoryError, RecursionError) as error:
        # A file can be broken in ways that nobody has thought of; that is one sentence too.
        reason = f"it could not be read ({type(error).__name__})"
        raise RosterError([Problem(path.name, 0, reason)]) from error
    raise RosterError([Problem(path.name, 0, "there is no such file or folder")])


def _of_folder(folder: Source, school: str) -> Roster:
    if is_oneroster(folder):
        return read_oneroster(folder)
    files = [entry for entry in folder.iterdir() if _is_sheet(entry.name)]
    if len(files) == 1:
        return read_spreadsheet(files[0], school=school)
    if not files:
        raise RosterError([Problem(folder.name, 0, "there is no CSV or XLSX file in it")])
    reason = "a OneRoster set needs a manifest.csv, any other holds one CSV or XLSX file"
    raise RosterError([Problem(folder.name, 0, reason)])


def _is_sheet(name: str) -> bool:
    return name.casefold().endswith(_SHEETS) and not name.startswith((".", "~"))

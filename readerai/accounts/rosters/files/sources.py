"""Where a roster's files are: in a folder, or in the ZIP file that systems hand them over in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path

from ..types import Problem, RosterError

#: A file or a folder, on disk or within a ZIP file.
Source = Traversable

LARGEST_UNPACKED = 128 * 1024 * 1024


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The file or folder at ``path``; of a ZIP file what is in it. Raises ``RosterError``."""
    if path.suffix.casefold() != ".zip" or not path.is_file():
        yield path
        return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        raise RosterError([Problem(path.name, 0, "this is no ZIP file")]) from None
    with archive:
        refuse_bomb(path.name, archive)
        yield _only_folder(zipfile.Path(archive))


def refuse_bomb(file: str, archive: zipfile.ZipFile) -> None:
    """Raise ``RosterError`` for a small file that says that it unpacks to the size of a disk.

    What it says is the most that is read of it.
    """
    if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
        raise RosterError([Problem(file, 0, "what is in it is too large for a roster")])


def _only_folder(top: Source) -> Source:
    """The folder that some programs put around what they pack, or ``top`` where there is none."""
    inside = [entry for entry in top.iterdir() if not entry.name.startswith(("__", "."))]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else top

"""The ZIP side of an EPUB, read with bounds: nothing is unpacked to disk, nothing trusted."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from ...imported import ImportProblem
from .names import Names

MAX_ENTRIES = 20_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 10 * 1024 * 1024
MOST_TEXT_MIB = 24  # in one file of text: the longest novel in one file takes half of it
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Archive:
    """An EPUB's files by name. Every failure is an ``ImportProblem``."""

    names: Names

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError):
            raise ImportProblem("it is not an EPUB file, or it is damaged") from None
        except OSError as error:
            raise ImportProblem(f"it cannot be read ({error.strerror})") from None
        try:
            self._check()
        except ImportProblem:
            self._zip.close()
            raise
        self.names = Names(self._zip.namelist())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise ImportProblem(
                f"it holds {len(entries):,} files; at most {MAX_ENTRIES:,} are taken"
            )
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > settings.READERAI_MAX_BOOK_MIB * 1024 * 1024:
            raise ImportProblem(
                f"it is larger than {settings.READERAI_MAX_BOOK_MIB} MiB when unpacked"
            )
        packed = sum(entry.compress_size for entry in entries)
        if unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1):
            raise ImportProblem("it unpacks to over a hundred times its size, which no book does")
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise ImportProblem("it is encrypted (copy-protected), so it cannot be read here")
            _check_name(entry.filename)

    def find(self, base: str, href: str) -> tuple[str, str]:
        """(file name, fragment) of ``href`` as written in ``base``; see ``Names.find``."""
        return self.names.find(base, href)

    def read_text(self, name: str) -> bytes:
        """The bytes of a file that is to be parsed, which takes many times its size."""
        try:
            large = self._zip.getinfo(name).file_size > MOST_TEXT_MIB * 1024 * 1024
        except KeyError:
            large = False
        if large:
            raise ImportProblem(f"{name} in it is larger than {MOST_TEXT_MIB} MiB of text")
        return self.read(name)

    def read(self, name: str) -> bytes:
        """The bytes of one file of the archive."""
        try:
            return self._zip.read(name)
        except KeyError:
            raise ImportProblem(f"{name} is missing from it") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise ImportProblem(f"{name} in it is damaged") from None
        except (NotImplementedError, RuntimeError):
            raise ImportProblem(f"{name} in it is packed in a way that cannot be read") from None


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name):
        raise ImportProblem("it names a file outside of itself")

"""Any file that may be a book, by what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .archive import Archive
from .epub import book_of, read_text
from .imported import ImportedBook, ImportProblem
from .media_overlay import add_readings, read_clips, wanted_ids
from .package import read_package
from .plaintext import read_plaintext


@contextmanager
def read_book(path: Path) -> Iterator[ImportedBook]:
    """The book in ``path`` (.epub or .txt), with its recorded readings while the context lasts.

    Raises ``ImportProblem`` with one clear line.
    """
    if path.is_dir():
        raise ImportProblem("it is a folder, not a book")
    if not path.exists():
        raise ImportProblem("there is no such file")
    match path.suffix.lower():
        case ".txt":
            yield read_plaintext(path)
        case ".epub":
            with Archive(path) as archive, TemporaryDirectory(prefix="readerai-") as folder:
                package = read_package(archive)
                clips = read_clips(archive, package)
                text = read_text(archive, package, wanted_ids(clips))
                book = book_of(text)
                add_readings(archive, clips, text, book, Path(folder))
                yield book
        case _:
            raise ImportProblem("only .epub and .txt files are taken")

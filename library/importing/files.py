"""Any file that may be a book, by what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .epub.ocf.archive import Archive
from .epub.reading import read_epub
from .imported import ImportedBook, ImportProblem
from .plaintext.book import read_plaintext


@contextmanager
def read_book(path: Path, language: str = "") -> Iterator[ImportedBook]:
    """The book in ``path``, with its recorded readings while the context lasts.

    ``language`` (a BCP 47 tag) is what it is in, whatever it says itself. Raises
    ``ImportProblem`` with one clear line.
    """
    if path.is_dir():
        raise ImportProblem("it is a folder, not a book")
    if not path.exists():
        raise ImportProblem("there is no such file")
    match path.suffix.lower():
        case ".txt" | ".md" | ".markdown":
            yield read_plaintext(path, language)
        case ".epub":
            with Archive(path) as archive, TemporaryDirectory(prefix="readerai-") as folder:
                yield read_epub(archive, Path(folder), language)
        case _:
            raise ImportProblem("only .epub, .txt and .md files are taken")

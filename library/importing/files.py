"""Any file that may be a book, by what it is."""

from __future__ import annotations

from pathlib import Path

from .epub.ocf.archive import Archive
from .epub.reading import read_epub
from .imported import ImportedBook, ImportProblem
from .plaintext.book import read_plaintext


def read_book(path: Path, folder: Path, language: str = "") -> ImportedBook:
    """The book in ``path``; its pictures and its sound are in ``folder``.

    ``language`` (a BCP 47 tag) is what it is in, whatever it says itself. Raises
    ``ImportProblem`` with one clear line.
    """
    if path.is_dir():
        raise ImportProblem("it is a folder, not a book")
    if not path.exists():
        raise ImportProblem("there is no such file")
    match path.suffix.lower():
        case ".txt" | ".md" | ".markdown":
            return read_plaintext(path, language)
        case ".epub":
            with Archive(path) as archive:
                return read_epub(archive, folder, language)
        case _:
            raise ImportProblem("only .epub, .txt and .md files are taken")

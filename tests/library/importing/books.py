"""Little books for these tests, and how to look at what came out."""

from __future__ import annotations

import zipfile
from pathlib import Path

from library.importing.imported import ImportedBook
from library.importing.plaintext.book import book_of_text
from tests.library.epubs import CONTAINER, NAV_ITEM, nav, package, read_epub, write_epub, xhtml


def chapters(book: ImportedBook) -> list[tuple[str, str]]:
    """(title, text) of each chapter; " / " parts paragraphs."""
    return [
        (
            chapter.title,
            " / ".join(
                " ".join(word for words in sentences for word in words)
                for sentences in chapter.paragraphs
            ),
        )
        for chapter in book.chapters
    ]


def left_out(book: ImportedBook) -> dict[str, tuple[int, int]]:
    """What is left out, with how many and how many words."""
    return {row.what: (row.count, row.words) for row in book.left_out}


def book_of(
    folder: Path, *bodies: str, toc: tuple[tuple[str, str], ...] = (), **more: str | bytes
) -> ImportedBook:
    """An EPUB of files ``c0.xhtml`` and so on; ``more`` are files by name, ``__`` for a dot."""
    names = [f"c{place}.xhtml" for place in range(len(bodies))]
    files: dict[str, str | bytes] = {"package.opf": package(names, items=NAV_ITEM if toc else "")}
    if toc:
        files["nav.xhtml"] = nav(*toc)
    for name, body in zip(names, bodies, strict=True):
        files[name] = body if body.startswith("<?xml") else xhtml(body)
    files |= {name.replace("__", "."): content for name, content in more.items()}
    return read_epub(write_epub(folder / "b.epub", files))


def text_of_body(folder: Path, body: str) -> str:
    """The text of an EPUB with that one body."""
    return chapters(book_of(folder, body))[0][1]


def raw_epub(folder: Path, entries: dict[str, str | bytes]) -> Path:
    """A ZIP with exactly these entries, and a container unless they hold one."""
    path = folder / "b.epub"
    with zipfile.ZipFile(path, "w") as archive:
        if not any("container.xml" in name for name in entries):
            archive.writestr("META-INF/container.xml", CONTAINER)
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def plain(text: str) -> list[tuple[str, str]]:
    """The chapters of a plain text in a file called "File"."""
    return chapters(book_of_text(text, title="File"))

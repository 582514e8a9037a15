"""An EPUB as a book: package, table of contents, documents and recorded voice put together."""

from __future__ import annotations

from pathlib import Path

from ...language.codes import language_of, normal_code
from ..imported import ImportedBook, ImportedChapter, ImportProblem
from ..left_out import Omissions
from .chapters import Draft, chapters_of
from .contents import read_contents
from .documents import Document, Documents
from .formulas import add_formulas
from .ocf.archive import Archive
from .overlay import read_clips
from .package import read_package
from .pictures import Pictures, cover_of
from .readings import add_readings


def read_epub(archive: Archive, folder: Path, language: str = "") -> ImportedBook:
    """The book in ``archive``; its recorded voice is in ``folder``.

    ``language`` is what the book is in whatever it says. Raises ``ImportProblem``.
    """
    package = read_package(archive)
    warnings, left_out = package.warnings, Omissions()
    declared = language or normal_code(package.metadata.language)
    places = read_contents(archive, package, warnings)
    documents = Documents(archive, package, left_out, warnings, declared).read()
    title = package.metadata.title or "A book"
    if not any(d.read.blocks for d in documents) and any(d.read.pictures for d in documents):
        raise ImportProblem("its pages are pictures: there are no words in them to read")
    drafts = chapters_of(
        documents, places, title=title, author=package.metadata.author, left_out=left_out
    )
    chapters = [ImportedChapter(draft.title, draft.paragraphs, draft.rows) for draft in drafts]
    code, doubt = _language(declared, documents, drafts, sure=bool(language))
    warnings += doubt
    clips = read_clips(archive, package, warnings)
    pairs = list(zip(drafts, chapters, strict=True))
    add_formulas(documents, pairs)
    pictures = Pictures(archive, folder, left_out)
    cover = cover_of(documents, archive, package.cover)
    pictures.add(documents, pairs, cover)
    add_readings(archive, clips, documents, pairs, folder, warnings)
    return ImportedBook(
        title=title,
        author=package.metadata.author,
        language=code,
        subjects=package.metadata.subjects,
        summary=package.metadata.summary,
        chapters=chapters,
        cover=pictures.cover(cover),
        warnings=list(dict.fromkeys(warnings)),
        left_out=left_out.listed(_chapter_names(drafts)),
    )


def _language(
    declared: str, documents: list[Document], drafts: list[Draft], *, sure: bool
) -> tuple[str, list[str]]:
    if sure:
        return declared, []
    said = [declared, *(normal_code(document.language) for document in documents[:20])]
    sample = " ".join(
        word
        for draft in drafts
        for sentences in draft.paragraphs[:20]
        for s in sentences
        for word in s
    )
    return language_of(next(filter(None, said), ""), sample)


def _chapter_names(drafts: list[Draft]) -> dict[str, str]:
    """The chapter that a file is in, for places in it."""
    names: dict[str, str] = {}
    for draft in drafts:
        for name in draft.pieces:
            names.setdefault(name, draft.title)
    return names

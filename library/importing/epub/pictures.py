"""The pictures of an EPUB, each where it stands in the text."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec
from lxml import etree

from ..imported import ImportedChapter, ImportedPicture, ImportProblem
from ..left_out import Omissions
from ..pictures import PictureProblem, write_anew
from .chapters import Draft
from .documents import Document
from .ocf.archive import Archive
from .xhtml.blocks import Picture
from .xhtml.drawings import drawing_of, write_drawing

MOST_PICTURES: Final = 600
_SMALLEST = (64, 40)  # pixels, width and height; anything less is an ornament
#: A chapter as it was put together, and as it is stored.
Told = tuple[Draft, ImportedChapter]
_MOST_TIMES = 3  # a picture that stands more often parts scenes


def cover_of(documents: Sequence[Document], archive: Archive, declared: str) -> str:
    """The file of the cover's picture: as declared, or the one on a first page without text."""
    if declared or not documents:
        return declared
    first = documents[0]
    if first.read.blocks or len(first.read.pictures) != 1:
        return ""
    return archive.find(first.name, first.read.pictures[0].source)[0]


class Pictures:
    """Writes a book's pictures to ``folder``; what is not kept goes to ``left_out``."""

    def __init__(self, archive: Archive, folder: Path, left_out: Omissions) -> None:
        self._archive = archive
        self._folder = folder
        self._left_out = left_out
        self._written: dict[str, ImportedPicture | None] = {}
        self._times: Counter[str] = Counter()
        self._drawings: dict[str, etree._Element] = {}

    def cover(self, name: str) -> Path | None:
        """The cover written anew; None where there is none that can be read."""
        written = self._write(name)
        self._written[name] = written
        return None if written is None else written.file

    def add(
        self,
        documents: Sequence[Document],
        pairs: Sequence[Told],
        cover: str,
    ) -> None:
        """Give the chapters their pictures. A page without text belongs to the text after it."""
        self._times.update(self._file(d, p) for d in documents for p in d.read.pictures)
        waiting: list[tuple[Document, Picture]] = []
        for document in documents:
            shown = [
                p for p in document.read.pictures if not cover or self._file(document, p) != cover
            ]
            owners = [pair for pair in pairs if document.name in pair[0].pieces]
            if owners:
                self._add_before(waiting, owners[0], document.name)
                self._add_within(document, shown, owners)
                waiting = []
            elif document.read.blocks or document.matter:
                for picture in shown:
                    self._leave_out("picture", document, picture)
            else:
                waiting += ((document, picture) for picture in shown)
        for page, picture in waiting:
            self._place(page, picture, pairs[-1][1], len(pairs[-1][1].paragraphs))

    def _add_before(
        self, waiting: Sequence[tuple[Document, Picture]], owner: Told, name: str
    ) -> None:
        """Pages of pictures alone, before the first words of the file ``name``."""
        draft, chapter = owner
        for page, picture in waiting:
            self._place(page, picture, chapter, draft.pieces[name][0].paragraph)

    def _add_within(
        self, document: Document, shown: Sequence[Picture], owners: Sequence[Told]
    ) -> None:
        for picture in shown:
            draft, chapter = _owner(owners, document.name, picture.at)
            paragraph = draft.paragraph_at(document.name, picture.at)
            self._place(document, picture, chapter, paragraph)

    def _file(self, document: Document, picture: Picture) -> str:
        """The name of a picture's file, or all of a picture that is written into the page."""
        if picture.drawing is not None:
            name = f"{document.name}#{picture.at}"
            self._drawings[name] = picture.drawing
            return name
        if picture.source.startswith("data:"):
            return picture.source
        return self._archive.find(document.name, picture.source)[0]

    def _place(
        self, document: Document, picture: Picture, chapter: ImportedChapter, paragraph: int
    ) -> None:
        name = self._file(document, picture)
        if name and self._times[name] > _MOST_TIMES:
            self._leave_out("ornament", document, picture)
            return
        if name not in self._written:
            self._written[name] = self._write(name)
        written = self._written[name]
        if written is None:
            self._leave_out("picture", document, picture)
        elif written.width < _SMALLEST[0] or written.height < _SMALLEST[1]:
            self._leave_out("ornament", document, picture)
        else:
            chapter.pictures.append(
                msgspec.structs.replace(
                    written, alternative=picture.alternative, before_paragraph=paragraph
                )
            )

    def _write(self, name: str) -> ImportedPicture | None:
        if not name or len(self._written) >= MOST_PICTURES:
            return None
        target = self._folder / f"picture-{len(self._written)}.webp"
        try:
            raw = b"" if name in self._drawings else self._raw(name)
            drawing = self._drawings.get(name)
            drawing = drawing_of(raw) if drawing is None else drawing
            if drawing is None:
                width, height = write_anew(raw, target)
            else:
                target = target.with_suffix(".svg")
                width, height = write_drawing(drawing, target)
        except (PictureProblem, ImportProblem):
            return None
        return ImportedPicture(target, width, height)

    def _raw(self, name: str) -> bytes:
        if not name.startswith("data:"):
            return self._archive.read(name)
        head, _, body = name.partition(",")
        raw = unquote_to_bytes(body)
        try:
            return base64.b64decode(raw) if head.endswith(";base64") else raw
        except (binascii.Error, ValueError):
            return b""

    def _leave_out(self, what: str, document: Document, picture: Picture) -> None:
        self._left_out.add(what, document.name, words=len(picture.alternative.split()))


def _owner(owners: Sequence[Told], name: str, at: int) -> Told:
    """The chapter that a place of a file is in; before the first, that one."""
    begun = [pair for pair in owners if pair[0].pieces[name][0].begin <= at]
    return max(begun, key=lambda pair: pair[0].pieces[name][0].begin, default=owners[0])

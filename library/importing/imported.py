"""What a file holds once it is read: plain data, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..language.text import Paragraphs, count_words
from .left_out import LeftOut


class ImportProblem(Exception):
    """Why a file is not imported: one clear line for whoever tried."""


@dataclass(frozen=True)
class RecordedReading:
    """A chapter read aloud: an audio file of ours and when each of its words begins."""

    audio: Path
    duration_ms: int
    word_starts_ms: list[int]


class ImportedPicture(msgspec.Struct, frozen=True):
    """A picture file of ours; it stands before a paragraph of its chapter, counted from 0, or
    behind the last one. Pixels; ``alternative`` is what those are told who do not see it."""

    file: Path
    width: int
    height: int
    alternative: str = ""
    before_paragraph: int = 0


class ImportedCell(msgspec.Struct, frozen=True, rename="camel"):
    """A cell of a table: so many sentences of its row, and so many columns and rows wide."""

    sentences: int
    is_head: bool = False
    columns: int = 1
    rows: int = 1


class ImportedRow(msgspec.Struct, frozen=True, rename="camel"):
    """A paragraph that is a row of the chapter's ``table``-th table."""

    paragraph: int
    table: int
    cells: list[ImportedCell]


class ImportedFormula(msgspec.Struct, frozen=True, rename="camel"):
    """Words from ``first_word`` of the chapter on that say a formula, and how it is shown.

    ``before`` and ``after`` are printed with the first and the last of them, as a bracket is.
    """

    first_word: int
    words: int
    mathml: str
    before: str = ""
    after: str = ""


@dataclass
class ImportedChapter:
    title: str
    paragraphs: Paragraphs
    rows: list[ImportedRow] = field(default_factory=list)
    formulas: list[ImportedFormula] = field(default_factory=list)
    reading: RecordedReading | None = None
    pictures: list[ImportedPicture] = field(default_factory=list)

    @property
    def word_count(self) -> int:
        return count_words(self.paragraphs)


@dataclass
class ImportedBook:
    title: str
    author: str
    language: str
    chapters: list[ImportedChapter]
    subjects: list[str] = field(default_factory=list)
    summary: str = ""
    cover: Path | None = None
    warnings: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def word_count(self) -> int:
        return sum(chapter.word_count for chapter in self.chapters)

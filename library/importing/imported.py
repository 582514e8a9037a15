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


@dataclass
class ImportedChapter:
    title: str
    paragraphs: Paragraphs
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

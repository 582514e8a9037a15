"""What a file holds once it is read: plain data, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

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


@dataclass
class ImportedChapter:
    title: str
    paragraphs: Paragraphs
    reading: RecordedReading | None = None

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
    warnings: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def word_count(self) -> int:
        return sum(chapter.word_count for chapter in self.chapters)

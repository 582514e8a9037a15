"""The page of the book that a child has before them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from library.printed import PrintedSentence, printed_chapter

from ..reading_records import ReadingRecord

PARAGRAPHS_AROUND: Final = 1


@dataclass(frozen=True)
class OpenPage:
    """The paragraphs around the child's place."""

    chapter: str = ""
    paragraphs: list[list[PrintedSentence]] = field(default_factory=list)


def open_page(record: ReadingRecord) -> OpenPage:
    """What the child has before them."""
    chapter = printed_chapter(record.session.book, record.word_index)
    if chapter is None:
        return OpenPage()
    paragraphs = [each.sentences for each in chapter.paragraphs if each.sentences]
    is_here = [any(sentence.here for sentence in sentences) for sentences in paragraphs]
    at = is_here.index(True) if True in is_here else 0
    around = slice(max(0, at - PARAGRAPHS_AROUND), at + PARAGRAPHS_AROUND + 1)
    return OpenPage(chapter.title, paragraphs[around])

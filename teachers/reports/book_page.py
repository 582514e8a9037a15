"""The page of the book that a child has before them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from library.printed import PrintedSentence, printed_chapter

from .reading_records import Record

PARAGRAPHS_AROUND: Final = 1


@dataclass(frozen=True)
class Page:
    """The paragraphs around the child's place."""

    chapter: str = ""
    paragraphs: list[list[PrintedSentence]] = field(default_factory=list)


def page_of(record: Record) -> Page:
    """What the child has before them."""
    chapter = printed_chapter(record.session.book, record.state.word_index)
    if chapter is None:
        return Page()
    here = (any(each.here for each in sentences) for sentences in chapter.paragraphs)
    at = next((place for place, is_here in enumerate(here) if is_here), 0)
    around = slice(max(0, at - PARAGRAPHS_AROUND), at + PARAGRAPHS_AROUND + 1)
    return Page(chapter.title, chapter.paragraphs[around])

"""The page of the book that a child has before them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from library.models import Chapter

from .records import Record

PARAGRAPHS_AROUND: Final = 1


@dataclass(frozen=True)
class Piece:
    """Words of the page: plain, of the sentence that the child is in, or the very word."""

    text: str
    kind: str


@dataclass(frozen=True)
class Page:
    """The paragraphs around the child's place."""

    chapter: str
    paragraphs: list[list[Piece]]


def page_of(record: Record) -> Page:
    """What the child has before them."""
    word = record.state.word_index
    chapter = (
        Chapter.objects.filter(book=record.session.book_id, first_word_index__lte=word)
        .order_by("-first_word_index")
        .first()
    )
    if chapter is None:
        return Page("", [])
    before, at = chapter.first_word_index, 0
    starts = []
    for paragraph in chapter.paragraphs:
        starts.append(before)
        before += sum(len(sentence) for sentence in paragraph)
    at = max(place for place, start in enumerate(starts) if start <= word)
    first, last = max(0, at - PARAGRAPHS_AROUND), at + PARAGRAPHS_AROUND + 1
    shown = [
        _pieces(paragraph, start, word)
        for paragraph, start in zip(chapter.paragraphs[first:last], starts[first:last], strict=True)
    ]
    return Page(chapter.title, shown)


def _pieces(paragraph: list[list[str]], start: int, word: int) -> list[Piece]:
    pieces: list[Piece] = []
    for sentence in paragraph:
        end = start + len(sentence)
        if not start <= word < end:
            pieces.append(Piece(" ".join(sentence), ""))
        else:
            at = word - start
            parts = (
                (sentence[:at], "sentence"),
                ([sentence[at]], "word"),
                (
                    sentence[at + 1 :],
                    "sentence",
                ),
            )
            pieces += [Piece(" ".join(words), kind) for words, kind in parts if words]
        start = end
    return pieces

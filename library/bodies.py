"""How books cross the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import Meta

from readerai.api.structs import Body, Natural, Positive, Slug

from .addresses import audio_url, cover_url, picture_url
from .book_structure import BookStructure
from .models import Book, Chapter, Illustration, Narration

Level = Annotated[int, Meta(ge=0, le=16)]
#: Those of ``Checkpoint.Kind`` and of ``Narration.TimingSource``.
CheckpointKind = Literal["vocabulary", "comprehension", "prediction"]
TimingSource = Literal["engine", "aligned", "overlay"]


class BookBody(Body, frozen=True):
    """A book in a list."""

    book_id: Slug
    title: str
    author: str
    language: str
    level: Level | None
    """A school grade; null if unknown."""
    word_count: Positive
    cover_url: str


class ChapterEntry(Body, frozen=True):
    index: Natural
    title: str
    first_word_index: Natural
    word_count: Positive


class CheckpointEntry(Body, frozen=True):
    checkpoint_id: Slug
    kind: CheckpointKind
    at_word: Natural
    required: bool


class WholeBookBody(BookBody, frozen=True):
    """One book, with what is in it."""

    chapters: list[ChapterEntry]
    checkpoints: list[CheckpointEntry]


class SentenceBody(Body, frozen=True):
    first_word_index: Natural
    words: list[str]


class ParagraphBody(Body, frozen=True):
    index: Natural
    sentences: list[SentenceBody]


class NarrationBody(Body, frozen=True):
    audio_url: str
    duration_ms: Natural
    word_starts_ms: list[Natural]
    timing_source: TimingSource


class PictureBody(Body, frozen=True):
    """A picture; it stands before a paragraph, or behind the last one. Pixels."""

    before_paragraph: Natural
    url: str
    alternative: str
    width: Positive
    height: Positive


class CellBody(Body, frozen=True):
    """A cell: the next ``sentences`` of its row; so many columns and rows wide."""

    sentences: Natural
    is_head: bool
    columns: Positive
    rows: Positive


class TableRowBody(Body, frozen=True):
    """A paragraph that is a row of the chapter's ``table``-th table, counted from 0."""

    paragraph: Natural
    table: Natural
    cells: list[CellBody]


class FormulaBody(Body, frozen=True):
    """Words that say a formula, and its MathML; what else is printed with the first and last."""

    first_word_index: Natural
    words: Positive
    mathml: str
    before: str
    after: str


class ChapterBody(Body, frozen=True):
    """A chapter's text with positions."""

    index: Natural
    title: str
    first_word_index: Natural
    paragraphs: list[ParagraphBody]
    narration: NarrationBody | None
    pictures: list[PictureBody]
    table_rows: list[TableRowBody]
    formulas: list[FormulaBody]


def book_body(book: Book) -> BookBody:
    return BookBody(
        book_id=book.slug,
        title=book.title,
        author=book.author,
        language=book.language,
        level=book.level,
        word_count=book.word_count,
        cover_url=cover_url(book),
    )


def whole_book_body(book: Book) -> WholeBookBody:
    """For a book from ``find_book``."""
    entry = book_body(book)
    return WholeBookBody(
        **{name: getattr(entry, name) for name in entry.__struct_fields__},
        chapters=[
            ChapterEntry(each.index, each.title, each.first_word_index, each.word_count)
            for each in book.chapters.all()
        ],
        checkpoints=[
            CheckpointEntry(
                each.slug,
                cast(CheckpointKind, each.kind),
                each.at_word,
                each.is_required_at(book.level),
            )
            for each in book.checkpoints.all()
        ],
    )


def whole_body_of(book: Book, structure: BookStructure) -> WholeBookBody:
    """The same for any row, from the structure that is kept of the book."""
    entry = book_body(book)
    return WholeBookBody(
        **{name: getattr(entry, name) for name in entry.__struct_fields__},
        chapters=[ChapterEntry(*chapter) for chapter in structure.contents],
        checkpoints=[
            CheckpointEntry(each.slug, cast(CheckpointKind, each.kind), each.at_word, each.required)
            for each in structure.checkpoints
        ],
    )


def chapter_body(book: Book, chapter: Chapter) -> ChapterBody:
    word = chapter.first_word_index
    paragraphs = []
    for index, sentences in enumerate(chapter.paragraphs):
        placed = []
        for words in sentences:
            placed.append(SentenceBody(word, words))
            word += len(words)
        paragraphs.append(ParagraphBody(index, placed))
    return ChapterBody(
        index=chapter.index,
        title=chapter.title,
        first_word_index=chapter.first_word_index,
        paragraphs=paragraphs,
        narration=_narration_body(book, chapter),
        pictures=[picture_body(book, chapter, each) for each in chapter.illustrations.all()],
        table_rows=msgspec.convert(chapter.table_rows, list[TableRowBody]),
        formulas=[_formula_body(chapter, each) for each in chapter.formulas],
    )


def _formula_body(chapter: Chapter, stored: dict[str, Any]) -> FormulaBody:
    """As it is stored, with its place in the whole book."""
    first = chapter.first_word_index + stored["firstWord"]
    rest = {name: stored[name] for name in ("words", "mathml", "before", "after")}
    return FormulaBody(first_word_index=first, **rest)


def picture_body(book: Book, chapter: Chapter, illustration: Illustration) -> PictureBody:
    return PictureBody(
        before_paragraph=illustration.before_paragraph,
        url=picture_url(book, chapter, illustration),
        alternative=illustration.alternative,
        width=illustration.width,
        height=illustration.height,
    )


def _narration_body(book: Book, chapter: Chapter) -> NarrationBody | None:
    narration: Narration | None = getattr(chapter, "narration", None)
    if narration is None:
        return None
    return NarrationBody(
        audio_url=audio_url(book, chapter, narration),
        duration_ms=narration.duration_ms,
        word_starts_ms=narration.word_starts_ms,
        timing_source=cast(TimingSource, narration.timing_source),
    )

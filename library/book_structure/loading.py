"""A book's structure, read from the database."""

from __future__ import annotations

from array import array

from django.db.models import F

from ..language.prepared import PreparedEntry
from ..models import Book, Chapter, Checkpoint, GlossaryEntry, Narration, PreparedLine
from .structure import BookNote, BookStructure, ChapterStructure, CheckpointPlace


def load_structure(book: Book, narrated: tuple[int, ...]) -> BookStructure:
    """Read a book's structure from the database, a chapter at a time; use ``book_structure``."""
    starts = _word_starts(narrated)
    chapters = tuple(
        _chapter_structure(chapter, starts.get(chapter.pk, array("I")))
        for chapter in Chapter.objects.filter(book=book).order_by("index").iterator(chunk_size=4)
    )
    before = 0
    paragraphs_before: list[int] = []
    for chapter in chapters:
        paragraphs_before.append(before)
        before += len(chapter.paragraph_starts)
    return BookStructure(
        book_id=book.pk,
        slug=book.slug,
        title=book.title,
        author=book.author,
        language=book.language,
        level=book.level,
        content_hash=book.content_hash,
        narrated=narrated,
        word_count=book.word_count,
        checkpoints=checkpoints_of(book.pk),
        notes=notes_of(book.pk),
        prepared=prepared_of(book.pk),
        chapter_starts=tuple(chapter.first for chapter in chapters),
        _chapters=chapters,
        _paragraphs_before=tuple(paragraphs_before),
        size=sum(chapter.size for chapter in chapters) + 1000,
    )


def checkpoints_of(book_id: int) -> tuple[CheckpointPlace, ...]:
    """A book's checkpoints in the order of the book."""
    rows = Checkpoint.objects.filter(book_id=book_id).annotate(level=F("book__level"))
    return tuple(
        CheckpointPlace(
            row.pk,
            row.slug,
            row.kind,
            row.at_word,
            row.is_required_at(row.level),
            row.question,
            tuple(row.choices),
            row.answer,
            tuple(tuple(idea) for idea in row.accept),
            row.explanation,
        )
        for row in rows.order_by("at_word", "slug")
    )


def notes_of(book_id: int) -> tuple[BookNote, ...]:
    """A book's glossary and its people."""
    rows = GlossaryEntry.objects.filter(book_id=book_id)
    return tuple(
        BookNote(
            row.headword,
            row.meaning,
            row.kind == GlossaryEntry.Kind.PERSON,
            row.first_word_index,
        )
        for row in rows
    )


def prepared_of(book_id: int) -> tuple[PreparedEntry, ...]:
    """What is approved of the help prepared for a book, by the place from which it may be told."""
    rows = PreparedLine.objects.filter(book_id=book_id, status=PreparedLine.Status.APPROVED)
    return tuple(row.entry for row in rows.order_by("from_word", "first_word", "pk"))


def narrations_of(book_id: int) -> tuple[int, ...]:
    """The primary keys of a book's narrations: made anew, a narration has another."""
    rows = Narration.objects.filter(chapter__book_id=book_id).order_by("pk")
    return tuple(rows.values_list("pk", flat=True))


def _word_starts(narrated: tuple[int, ...]) -> dict[int, array[int]]:
    """When the words of each narrated chapter (by primary key) begin, in milliseconds."""
    rows = Narration.objects.filter(pk__in=narrated).values_list("chapter_id", "word_starts_ms")
    return {chapter: array("I", starts) for chapter, starts in rows.iterator(chunk_size=4)}


def _chapter_structure(chapter: Chapter, word_starts_ms: array[int]) -> ChapterStructure:
    text = bytearray()
    sentence_starts, sentence_offsets = array("I"), array("I")
    paragraph_starts = array("I")
    word = chapter.first_word_index
    for sentences in chapter.paragraphs:
        paragraph_starts.append(word)
        for words in sentences:
            sentence_starts.append(word)
            sentence_offsets.append(len(text))
            text += " ".join(words).encode() + b"\n"
            word += len(words)
    sentence_offsets.append(len(text))
    return ChapterStructure(
        index=chapter.index,
        title=chapter.title,
        first=chapter.first_word_index,
        word_count=chapter.word_count,
        text=bytes(text),
        sentence_starts=sentence_starts,
        sentence_offsets=sentence_offsets,
        paragraph_starts=paragraph_starts,
        word_starts_ms=word_starts_ms,
    )

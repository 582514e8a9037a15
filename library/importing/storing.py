"""Imported books into the database: one transaction each, and the same book only once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from readerai.accounts.models import School

from ..language.codes import is_english
from ..language.reading_level import reading_level
from ..models import Book, Chapter, Illustration, Narration
from .imported import ImportedBook, ImportedChapter, ImportProblem

_SLUG_LENGTH = 70


@dataclass(frozen=True)
class Stored:
    book: Book
    created: bool


def content_hash(book: ImportedBook) -> str:
    """SHA-256 of what is read: title, author, and every chapter's title and words."""
    digest = hashlib.sha256(json.dumps([book.title, book.author]).encode())
    for chapter in book.chapters:
        digest.update(json.dumps([chapter.title, chapter.paragraphs]).encode())
    return digest.hexdigest()


def check_size(book: ImportedBook) -> None:
    if book.word_count == 0:
        raise ImportProblem("there are no words in it")
    if book.word_count > settings.READERAI_MAX_BOOK_WORDS:
        raise ImportProblem(
            f"it has {book.word_count:,} words; at most "
            f"{settings.READERAI_MAX_BOOK_WORDS:,} are taken"
        )


def store_book(
    imported: ImportedBook,
    *,
    level: int | None = None,
    school: School | None = None,
    slug: str = "",
    status: Book.Status = Book.Status.PUBLISHED,
) -> Stored:
    """Store a book with its chapters, or find it where it is stored already.

    ``level`` is a school grade; without one it is estimated, where the estimate holds: in English.
    Raises ``ImportProblem`` for a book without words or with too many.
    """
    check_size(imported)
    digest = content_hash(imported)
    known = Book.objects.filter(content_hash=digest).first()
    if known is not None:
        return Stored(known, created=False)
    if level is None and is_english(imported.language):
        level = reading_level([chapter.paragraphs for chapter in imported.chapters])
    book = _book_row(imported)
    book.content_hash, book.level, book.school, book.status = digest, level, school, status
    try:
        with transaction.atomic():
            book.slug = _free_slug(slug or imported.title)
            book.save(force_insert=True)
            _store_cover(book, imported)
            _store_chapters(book, imported.chapters)
    except IntegrityError:
        # Somebody else stored the same book, or took the slug, in the same moment.
        known = Book.objects.filter(content_hash=digest).first()
        if known is None:
            raise ImportProblem("another import was in the way; please try again") from None
        return Stored(known, created=False)
    return Stored(book, created=True)


def _book_row(imported: ImportedBook) -> Book:
    """A row, not stored, with what the book itself says."""
    return Book(
        title=imported.title[:300],
        author=imported.author[:300],
        language=imported.language[:20],
        word_count=imported.word_count,
        subjects=imported.subjects,
        import_report={
            "warnings": imported.warnings,
            "leftOut": msgspec.to_builtins(imported.left_out),
        },
        summary=imported.summary,
    )


def _store_chapters(book: Book, chapters: list[ImportedChapter]) -> None:
    first = 0
    for index, chapter in enumerate(chapters):
        row = Chapter.objects.create(
            book=book,
            index=index,
            title=chapter.title[:300],
            first_word_index=first,
            word_count=chapter.word_count,
            paragraphs=chapter.paragraphs,
            table_rows=msgspec.to_builtins(chapter.rows),
            formulas=msgspec.to_builtins(chapter.formulas),
        )
        first += chapter.word_count
        if chapter.reading is not None:
            _store_reading(row, chapter)
        _store_pictures(row, chapter)


def _store_cover(book: Book, imported: ImportedBook) -> None:
    if imported.cover is not None:
        with imported.cover.open("rb") as file:
            book.cover_picture.save(f"{book.slug}{imported.cover.suffix}", File(file))


def _store_pictures(row: Chapter, chapter: ImportedChapter) -> None:
    for number, picture in enumerate(chapter.pictures):
        with picture.file.open("rb") as file:
            Illustration.objects.create(
                chapter=row,
                number=number,
                before_paragraph=picture.before_paragraph,
                picture=File(
                    file, name=f"{row.book.slug}-{row.index}-{number}{picture.file.suffix}"
                ),
                width=picture.width,
                height=picture.height,
                alternative=picture.alternative,
            )


def _store_reading(row: Chapter, chapter: ImportedChapter) -> None:
    reading = chapter.reading
    if reading is None or len(reading.word_starts_ms) != row.word_count:
        return
    with reading.audio.open("rb") as audio:
        Narration.objects.create(
            chapter=row,
            voice="the book's own",
            audio=File(audio, name=f"{row.book.slug}-{row.index}.mp3"),
            duration_ms=reading.duration_ms,
            word_starts_ms=reading.word_starts_ms,
            timing_source=Narration.TimingSource.OVERLAY,
        )


def _free_slug(title: str) -> str:
    base = slugify(title)[:_SLUG_LENGTH].strip("-") or "book"
    taken = set(Book.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = base
    number = 2
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug

"""The addresses of a book's pictures and sounds, as paths."""

from __future__ import annotations

from django.urls import reverse

from .models import Book, Chapter, Illustration, Narration


def cover_url(book: Book) -> str:
    name = "book_cover_picture" if book.cover_picture else "book_cover"
    return reverse(name, args=[book.slug])


def picture_url(book: Book, chapter: Chapter, illustration: Illustration) -> str:
    path = reverse("chapter_picture", args=[book.slug, chapter.index, illustration.number])
    return f"{path}?v={illustration.pk}"


def audio_url(book: Book, chapter: Chapter, narration: Narration) -> str:
    """Another narration has another address, so that no cache mixes sound and word times."""
    path = reverse("chapter_narration", args=[book.slug, chapter.index])
    return f"{path}?v={narration.pk}"

"""The addresses of a book's pictures and sounds, as paths."""

from __future__ import annotations

from django.urls import reverse

from .models import Book, Chapter, Narration


def cover_url(book: Book) -> str:
    return reverse("book_cover", args=[book.slug])


def audio_url(book: Book, chapter: Chapter, narration: Narration) -> str:
    """Another narration has another address, so that no cache mixes sound and word times."""
    path = reverse("chapter_narration", args=[book.slug, chapter.index])
    return f"{path}?v={narration.pk}"

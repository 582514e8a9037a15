"""Chapters and their narration in the admin: shown, never changed by hand."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..language.text import join_words
from ..models import Chapter, Narration
from .scope import OfKeptBooks


@admin.register(Chapter)
class ChapterAdmin(OfKeptBooks):
    list_display = ["title", "book", "index", "word_count", "voice"]
    list_filter = ["book__level"]
    list_select_related = ["book", "narration"]
    search_fields = ["title", "book__title", "book__slug"]
    fields = ["book", "index", "title", "first_word_index", "word_count", "beginning"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Chapter]:
        found = super().get_queryset(request)
        match = request.resolver_match
        # A list of chapters has no use for their words.
        listed = match is not None and match.url_name == "library_chapter_changelist"
        return found.defer("paragraphs", "narration__word_starts_ms") if listed else found

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Chapter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Chapter | None = None) -> bool:
        return False

    @admin.display(description="voice")
    def voice(self, chapter: Chapter) -> str:
        narration: Narration | None = getattr(chapter, "narration", None)
        return "" if narration is None else narration.voice

    @admin.display(description="how it begins")
    def beginning(self, chapter: Chapter) -> str:
        return " ".join(map(join_words, chapter.paragraphs[0][:5]))[:1000]


@admin.register(Narration)
class NarrationAdmin(OfKeptBooks):
    to_book = "chapter__book"
    list_display = ["chapter", "book", "voice", "duration", "timing_source", "created_at"]
    list_filter = ["timing_source", "voice"]
    list_select_related = ["chapter__book"]
    search_fields = ["chapter__book__title", "chapter__title", "voice"]
    fields = ["chapter", "voice", "audio", "duration", "timing_source", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Narration]:
        return super().get_queryset(request).defer("word_starts_ms", "chapter__paragraphs")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Narration | None = None) -> bool:
        return False

    @admin.display(description="book")
    def book(self, narration: Narration) -> str:
        return narration.chapter.book.title

    @admin.display(description="length", ordering="duration_ms")
    def duration(self, narration: Narration) -> str:
        seconds = narration.duration_ms // 1000
        return f"{seconds // 60}:{seconds % 60:02d}"

"""The library for staff: what a book is called may change, its words never do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .addresses import cover_url
from .book_file import BookFileForm
from .importing.left_out import LeftOut, in_a_line
from .importing.outcome import Outcome
from .language.text import join_words
from .models import Book, Chapter, Checkpoint, GlossaryEntry, Narration, Pronunciation

if TYPE_CHECKING:
    BookAdmins = admin.ModelAdmin[Book]
    ChapterAdmins = admin.ModelAdmin[Chapter]
    CheckpointAdmins = admin.ModelAdmin[Checkpoint]
    GlossaryAdmins = admin.ModelAdmin[GlossaryEntry]
    NarrationAdmins = admin.ModelAdmin[Narration]
    ChapterRows = admin.TabularInline[Chapter, Book]
    CheckpointRows = admin.TabularInline[Checkpoint, Book]
    GlossaryRows = admin.TabularInline[GlossaryEntry, Book]
    PronunciationRows = admin.TabularInline[Pronunciation, Book]
else:
    BookAdmins = ChapterAdmins = CheckpointAdmins = GlossaryAdmins = admin.ModelAdmin
    NarrationAdmins = admin.ModelAdmin
    ChapterRows = CheckpointRows = GlossaryRows = PronunciationRows = admin.TabularInline


class _ReadOnlyInline:
    """Shown, never changed here: positions in it would go wrong."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ChapterInline(_ReadOnlyInline, ChapterRows):
    model = Chapter
    fields = ["index", "title", "first_word_index", "word_count"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Chapter]:
        return super().get_queryset(request).defer("paragraphs").select_related("book")


class CheckpointInline(CheckpointRows):
    model = Checkpoint
    extra = 0
    fields = ["slug", "kind", "at_word", "required", "question"]
    show_change_link = True


class PronunciationInline(PronunciationRows):
    model = Pronunciation
    extra = 0
    fields = ["word", "spoken_as"]


class GlossaryInline(GlossaryRows):
    model = GlossaryEntry
    extra = 0
    fields = ["kind", "headword", "meaning", "first_word_index"]


_NOT_READ_ALOUD = (
    "It is not read aloud yet: whoever runs the site can have it narrated with narrate_book."
)


@admin.register(Book)
class BookAdmin(BookAdmins):
    list_display = ["title", "author", "level", "word_count", "chapter_count", "spoken", "school"]
    list_filter = ["level", "language", "school"]
    list_select_related = ["school"]
    search_fields = ["title", "author", "slug"]
    readonly_fields = [
        "cover", "slug", "word_count", "content_hash", "added_at", "left_out", "import_notes",
    ]  # fmt: skip
    autocomplete_fields = ["school"]
    inlines = [ChapterInline, CheckpointInline, GlossaryInline, PronunciationInline]
    fieldsets = [
        (None, {"fields": ["cover", "title", "author", "summary"]}),
        ("Who it is for", {"fields": ["level", "language", "subjects", "school"]}),
        ("Its import", {"fields": ["left_out", "import_notes"]}),
        ("Fixed", {"fields": ["slug", "word_count", "content_hash", "added_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Book]:
        counted = super().get_queryset(request)
        return counted.annotate(
            chapter_total=Count("chapters", distinct=True),
            spoken_total=Count("chapters__narration", distinct=True),
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Books come from files, whose words are counted: the same as ``import_book``."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BookFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            outcome, created = form.import_it()
            if outcome.error is None:
                self._say(request, outcome, created)
                book = Book.objects.get(slug=outcome.bookId)
                return redirect("admin:library_book_change", book.pk)
            form.add_error("file", f"This was not imported: {outcome.error}.")
        context = self.admin_site.each_context(request) | {
            "title": "Add a book",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/library/book/add.html", context)

    def _say(self, request: HttpRequest, outcome: Outcome, created: bool) -> None:
        if not created:
            self.message_user(request, "This book was here already.", messages.INFO)
            return
        text = f"“{outcome.title}” is on the shelf: {outcome.words:,} words. "
        read = "It brought its own narration." if outcome.narration else _NOT_READ_ALOUD
        self.message_user(request, text + read, messages.SUCCESS)
        if outcome.leftOut:
            left_out = in_a_line(outcome.leftOut)
            self.message_user(request, f"Left out: {left_out}.", messages.WARNING)
        for warning in outcome.warnings:
            self.message_user(request, f"Note: {warning}.", messages.WARNING)

    @admin.display(description="chapters", ordering="chapter_total")
    def chapter_count(self, book: Any) -> int:
        return int(book.chapter_total)

    @admin.display(description="read aloud", ordering="spoken_total")
    def spoken(self, book: Any) -> str:
        return f"{book.spoken_total} of {book.chapter_total}"

    @admin.display(description="left out")
    def left_out(self, book: Book) -> SafeString | str:
        """What of its file is not in the book, in numbers and places."""
        rows = msgspec.convert(book.import_report.get("leftOut", []), list[LeftOut])
        lines = ((str(row), ", ".join(row.places)) for row in rows)
        return format_html_join(mark_safe("<br>"), "{}: {}", lines) or "nothing"

    @admin.display(description="notes")
    def import_notes(self, book: Book) -> SafeString | str:
        warnings = book.import_report.get("warnings", [])
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in warnings)) or "none"

    @admin.display(description="cover")
    def cover(self, book: Book) -> SafeString:
        return format_html('<img src="{}" width="150" height="210" alt="">', cover_url(book))


@admin.register(Chapter)
class ChapterAdmin(ChapterAdmins):
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


@admin.register(Checkpoint)
class CheckpointAdmin(CheckpointAdmins):
    list_display = ["slug", "book", "kind", "at_word", "required", "question"]
    list_filter = ["kind", "required", "book"]
    list_select_related = ["book"]
    search_fields = ["slug", "question", "book__title"]
    autocomplete_fields = ["book"]


@admin.register(GlossaryEntry)
class GlossaryAdmin(GlossaryAdmins):
    list_display = ["headword", "kind", "book", "meaning", "first_word_index"]
    list_filter = ["kind", "book"]
    list_select_related = ["book"]
    search_fields = ["headword", "meaning", "book__title"]
    autocomplete_fields = ["book"]


@admin.register(Narration)
class NarrationAdmin(NarrationAdmins):
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

"""Books in the admin: what a book is called may change, its words never do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..addresses import cover_url
from ..book_file import BookFileForm
from ..importing.left_out import LeftOut, in_a_line
from ..importing.outcome import Outcome
from ..models import Book, Chapter, Checkpoint, GlossaryEntry, Pronunciation
from ..narration.job import start_narrating
from ..publishing import publish, withdraw
from .preview import preview
from .scope import OfKeptBooks, own_school

if TYPE_CHECKING:
    ChapterRows = admin.TabularInline[Chapter, Book]
    CheckpointRows = admin.TabularInline[Checkpoint, Book]
    GlossaryRows = admin.TabularInline[GlossaryEntry, Book]
    PronunciationRows = admin.TabularInline[Pronunciation, Book]
else:
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


class CheckpointInline(_ReadOnlyInline, CheckpointRows):
    model = Checkpoint
    fields = ["slug", "kind", "at_word", "required", "question"]


class PronunciationInline(PronunciationRows):
    model = Pronunciation
    extra = 0
    fields = ["word", "spoken_as"]


class GlossaryInline(GlossaryRows):
    model = GlossaryEntry
    extra = 0
    fields = ["kind", "headword", "meaning", "first_word_index"]


_PUBLISH = "Children see it once you publish it."
_NOT_READ_ALOUD = "It is not read aloud yet: “Read aloud” in the list of books does that."


@admin.register(Book)
class BookAdmin(OfKeptBooks):
    to_book = ""
    list_display = [
        "title", "status", "author", "level", "word_count", "chapter_count", "spoken", "school",
    ]  # fmt: skip
    list_filter = ["status", "level", "language", "school"]
    actions = ["publish_books", "withdraw_books", "narrate_books"]
    list_select_related = ["school"]
    search_fields = ["title", "author", "slug"]
    readonly_fields = [
        "cover", "preview_link", "status", "slug", "word_count", "content_hash", "added_at",
        "left_out", "import_notes", "prepared_help",
    ]  # fmt: skip
    autocomplete_fields = ["school"]
    inlines = [ChapterInline, CheckpointInline, GlossaryInline, PronunciationInline]
    fieldsets = [
        (None, {"fields": ["cover", "preview_link", "status", "title", "author", "summary"]}),
        ("What children are told who ask", {"fields": ["prepared_help"]}),
        ("Who it is for", {"fields": ["level", "language", "subjects", "school"]}),
        ("Its import", {"fields": ["left_out", "import_notes"]}),
        ("Fixed", {"fields": ["slug", "word_count", "content_hash", "added_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Book]:
        counted: QuerySet[Book] = super().get_queryset(request)
        return counted.annotate(
            chapter_total=Count("chapters", distinct=True),
            spoken_total=Count("chapters__narration", distinct=True),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Book | None = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        # Whose books are one school's gives them to no other.
        return fixed if own_school(request) is None else [*fixed, "school"]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Books come from files, whose words are counted: the same as ``import_book``."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BookFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            outcome, created = form.import_it(own_school(request))
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
        text = f"“{outcome.title}” is here: {outcome.words:,} words. {_PUBLISH} "
        read = "It brought its own narration." if outcome.narration else _NOT_READ_ALOUD
        self.message_user(request, text + read, messages.SUCCESS)
        if outcome.leftOut:
            left_out = in_a_line(outcome.leftOut)
            self.message_user(request, f"Left out: {left_out}.", messages.WARNING)
        for warning in outcome.warnings:
            self.message_user(request, f"Note: {warning}.", messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        name = "library_book_preview"
        view = self.admin_site.admin_view(self._preview)
        return [path("<int:book_pk>/preview/<int:index>/", view, name=name), *super().get_urls()]

    def _preview(self, request: HttpRequest, book_pk: int, index: int) -> HttpResponse:
        """A chapter as a child reads it; a word leads to a new question at its place."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        book = self.get_object(request, str(book_pk))
        if book is None:
            raise Http404
        return preview(request, book, index, self.admin_site.each_context(request))

    @admin.action(description="Publish: children see them", permissions=["change"])
    def publish_books(self, request: HttpRequest, books: QuerySet[Book]) -> None:
        count = publish(books)
        self.message_user(request, f"{count} published.", messages.SUCCESS)

    @admin.action(description="Withdraw: nobody begins them any more", permissions=["change"])
    def withdraw_books(self, request: HttpRequest, books: QuerySet[Book]) -> None:
        count = withdraw(books)
        text = f"{count} withdrawn. Whoever is reading one goes on to its end."
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description="Read aloud what is silent yet", permissions=["change"])
    def narrate_books(self, request: HttpRequest, books: QuerySet[Book]) -> None:
        begun = start_narrating(book.slug for book in books)
        text = "The voice has begun; “read aloud” counts the chapters that are done."
        self.message_user(request, text if begun else "Others are read aloud first; try later.")

    @admin.display(description="as a child reads it")
    def preview_link(self, book: Book) -> SafeString:
        address = reverse("admin:library_book_preview", args=[book.pk, 0])
        return format_html('<a href="{}">Read it, and put questions beside its words</a>', address)

    @admin.display(description="chapters", ordering="chapter_total")
    def chapter_count(self, book: Any) -> int:
        return int(book.chapter_total)

    @admin.display(description="read aloud", ordering="spoken_total")
    def spoken(self, book: Any) -> str:
        return f"{book.spoken_total} of {book.chapter_total}"

    @admin.display(description="prepared help")
    def prepared_help(self, book: Book) -> SafeString:
        """The page on which its drafts are approved."""
        address = reverse("prepared-help", args=[book.slug])
        return format_html('<a href="{}">Approve, edit and drop lines</a>', address)

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

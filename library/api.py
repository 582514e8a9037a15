"""The REST calls for books: what there is to read, and its words with their positions."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readerai.accounts.models import User
from readerai.api.paging import Page

from .models import Book, Chapter
from .serializers import (
    BookSerializer,
    ChapterSerializer,
    WholeBookSerializer,
    chapter_body,
)

HIGHEST_LEVEL = 16
LONGEST_SEARCH = 200
HIGHEST_INDEX = 2_147_483_647


class BookPage(Page):
    ordering = ("rank", "title", "slug")


class BooksView(ListAPIView[Book]):
    serializer_class = BookSerializer
    pagination_class = BookPage

    @extend_schema(
        operation_id="list_books",
        parameters=[
            OpenApiParameter("level", int, description="Only this school grade (0 to 16)."),
            OpenApiParameter("q", str, description="Words of the title or the author's name."),
        ],
        responses={200: BookSerializer(many=True), 400: OpenApiResponse(description="A filter.")},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The books that you may read, the easiest first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Book]:
        books = Book.objects.visible_to(cast(User, self.request.user))
        # A page goes on behind a value, which "unknown" is none of.
        books = books.annotate(rank=Coalesce("level", HIGHEST_LEVEL + 1))
        asked = self.request.query_params
        level = asked.get("level", "")
        if level:
            books = books.filter(level=_level(level))
        for word in _search(asked.get("q", "")):
            books = books.filter(Q(title__icontains=word) | Q(author__icontains=word))
        return books


def _level(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= HIGHEST_LEVEL):
        raise ValidationError({"level": ["A level is a whole number from 0 to 16."]})
    return int(text)


def _search(text: str) -> list[str]:
    if len(text) > LONGEST_SEARCH or "\x00" in text:
        raise ValidationError({"q": ["That is too long to look for."]})
    return text.split()[:8]


class BookView(APIView):
    @extend_schema(
        operation_id="get_book",
        responses={
            200: WholeBookSerializer,
            404: OpenApiResponse(description="No such book for you."),
        },
    )
    def get(self, request: Request, book_id: str) -> Response:
        """One book: its chapters and where its checkpoints wait."""
        book = find_book(cast(User, request.user), book_id)
        if book is None:
            raise Http404
        return Response(book_body(book))


def find_book(user: User, book_id: str) -> Book | None:
    """A book that ``user`` may read, with chapters (not their text) and checkpoints, or None."""
    chapters = Prefetch("chapters", Chapter.objects.defer("paragraphs").order_by("index"))
    found = Book.objects.visible_to(user).filter(slug=book_id)
    return found.prefetch_related(chapters, "checkpoints").first()


def book_body(book: Book) -> dict[str, Any]:
    """One book as it crosses the wire."""
    return dict(WholeBookSerializer(book).data)


class ChapterView(APIView):
    @extend_schema(
        operation_id="get_chapter",
        responses={
            200: ChapterSerializer,
            404: OpenApiResponse(description="No such chapter for you."),
        },
    )
    def get(self, request: Request, book_id: str, index: int) -> Response:
        """One chapter: every word with its position, and its narration where there is one."""
        chapter = find_chapter(cast(User, request.user), book_id, index)
        if chapter is None:
            raise Http404
        return Response(chapter_body(chapter.book, chapter))


def find_chapter(user: User, book_id: str, index: int) -> Chapter | None:
    """A chapter that ``user`` may read, with book and narration at hand, or None."""
    if index > HIGHEST_INDEX:
        return None
    visible = Book.objects.visible_to(user).filter(slug=book_id)
    return (
        Chapter.objects.select_related("book", "narration")
        .filter(book__in=visible, index=index)
        .first()
    )

"""The REST calls for books: what there is to read, and its words with their positions."""

from __future__ import annotations

from typing import cast

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readerai.accounts.models import User
from readerai.api.paging import PAGING, Page, page_of

from .bodies import (
    BookBody,
    ChapterBody,
    WholeBookBody,
    book_body,
    chapter_body,
    whole_book_body,
)
from .models import Book, Chapter

HIGHEST_LEVEL = 16
LONGEST_SEARCH = 200
HIGHEST_INDEX = 2_147_483_647


class BookPage(Page):
    ordering = ("rank", "title", "slug")


class BooksView(APIView):
    @extend_schema(
        operation_id="list_books",
        parameters=[
            OpenApiParameter("level", int, description="Only this school grade (0 to 16)."),
            OpenApiParameter("q", str, description="Words of the title or the author's name."),
            *PAGING,
        ],
        responses={200: page_of(BookBody), 400: OpenApiResponse(description="A filter.")},
    )
    def get(self, request: Request) -> Response:
        """The books that you may read, the easiest first."""
        page = BookPage()
        books = page.paginate_queryset(_chosen_books(request), request, self) or []
        return page.get_paginated_response([book_body(book) for book in books])


def _chosen_books(request: Request) -> QuerySet[Book]:
    books = Book.objects.visible_to(cast(User, request.user))
    # A page goes on behind a value, which "unknown" is none of.
    books = books.annotate(rank=Coalesce("level", HIGHEST_LEVEL + 1))
    filters = request.query_params
    if filters.get("level"):
        books = books.filter(level=_level(filters["level"]))
    for word in _search(filters.get("q", "")):
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
            200: WholeBookBody,
            404: OpenApiResponse(description="No such book for you."),
        },
    )
    def get(self, request: Request, book_id: str) -> Response:
        """One book: its chapters and where its checkpoints wait."""
        return Response(whole_book_body(find_book(cast(User, request.user), book_id)))


def find_book(user: User, book_id: str) -> Book:
    """A book that ``user`` may read, with chapters (not their text) and checkpoints.

    Raises ``Http404``.
    """
    chapters = Prefetch("chapters", Chapter.objects.defer("paragraphs").order_by("index"))
    readable = Book.objects.readable_by(user).filter(slug=book_id)
    book = readable.prefetch_related(chapters, "checkpoints").first()
    if book is None:
        raise Http404
    return book


class ChapterView(APIView):
    @extend_schema(
        operation_id="get_chapter",
        responses={
            200: ChapterBody,
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
    visible = Book.objects.readable_by(user).filter(slug=book_id)
    return (
        Chapter.objects.select_related("book", "narration")
        .prefetch_related("illustrations")
        .filter(book__in=visible, index=index)
        .first()
    )

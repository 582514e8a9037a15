"""A book's chapter as a child reads it, for those who put questions beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..bodies import PictureBody, picture_body
from ..language.text import join_words
from ..models import Book, Checkpoint


@dataclass(frozen=True)
class PlacedWord:
    """A word with its index in the book, what is printed before it, and the questions there."""

    index: int
    gap: str
    text: str
    questions: list[Checkpoint]


@dataclass(frozen=True)
class PlacedParagraph:
    words: list[PlacedWord]
    pictures: list[PictureBody]


def preview(request: HttpRequest, book: Book, index: int, context: dict[str, Any]) -> HttpResponse:
    """The chapter with that index; ``context`` is what every page of the admin needs."""
    chapters = list(book.chapters.defer("paragraphs").order_by("index"))
    chapter = book.chapters.prefetch_related("illustrations").filter(index=index).first()
    if chapter is None:
        raise Http404
    after = chapter.first_word_index + chapter.word_count
    questions: dict[int, list[Checkpoint]] = {}
    for row in book.checkpoints.filter(at_word__gte=chapter.first_word_index, at_word__lt=after):
        questions.setdefault(row.at_word, []).append(row)
    word = chapter.first_word_index
    paragraphs = []
    shown = [picture_body(book, chapter, each) for each in chapter.illustrations.all()]
    for place, sentences in enumerate(chapter.paragraphs):
        texts = [text for sentence in sentences for text in sentence]
        words = [
            PlacedWord(
                word + number,
                join_words([texts[number - 1], text])[len(texts[number - 1]) : -len(text)]
                if number
                else "",
                text,
                questions.get(word + number, []),
            )
            for number, text in enumerate(texts)
        ]
        here = [picture for picture in shown if picture.before_paragraph == place]
        paragraphs.append(PlacedParagraph(words, here))
        word += len(texts)
    last = [picture for picture in shown if picture.before_paragraph >= len(paragraphs)]
    return TemplateResponse(
        request,
        "admin/library/book/preview.html",
        context
        | {
            "title": book.title,
            "opts": Book._meta,
            "book": book,
            "chapters": chapters,
            "chapter": chapter,
            "paragraphs": [*paragraphs, PlacedParagraph([], last)],
        },
    )

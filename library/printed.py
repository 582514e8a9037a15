"""A chapter as a page prints it: readable before, and without, any script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .bodies import PictureBody, picture_body
from .language.text import join_words
from .models import Book


@dataclass(frozen=True)
class PrintedSentence:
    """A sentence as text: all of it in ``before``, or around the reader's own word."""

    before: str
    here: str = ""
    after: str = ""


@dataclass(frozen=True)
class PrintedParagraph:
    """A paragraph, and the pictures that stand before it; without sentences, they end a chapter."""

    sentences: list[PrintedSentence]
    pictures: list[PictureBody]


@dataclass(frozen=True)
class PrintedChapter:
    index: int
    title: str
    paragraphs: list[PrintedParagraph]


def printed_chapter(book: Book, word_index: int) -> PrintedChapter | None:
    """The chapter that a word of the book is in, or None where the book has no text."""
    before = book.chapters.filter(first_word_index__lte=word_index)
    chapter = before.order_by("-first_word_index").first()
    if chapter is None:
        return None
    word = chapter.first_word_index
    pictures: dict[int, list[PictureBody]] = defaultdict(list)
    for illustration in chapter.illustrations.all():
        shown = picture_body(book, chapter, illustration)
        pictures[min(shown.before_paragraph, len(chapter.paragraphs))].append(shown)
    paragraphs = []
    for place, sentences in enumerate(chapter.paragraphs):
        printed = list(_printed(sentences, word, word_index))
        paragraphs.append(PrintedParagraph(printed, pictures[place]))
        word += sum(map(len, sentences))
    if pictures[len(paragraphs)]:
        paragraphs.append(PrintedParagraph([], pictures[len(paragraphs)]))
    return PrintedChapter(chapter.index, chapter.title, paragraphs)


def _printed(sentences: list[list[str]], first: int, word_index: int) -> Iterator[PrintedSentence]:
    for words in sentences:
        place = word_index - first
        first += len(words)
        if 0 <= place < len(words):
            here = words[place]
            before = join_words(words[: place + 1]).removesuffix(here)
            after = join_words(words[place:]).removeprefix(here)
            yield PrintedSentence(before, here, after)
        else:
            yield PrintedSentence(join_words(words))

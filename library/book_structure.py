"""A book's structure for the hot path: positions looked up without touching the database.

``book_structure(book_id)`` is safe from any thread. Structures are frozen and shared; a
process keeps the ones used last, up to a bound in bytes, and asks the database only now and
then whether a book or its checkpoints changed.
"""

from __future__ import annotations

import threading
import time
from array import array
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .language.text import join_words
from .models import Book, Chapter, Checkpoint

CACHE_BYTES = 96 * 1024 * 1024
RECHECK_SECONDS = 20.0


class SentenceSoFar(NamedTuple):
    """One sentence as printed; ``word_count`` words start at ``first_word_index``."""

    first_word_index: int
    text: str
    word_count: int


class ChapterSoFar(NamedTuple):
    """A chapter up to a position; ``finished`` chapters are whole."""

    chapter_index: int
    title: str
    finished: bool
    sentences: list[SentenceSoFar]


class CheckpointPlace(NamedTuple):
    """Where a checkpoint waits. ``slug`` is its ``checkpointId``."""

    pk: int
    slug: str
    kind: str
    at_word: int
    required: bool


@dataclass(frozen=True)
class _ChapterStructure:
    index: int
    title: str
    first: int
    word_count: int
    text: bytes = field(repr=False)
    """The words in UTF-8, a newline after each sentence, a space after each other word."""
    sentence_starts: array[int] = field(repr=False)
    sentence_offsets: array[int] = field(repr=False)
    """Where each sentence begins in ``text``, and the end of it all."""
    paragraph_starts: array[int] = field(repr=False)

    @property
    def size(self) -> int:
        numbers = len(self.sentence_starts) + len(self.sentence_offsets)
        return len(self.text) + 4 * (numbers + len(self.paragraph_starts)) + 500

    def span(self, sentence: int) -> tuple[int, int]:
        last = sentence + 1 == len(self.sentence_starts)
        end = self.first + self.word_count if last else self.sentence_starts[sentence + 1]
        return self.sentence_starts[sentence], end - 1

    def words(self, sentence: int) -> list[str]:
        offsets = self.sentence_offsets
        return self.text[offsets[sentence] : offsets[sentence + 1] - 1].decode().split(" ")


@dataclass(frozen=True)
class BookStructure:
    """Every ``word`` is a book-wide word index; one outside the book raises ``IndexError``."""

    book_id: int
    slug: str
    title: str
    author: str
    language: str
    level: int | None
    content_hash: str
    word_count: int
    checkpoints: tuple[CheckpointPlace, ...]
    """In the order of the book."""
    chapter_starts: tuple[int, ...]
    _chapters: tuple[_ChapterStructure, ...] = field(repr=False)
    _paragraphs_before: tuple[int, ...] = field(repr=False)
    size: int
    """About how many bytes this takes."""

    def _place(self, word: int) -> tuple[int, _ChapterStructure]:
        if not 0 <= word < self.word_count:
            raise IndexError(word)
        place = bisect_right(self.chapter_starts, word) - 1
        return place, self._chapters[place]

    def chapter_index(self, word: int) -> int:
        """The index of the chapter that ``word`` is in, from 0."""
        return self._place(word)[1].index

    def paragraph_index(self, word: int) -> int:
        """Which paragraph of the whole book ``word`` is in, from 0."""
        place, chapter = self._place(word)
        return self._paragraphs_before[place] + bisect_right(chapter.paragraph_starts, word) - 1

    def sentence_span(self, word: int) -> tuple[int, int]:
        """First and last word of the sentence that ``word`` is in."""
        _, chapter = self._place(word)
        return chapter.span(bisect_right(chapter.sentence_starts, word) - 1)

    def sentence_text(self, word: int) -> str:
        """The sentence that ``word`` is in, as it is printed."""
        _, chapter = self._place(word)
        return join_words(chapter.words(bisect_right(chapter.sentence_starts, word) - 1))

    def words_between(self, first: int, last: int) -> list[str]:
        """The words from ``first`` to ``last``, both among them; empty where last < first."""
        words: list[str] = []
        while first <= last:
            _, chapter = self._place(first)
            sentence = bisect_right(chapter.sentence_starts, first) - 1
            start, end = chapter.span(sentence)
            words += chapter.words(sentence)[first - start : last - start + 1]
            first = end + 1
        return words

    def chapters_until(self, word: int, *, most_words: int | None = None) -> list[ChapterSoFar]:
        """The book so far: every chapter before that of ``word`` whole and ``finished``, then
        that one up to the end of the sentence that ``word`` is in.

        With ``most_words`` the oldest chapters are left out until the rest holds no more
        (the current chapter always stays).
        """
        place, current = self._place(word)
        read = word - current.first + 1
        so_far = [_so_far(current, bisect_right(current.sentence_starts, word), finished=False)]
        for chapter in reversed(self._chapters[:place]):
            read += chapter.word_count
            if most_words is not None and read > most_words:
                break
            so_far.append(_so_far(chapter, len(chapter.sentence_starts), finished=True))
        return so_far[::-1]


def _so_far(chapter: _ChapterStructure, sentences: int, *, finished: bool) -> ChapterSoFar:
    found: list[SentenceSoFar] = []
    for sentence in range(sentences):
        first, last = chapter.span(sentence)
        found.append(SentenceSoFar(first, join_words(chapter.words(sentence)), last - first + 1))
    return ChapterSoFar(chapter.index, chapter.title, finished, found)


def book_structure(book_id: int, content_hash: str | None = None) -> BookStructure:
    """The structure of the book with primary key ``book_id``.

    Pass ``content_hash`` where the row is at hand: another hash than the kept one loads anew.
    Raises ``Book.DoesNotExist``. What the admin changes is seen within ``RECHECK_SECONDS``.
    """
    return _cache.get(book_id, content_hash)


def forget_books() -> None:
    """Empty the cache, for tests and for commands that change books."""
    _cache.clear()


@dataclass
class _Kept:
    structure: BookStructure
    checked_at: float


class _Cache:
    """The structures used last, up to ``CACHE_BYTES`` (the newest one always stays)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._loading: dict[int, threading.Lock] = {}

    def get(self, book_id: int, content_hash: str | None) -> BookStructure:
        found = self._fresh(book_id, content_hash)
        if found is not None:
            return found
        with self._lock:
            loading = self._loading.setdefault(book_id, threading.Lock())
        # One thread loads; thirty children who open the same book wait for it.
        with loading:
            found = self._fresh(book_id, content_hash)
            if found is None:
                found = self._renewed(book_id)
            return found

    def _fresh(self, book_id: int, content_hash: str | None) -> BookStructure | None:
        with self._lock:
            kept = self._kept.get(book_id)
            if kept is None or time.monotonic() - kept.checked_at > RECHECK_SECONDS:
                return None
            if content_hash is not None and kept.structure.content_hash != content_hash:
                return None
            self._kept.move_to_end(book_id)
            return kept.structure

    def _renewed(self, book_id: int) -> BookStructure:
        try:
            book = Book.objects.get(pk=book_id)
        except Book.DoesNotExist:
            with self._lock:
                self._kept.pop(book_id, None)
                self._loading.pop(book_id, None)
            raise
        with self._lock:
            kept = self._kept.get(book_id)
        if kept is not None and kept.structure.content_hash == book.content_hash:
            structure = replace(
                kept.structure,
                checkpoints=_checkpoints(book_id),
                title=book.title,
                author=book.author,
                language=book.language,
                level=book.level,
            )
        else:
            structure = load_structure(book)
        self._keep(structure)
        return structure

    def _keep(self, structure: BookStructure) -> None:
        with self._lock:
            self._kept[structure.book_id] = _Kept(structure, time.monotonic())
            self._kept.move_to_end(structure.book_id)
            while len(self._kept) > 1 and self._total() > CACHE_BYTES:
                gone, _ = self._kept.popitem(last=False)
                self._loading.pop(gone, None)

    def _total(self) -> int:
        return sum(kept.structure.size for kept in self._kept.values())

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


def load_structure(book: Book) -> BookStructure:
    """Read a book's structure from the database, a chapter at a time; use ``book_structure``."""
    chapters = tuple(
        _chapter_structure(chapter)
        for chapter in Chapter.objects.filter(book=book).order_by("index").iterator(chunk_size=4)
    )
    before = 0
    paragraphs_before: list[int] = []
    for chapter in chapters:
        paragraphs_before.append(before)
        before += len(chapter.paragraph_starts)
    return BookStructure(
        book_id=book.pk,
        slug=book.slug,
        title=book.title,
        author=book.author,
        language=book.language,
        level=book.level,
        content_hash=book.content_hash,
        word_count=book.word_count,
        checkpoints=_checkpoints(book.pk),
        chapter_starts=tuple(chapter.first for chapter in chapters),
        _chapters=chapters,
        _paragraphs_before=tuple(paragraphs_before),
        size=sum(chapter.size for chapter in chapters) + 1000,
    )


def _checkpoints(book_id: int) -> tuple[CheckpointPlace, ...]:
    rows = Checkpoint.objects.filter(book_id=book_id).order_by("at_word", "slug")
    return tuple(
        CheckpointPlace(*row)
        for row in rows.values_list("pk", "slug", "kind", "at_word", "required")
    )


def _chapter_structure(chapter: Chapter) -> _ChapterStructure:
    text = bytearray()
    sentence_starts, sentence_offsets = array("I"), array("I")
    paragraph_starts = array("I")
    word = chapter.first_word_index
    for sentences in chapter.paragraphs:
        paragraph_starts.append(word)
        for words in sentences:
            sentence_starts.append(word)
            sentence_offsets.append(len(text))
            text += " ".join(words).encode() + b"\n"
            word += len(words)
    sentence_offsets.append(len(text))
    return _ChapterStructure(
        index=chapter.index,
        title=chapter.title,
        first=chapter.first_word_index,
        word_count=chapter.word_count,
        text=bytes(text),
        sentence_starts=sentence_starts,
        sentence_offsets=sentence_offsets,
        paragraph_starts=paragraph_starts,
    )


_cache = _Cache()

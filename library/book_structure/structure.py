"""Chapters, sentences, words and checkpoints of one book, by word index. Frozen and shared."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from ..language.prepared import PreparedEntry
from ..language.so_far import ChapterSoFar, Sentence
from ..language.text import join_words


@dataclass(frozen=True, slots=True)
class CheckpointPlace:
    """A checkpoint and the word that it waits at. ``slug`` is its ``checkpointId``."""

    pk: int
    slug: str
    kind: str
    at_word: int
    required: bool
    question: str = ""
    choices: tuple[str, ...] = ()
    answer: str = ""
    accept: tuple[tuple[str, ...], ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class BookNote:
    """What the book's editor says of a word or a person, once ``first_word_index`` is read."""

    headword: str
    meaning: str
    is_person: bool
    first_word_index: int


@dataclass(frozen=True)
class ChapterStructure:
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
    word_starts_ms: array[int] = field(repr=False)
    """When each word begins in the narration; empty without one."""

    @property
    def size(self) -> int:
        numbers = len(self.sentence_starts) + len(self.sentence_offsets)
        numbers += len(self.paragraph_starts) + len(self.word_starts_ms)
        return len(self.text) + 4 * numbers + 500

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
    narrated: tuple[int, ...]
    """The primary keys of the narrations that ``word_start`` knows."""
    word_count: int
    checkpoints: tuple[CheckpointPlace, ...]
    """In the order of the book."""
    notes: tuple[BookNote, ...]
    """The glossary and the people."""
    prepared: tuple[PreparedEntry, ...]
    """By the place from which they may be told."""
    chapter_starts: tuple[int, ...]
    _chapters: tuple[ChapterStructure, ...] = field(repr=False)
    _paragraphs_before: tuple[int, ...] = field(repr=False)
    size: int
    """About how many bytes this takes."""

    @cached_property
    def people(self) -> tuple[str, ...]:
        """What the glossary calls the book's people."""
        return tuple(note.headword for note in self.notes if note.is_person)

    def prepared_until(self, word: int) -> tuple[PreparedEntry, ...]:
        """What was prepared for the book up to ``word`` and stands on nothing after it; the
        explanations of its checkpoints among it."""
        here = self.prepared[: bisect_right(self.prepared, word, key=lambda each: each.from_word)]
        explained = (
            PreparedEntry("checkpoint", at, at, at, place.explanation, "", (place.question,))
            for place in self.checkpoints
            if place.kind != "prediction" and (at := max(0, place.at_word - 1)) <= word
        )
        return (*here, *explained)

    def _place(self, word: int) -> tuple[int, ChapterStructure]:
        if not 0 <= word < self.word_count:
            raise IndexError(word)
        place = bisect_right(self.chapter_starts, word) - 1
        return place, self._chapters[place]

    @property
    def contents(self) -> list[tuple[int, str, int, int]]:
        """Of each chapter its index, title, first word and number of words."""
        return [(each.index, each.title, each.first, each.word_count) for each in self._chapters]

    def chapter_index(self, word: int) -> int:
        """The index of the chapter that ``word`` is in, from 0."""
        return self._place(word)[1].index

    def paragraph_index(self, word: int) -> int:
        """Which paragraph of the whole book ``word`` is in, from 0."""
        place, chapter = self._place(word)
        return self._paragraphs_before[place] + bisect_right(chapter.paragraph_starts, word) - 1

    def chapter_end(self, word: int) -> int:
        """The last word of the chapter that ``word`` is in."""
        _, chapter = self._place(word)
        return chapter.first + chapter.word_count - 1

    def word_start(self, word: int) -> float:
        """Seconds into its chapter's narration at which ``word`` begins; 0 without narration."""
        _, chapter = self._place(word)
        at = word - chapter.first
        return chapter.word_starts_ms[at] / 1000 if at < len(chapter.word_starts_ms) else 0.0

    def checkpoint(self, slug: str) -> CheckpointPlace | None:
        """The checkpoint with this ``checkpointId``."""
        return next((place for place in self.checkpoints if place.slug == slug), None)

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


def _so_far(chapter: ChapterStructure, sentences: int, *, finished: bool) -> ChapterSoFar:
    read = []
    for sentence in range(sentences):
        first, last = chapter.span(sentence)
        read.append(Sentence(first, join_words(chapter.words(sentence)), last - first + 1))
    return ChapterSoFar(chapter.index, chapter.title, finished, tuple(read))

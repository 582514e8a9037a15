"""Narration of chapters: spoken, stored, and kept while the text stays the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from ..models import Book, Chapter, GlossaryEntry, Narration
from .pace import script
from .speech_text.prepare import book_words, prepare_speech
from .speech_text.said import BookWords, SpokenWord
from .spoken import Speech, SpeechProblem, Voice
from .voices.process import core_count
from .voices.registry import speak_with

_MOST_PROCESSES = 8


def unspoken() -> QuerySet[Chapter]:
    """The chapters without narration, the short ones first: most books are soon whole."""
    return Chapter.objects.filter(narration=None).order_by("word_count", "pk")


def narrate_chapters(
    chapters: Iterable[Chapter],
    voice: Voice,
    *,
    done: Callable[[Chapter], None] = lambda chapter: None,
) -> None:
    """Speak and store the chapters in their order, one on each core at a time; what is stored
    stays when it is stopped.

    Raises ``SpeechProblem`` at the first chapter that cannot be spoken.
    """
    with (
        tempfile.TemporaryDirectory(prefix="readerai-") as folder,
        ThreadPoolExecutor(min(_MOST_PROCESSES, core_count())) as pool,
    ):
        words: dict[int, BookWords] = {}
        spoken = {}
        for chapter in chapters:
            if chapter.book_id not in words:
                words[chapter.book_id] = book_words_of(chapter.book)
            text = script(prepared(chapter, words[chapter.book_id]), grade=chapter.book.level)
            target = Path(folder) / f"{chapter.pk}.mp3"
            spoken[pool.submit(speak_with, text, target, voice, chapter.book.language)] = chapter
        try:
            for future in as_completed(spoken):
                chapter = spoken[future]
                target = Path(folder) / f"{chapter.pk}.mp3"
                used, speech = future.result()
                store_narration(chapter, used.name, speech, target)
                target.unlink()
                done(chapter)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def prepared(chapter: Chapter, words: BookWords | None = None) -> list[list[list[SpokenWord]]]:
    """The chapter's text as a voice is to say it; ``words`` is what its book tells of it."""
    book = chapter.book
    words = book_words_of(book) if words is None else words
    return prepare_speech(chapter.paragraphs, language=book.language, book=words)


def book_words_of(book: Book) -> BookWords:
    """The book's names, pronunciations, and the words that it prints in small letters too."""
    return book_words(book.chapters.values_list("paragraphs", flat=True), **_lists_of(book))


def pronunciations_of(book: Book) -> BookWords:
    """The same without a look at its text, for what is said of the book in passing."""
    return book_words([], **_lists_of(book))


def _lists_of(book: Book) -> dict[str, Any]:
    people = book.glossary.filter(kind=GlossaryEntry.Kind.PERSON)
    return {
        "names": list(people.values_list("headword", flat=True)),
        "pronunciations": list(book.pronunciations.values_list("word", "spoken_as")),
    }


def voice_of(book: Book) -> str:
    """The name of the voice that reads the book; empty where none does."""
    spoken = Narration.objects.filter(chapter__book=book).exclude(voice="recorded")
    return spoken.order_by("chapter__index").values_list("voice", flat=True).first() or ""


def store_narration(chapter: Chapter, voice: str, speech: Speech, audio: Path) -> Narration:
    """Keep a chapter's narration in place of any older one."""
    check_starts(speech, chapter.word_count)
    with transaction.atomic():
        old = Narration.objects.select_for_update().filter(chapter=chapter).first()
        if old is not None:
            storage, name = old.audio.storage, str(old.audio.name)
            old.delete()
            transaction.on_commit(lambda: storage.delete(name))
        with audio.open("rb") as file:
            return Narration.objects.create(
                chapter=chapter,
                voice=voice,
                audio=File(file, name=f"{chapter.book.slug}-{chapter.index}.mp3"),
                duration_ms=speech.duration_ms,
                word_starts_ms=speech.word_starts_ms,
                timing_source=speech.timing_source,
            )


def check_starts(speech: Speech, words: int) -> None:
    """Word starts are one per word, never decreasing, within the sound."""
    starts = speech.word_starts_ms
    fits = len(starts) == words and starts == sorted(starts)
    if not fits or (starts and not 0 <= starts[0] <= starts[-1] <= speech.duration_ms):
        raise SpeechProblem("the word times do not fit the chapter")

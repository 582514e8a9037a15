"""Narration of chapters: spoken, stored, and kept while the text stays the same."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from ..models import Chapter, Narration
from .spoken import Speech, SpeechProblem, Voice

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
        ThreadPoolExecutor(min(_MOST_PROCESSES, _cores())) as pool,
    ):
        spoken = {
            pool.submit(_speak, chapter, voice, Path(folder) / f"{chapter.pk}.mp3"): chapter
            for chapter in chapters
        }
        try:
            for future in as_completed(spoken):
                chapter = spoken[future]
                target = Path(folder) / f"{chapter.pk}.mp3"
                store_narration(chapter, voice.name, future.result(), target)
                target.unlink()
                done(chapter)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _cores() -> int:
    """How many cores we may use; where the system does not say (macOS), how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _speak(chapter: Chapter, voice: Voice, target: Path) -> Speech:
    return voice.engine.speak(chapter.paragraphs, target, voice.own_name)


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

"""Sound made at set-up for what is always the same: the pages' own phrases, and a book's
questions, choices, explanations and meanings.

It lies in ``speech/`` of the media folder, under a name that is made from the text, the voice
and the pace; who asks for that text is given it at once, and nothing is spent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from ..models import Book
from .chapters import pronunciations_of
from .speaking import speak
from .speech_text.said import BookWords
from .spoken import Voice
from .voices.process import core_count

_BUDGET_SECONDS = 20.0
_PHRASES = Path(__file__).with_name("phrases.txt")


def phrases() -> list[str]:
    lines = _PHRASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def book_texts(book: Book) -> list[str]:
    """What the pages say of a book beside its text."""
    texts = [book.title]
    for checkpoint in book.checkpoints.all():
        texts += [checkpoint.question, *checkpoint.choices, checkpoint.explanation]
    texts += book.glossary.values_list("meaning", flat=True)
    return [text for text in dict.fromkeys(texts) if text]


def find_fixed(text: str, voice: str, grade: int | None = None) -> Path | None:
    """The sound of ``text`` where it was made at set-up."""
    path = _path(text, voice, grade)
    return path if path.is_file() else None


def make_book_speech(book: Book, voice: Voice) -> int:
    """Speak what a book's pages always say; how much was not there yet. Raises
    ``SpeechProblem``."""
    words = pronunciations_of(book)
    return _make(book_texts(book), voice, book.level, book.language, words)


def make_phrases(voice: Voice) -> int:
    """Speak the pages' own phrases; how many were not there yet. Raises ``SpeechProblem``."""
    return _make(phrases(), voice, None, "en", BookWords())


def _make(
    texts: Iterable[str], voice: Voice, grade: int | None, language: str, words: BookWords
) -> int:
    missing = [text for text in texts if find_fixed(text, voice.name, grade) is None]

    def make(text: str) -> None:
        path = _path(text, voice.name, grade)
        spoken = speak(
            text,
            voice.name,
            language=language,
            grade=grade,
            words=words,
            cpu_seconds=_BUDGET_SECONDS,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: somebody may be asking for it meanwhile.
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(spoken.mp3)
        unfinished.replace(path)

    with ThreadPoolExecutor(core_count()) as pool:
        list(pool.map(make, missing))
    return len(missing)


def _path(text: str, voice: str, grade: int | None) -> Path:
    said = " ".join(text.split())
    key = hashlib.sha256(f"{voice}\n{grade}\n{said}".encode()).hexdigest()[:40]
    return Path(settings.MEDIA_ROOT) / "speech" / key[:2] / f"{key}.mp3"

"""Where a word is in its chapter's narration."""

from __future__ import annotations

from library.book_structure import BookStructure
from library.models import Narration

from .state import ReadingState


def word_start(book: BookStructure, word_index: int) -> float:
    """Seconds into its chapter's narration at which a word begins; 0 without narration."""
    chapter = book.chapter_index(word_index)
    row = (
        Narration.objects.filter(chapter__book_id=book.book_id, chapter__index=chapter)
        .values_list("chapter__first_word_index", "word_starts_ms")
        .first()
    )
    if row is None:
        return 0.0
    first, starts = row
    at = word_index - first
    return starts[at] / 1000 if at < len(starts) else 0.0


def timestamp(book: BookStructure, state: ReadingState) -> float:
    """The audio position that goes with a state: the client's own, or the word's."""
    if state.audio_timestamp is not None:
        return state.audio_timestamp
    return word_start(book, state.word_index)

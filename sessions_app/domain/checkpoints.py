"""Which checkpoint waits for the child where they are, and the order of its choices. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Final

from library.book_structure import BookStructure, CheckpointPlace

UPCOMING_WORDS: Final = 40


def due(
    book: BookStructure, word_index: int, start_word_index: int, settled: Collection[int]
) -> CheckpointPlace | None:
    """The checkpoint that waits for the child where they are now.

    The first required one that was come to in this session and is not settled; else the last
    that was come to, if it is not settled. An optional one that the child has read past to
    another asks no more, and keeps no later one from asking.
    """
    come_to = [
        place for place in book.checkpoints if start_word_index <= place.at_word <= word_index
    ]
    waiting = [place for place in come_to if place.pk not in settled]
    for place in waiting:
        if place.required:
            return place
    return waiting[-1] if waiting and waiting[-1] is come_to[-1] else None


def upcoming(
    book: BookStructure, word_index: int, settled: Collection[int]
) -> CheckpointPlace | None:
    """The next checkpoint, if it is near."""
    for place in book.checkpoints:
        if word_index < place.at_word <= word_index + UPCOMING_WORDS:
            return place if place.pk not in settled else None
    return None


def in_session_order(choices: Sequence[str], session_id: str, slug: str) -> list[str]:
    """A checkpoint's choices in an order of the session's own, the same each time they are put."""

    def place(choice: str) -> bytes:
        return hashlib.sha256(f"{session_id} {slug} {choice}".encode()).digest()

    return sorted(choices, key=place)

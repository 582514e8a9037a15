"""What of a file is not in the book that comes out of it, in numbers and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

_MOST_PLACES = 12
_UNCOUNTED = {"contents", "cover", "title page", "copyright page", "index", "bibliography"}
_PLURALS = {
    "hidden copy": "hidden copies",
    "mark of a note": "marks of notes",
    "page beside the text": "pages beside the text",
    "page of credits": "pages of credits",
    "reading of a character": "readings of characters",
    "sound or film": "sounds or films",
}


class LeftOut(msgspec.Struct, frozen=True):
    """So many of one kind (``what``, in the singular), their words, and the first places."""

    what: str
    count: int
    words: int
    places: list[str]

    def __str__(self) -> str:
        name = self.what if self.count == 1 else _PLURALS.get(self.what, f"{self.what}s")
        counted = self.what if self.what in _UNCOUNTED else f"{self.count} {name}"
        return f"{counted} ({self.words:,} word{'s'[: self.words != 1]})" if self.words else counted


class Omissions:
    """Collects what is left out while a file is read."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._counts: dict[str, list[int]] = {}

    def add(self, what: str, place: str = "", *, words: int = 0, count: int = 1) -> None:
        """Note ``count`` things of one kind, with ``words`` words in all, at ``place``."""
        so_far = self._counts.setdefault(what, [0, 0])
        so_far[0] += count
        so_far[1] += words
        places = self._places.setdefault(what, [])
        if place and place not in places[-1:]:
            places.append(place)

    def listed(self, called: Mapping[str, str] | None = None) -> list[LeftOut]:
        """All of it; ``called`` gives a better name for a place, such as a chapter's title."""
        called = called or {}
        rows = []
        for what, (count, words) in self._counts.items():
            places = dict.fromkeys(called.get(place, place) for place in self._places[what])
            rows.append(LeftOut(what, count, words, list(places)[:_MOST_PLACES]))
        return rows


def in_a_line(rows: Iterable[LeftOut]) -> str:
    """``rows`` as half a sentence; empty where nothing is left out."""
    return ", ".join(map(str, rows))

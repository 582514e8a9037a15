"""What the rules work on, and what they give. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .pieces import PrintedWord

_NOTHING = PrintedWord("", "", "", "")


@dataclass(frozen=True)
class SpokenWord:
    """What is said for one printed word, its punctuation around it. Where no spelling makes
    every voice say it, ``sounds`` has the word (without punctuation) in ARPAbet."""

    text: str
    sounds: str = ""


@dataclass(frozen=True)
class Said:
    """What a rule makes of a core. ``sounds`` as in ``SpokenWord``. ``before`` and ``after`` are
    how many marks beside the core belong to it: a minus, an apostrophe, an abbreviation's stop."""

    text: str
    sounds: str = ""
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class BookWords:
    """What a book's own words tell of how to read it.

    ``names``: names of people, in small letters. ``printed_small``: words that it also prints
    otherwise than in capitals, in small letters. ``pronunciations``: word in small letters ->
    the spelling that a voice says rightly ("Hermione" -> "her my oh nee").
    """

    names: frozenset[str] = frozenset()
    printed_small: frozenset[str] = frozenset()
    pronunciations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WordInSentence:
    """A word in its sentence."""

    pieces: list[PrintedWord]
    place: int
    book: BookWords
    shouted: bool = False

    @property
    def piece(self) -> PrintedWord:
        return self.pieces[self.place]

    @property
    def before(self) -> PrintedWord:
        return self.pieces[self.place - 1] if self.place else _NOTHING

    @property
    def before_that(self) -> PrintedWord:
        return self.pieces[self.place - 2] if self.place > 1 else _NOTHING

    @property
    def after(self) -> PrintedWord:
        return self.pieces[self.place + 1] if self.place + 1 < len(self.pieces) else _NOTHING

    @property
    def own_stop(self) -> int:
        """1 where the full stop behind an abbreviation is its own alone, and ends no sentence."""
        return int(self.piece.stops and self.after.core[:1].islower())

    @property
    def in_a_sum(self) -> bool:
        return any("=" in piece.printed for piece in self.pieces)

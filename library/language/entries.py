"""What a dictionary says about a word: plain data, so that no reader of it needs WordNet."""

from dataclasses import dataclass
from typing import Literal

PartOfSpeech = Literal[
    "noun",
    "verb",
    "adjective",
    "adverb",
    "conjunction",
    "preposition",
    "pronoun",
    "exclamation",
]


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word, worded for reading aloud: no final full stop, lower case.

    `clues` are words that stand near the word when it has this meaning, or phrases with `~` for the
    word; nobody is shown them.
    `hard` says that the definition was written for grown-ups and has words a child may not know.
    """

    part_of_speech: PartOfSpeech
    definition: str
    examples: tuple[str, ...] = ()
    related_words: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A headword and its meanings, the one that fits best first; there is at least one."""

    word: str
    senses: tuple[Sense, ...]

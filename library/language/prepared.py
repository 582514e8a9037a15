"""Help that was prepared for a place in a book, by hand or by a draft that somebody approved.

A place is a word index over the whole book, 0-based. ``from_word`` is the place from which an
entry may be told: it stands on nothing that comes after that word.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

#: sense, phrase    ``subject`` is the word, the idiom or the phrasal verb as it stands there,
#:                  ``text`` its meaning there, lower case and without a full stop
#: easier           ``text`` is the sentence in easier words
#: cause            ``questions`` ask why, ``text`` is the reason, a sentence that says of what
#: person           ``subject`` is the name, ``text`` who that is, as far as is known there
#: part, chapter    ``text`` is what happened since the last one, or in the whole chapter
#: checkpoint       ``questions`` has its question, ``text`` explains its answer
PreparedKind = Literal[
    "sense", "phrase", "easier", "cause", "person", "part", "chapter", "checkpoint"
]
PREPARED_KINDS: tuple[PreparedKind, ...] = get_args(PreparedKind)


class PreparedEntry(Struct, frozen=True):
    """One piece of help about the words from ``first`` to ``last``."""

    kind: PreparedKind
    first: int
    last: int
    from_word: int
    text: str
    subject: str = ""
    questions: tuple[str, ...] = ()

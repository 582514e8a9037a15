"""A story's ``prepared.toml`` as entries, each held against the text.

A place is a quotation that stands in the book once; ``*`` marks the words of it that are meant::

    [senses]
    "go by on the *tips* of their toes" = "the very ends"
    [phrases]
    "A truck *backs up*, but" = "goes backward"
    [easier]
    "And it gets so quiet!" = "Now there is no noise at all."
    [causes]
    "The digger does not dig." = { ask = ["why does the digger not dig"], because = "The digger …",
                                   known = "on the nest sits a little brown bird" }
    [people]
    Bea = { "says Bea, the driver" = "Bea drives the digger." }
    [parts]
    "there are four blue eggs." = "Omar wants to see the digger dig, but …"
    [chapters]
    "in a very, very tiny voice." = "…"

A cause's ``known`` quotes where the book gives the reason, if that is later than what happened.
An entry may be told from the end of the last sentence that it quotes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from typing import Any, Final

from ..language.prepared import PreparedEntry, PreparedKind
from .looking_ahead import LookingAhead
from .places import MARK, BookPlaces, NoSuchPlace

_Reader = Callable[[str, Any, BookPlaces], Iterator[PreparedEntry]]


class PreparedProblem(Exception):
    """What is wrong with an entry, in one line."""


def read_prepared(text: str, places: BookPlaces) -> list[PreparedEntry]:
    """All entries of a file in the order of the book. Raises ``PreparedProblem``."""
    try:
        about = tomllib.loads(text)
        entries = [
            entry
            for section, rows in about.items()
            for key, value in rows.items()
            for entry in _READERS[section](key, value, places)
        ]
    except (NoSuchPlace, tomllib.TOMLDecodeError) as problem:
        raise PreparedProblem(str(problem)) from None
    except (KeyError, AttributeError, TypeError) as problem:
        raise PreparedProblem(f"not as it should be: {problem}") from None
    check(entries, places)
    return sorted(entries, key=lambda entry: (entry.from_word, entry.first))


def check(entries: list[PreparedEntry], places: BookPlaces) -> None:
    """Raise ``PreparedProblem`` where an entry looks past its place."""
    ahead = LookingAhead(places.words)
    for entry in entries:
        for problem in ahead.problems(entry):
            raise PreparedProblem(f"{entry.kind} “{entry.text[:60]}” {problem}")


def _meant(quotation: str, places: BookPlaces) -> tuple[int, int]:
    """The words of a quotation that are meant: the marked ones, or all."""
    if MARK not in quotation:
        return places.quotation(quotation)
    spans = places.marked(quotation)
    return spans[0][0], spans[-1][1]


def _about_words(kind: PreparedKind) -> _Reader:
    def read(quotation: str, meaning: str, places: BookPlaces) -> Iterator[PreparedEntry]:
        spans = places.marked(quotation)
        subject = " … ".join(quotation.split(MARK)[1::2])
        first, last = spans[0][0], spans[-1][1]
        yield PreparedEntry(kind, first, last, places.sentence(last)[1], meaning, subject)

    return read


def _about_passage(kind: PreparedKind) -> _Reader:
    def read(quotation: str, text: str, places: BookPlaces) -> Iterator[PreparedEntry]:
        first, last = _meant(quotation, places)
        first, last = places.sentence(first)[0], places.sentence(last)[1]
        yield PreparedEntry(kind, first, last, last, text)

    return read


def _cause(quotation: str, row: dict[str, Any], places: BookPlaces) -> Iterator[PreparedEntry]:
    first, last = _meant(quotation, places)
    known = places.quotation(row["known"])[1] if "known" in row else last
    from_word = max(places.sentence(last)[1], places.sentence(known)[1])
    questions = tuple(row["ask"])
    yield PreparedEntry("cause", first, last, from_word, row["because"], "", questions)


def _person(name: str, known: dict[str, str], places: BookPlaces) -> Iterator[PreparedEntry]:
    for quotation, text in known.items():
        first, last = _meant(quotation, places)
        yield PreparedEntry("person", first, last, places.sentence(last)[1], text, name)


_READERS: Final[dict[str, _Reader]] = {
    "senses": _about_words("sense"),
    "phrases": _about_words("phrase"),
    "easier": _about_passage("easier"),
    "causes": _cause,
    "people": _person,
    "parts": _about_passage("part"),
    "chapters": _about_passage("chapter"),
}

"""The figures about reading: each with its name, in every table and at the head of every report.

Another figure is added here, once, and then stands wherever these do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from ..tables import UNKNOWN, Column, columns_of
from ..wording import duration, percent
from .amounts import ReadingAmounts
from .reading_records import ReadingRecord, SpanRecord
from .sums import Sums

Read = TypeVar("Read", ReadingRecord, SpanRecord)

WORDS_PER_MINUTE: Final = "words per min"

#: How much was read by oneself, listened to and paged through.
_AMOUNTS: Final[Sequence[Column[ReadingAmounts]]] = [
    Column("Read by oneself", lambda amounts: amounts.read_minutes, "number", "min"),
    Column("Words read", lambda amounts: amounts.read_words, "number"),
    Column("Listened", lambda amounts: amounts.heard_minutes, "number", "min"),
    Column("Words heard", lambda amounts: amounts.heard_words, "number"),
    Column("Words paged through", lambda amounts: amounts.paged_words, "number"),
    Column("Own pace", lambda amounts: amounts.pace, "number", WORDS_PER_MINUTE),
]

#: What was read in a time, by a child or by a class.
SUMS_COLUMNS: Final[Sequence[Column[Sums]]] = [
    *columns_of(lambda sums: sums.amounts, _AMOUNTS),
    Column("Books finished", lambda sums: len(sums.finished), "number"),
    Column("Questions asked", lambda sums: sums.questions, "number"),
    Column("Different words looked up", lambda sums: len(sums.looked_up), "number"),
    Column("Right at first try", lambda sums: sums.comprehension, "percent"),
]


def reading_columns() -> list[Column[Read]]:
    """What was read in one book, or in one go."""
    return columns_of(lambda read: read.amounts, _AMOUNTS)


@dataclass(frozen=True)
class Figure:
    """A figure at the head of a report; ``unit`` stands smaller beside it."""

    name: str
    text: str
    unit: str = ""


def sums_figures(sums: Sums) -> list[Figure]:
    """What stands at the head of the report on a child or a class."""
    return [
        *_amounts(sums.amounts),
        Figure("Days with reading", f"{len(sums.days)}"),
        Figure("Books finished", f"{len(sums.finished):,}"),
        Figure("Questions asked", f"{sums.questions:,}"),
        Figure("Different words looked up", f"{len(sums.looked_up)}"),
        Figure(
            "Right at first try",
            _share(sums.comprehension),
            f"of {sums.first_tries:,}" if sums.first_tries else "",
        ),
    ]


def session_figures(record: ReadingRecord, score: float | None) -> list[Figure]:
    """What stands at the head of the report on a session. ``score`` is from 0 to 1."""
    return [
        Figure("Read or heard", _share(record.progress), "of the book"),
        Figure("Place", _share(record.place_of(record.word_index))),
        *_amounts(record.session_amounts),
        Figure("Questions asked", f"{len(record.questions)}"),
        Figure("Score" if record.is_completed else "Score so far", _share(score)),
    ]


def _amounts(amounts: ReadingAmounts) -> list[Figure]:
    paged = Figure("Paged through", f"{amounts.paged_words:,}", "words")
    return [
        Figure("Read by oneself", duration(amounts.read_time), f"{amounts.read_words:,} words"),
        Figure("Listened", duration(amounts.heard_time), f"{amounts.heard_words:,} words"),
        *([paged] if amounts.paged_words else []),
        Figure("Own pace", UNKNOWN)
        if amounts.pace is None
        else Figure("Own pace", f"{round(amounts.pace)}", WORDS_PER_MINUTE),
    ]


def _share(part: float | None) -> str:
    return UNKNOWN if part is None else f"{percent(part)}%"

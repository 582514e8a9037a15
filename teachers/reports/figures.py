"""The figures about reading: each with its name, in every table and at the head of every report.

Another figure is added here, once, and then stands wherever these do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from ..tables import UNKNOWN, Column
from ..wording import duration, percent
from .reading_records import ReadingRecord, SpanRecord
from .sums import Sums

Read = TypeVar("Read", ReadingRecord, SpanRecord)

WORDS_PER_MINUTE: Final = "words per min"

#: What was read in a time, by a child or by a class.
SUMS_COLUMNS: Final[Sequence[Column[Sums]]] = [
    Column("Reading time", lambda sums: sums.minutes, "number", "min"),
    Column("Words read", lambda sums: sums.words, "number"),
    Column("Pace", lambda sums: sums.pace, "number", WORDS_PER_MINUTE),
    Column("Books finished", lambda sums: len(sums.finished), "number"),
    Column("Questions asked", lambda sums: sums.questions, "number"),
    Column("Different words looked up", lambda sums: len(sums.looked_up), "number"),
    Column("Right at first try", lambda sums: sums.comprehension, "percent"),
]


def reading_columns() -> list[Column[Read]]:
    """What was read in one book, or in one go."""
    return [
        Column("Reading time", lambda read: read.minutes, "number", "min"),
        Column("Words read", lambda read: read.words, "number"),
        Column("Pace", lambda read: read.pace, "number", WORDS_PER_MINUTE),
    ]


@dataclass(frozen=True)
class Figure:
    """A figure at the head of a report; ``unit`` stands smaller beside it."""

    name: str
    text: str
    unit: str = ""


def sums_figures(sums: Sums) -> list[Figure]:
    """What stands at the head of the report on a child or a class."""
    return [
        Figure("Reading time", duration(sums.seconds)),
        Figure("Days with reading", f"{len(sums.days)}"),
        Figure("Words read", f"{sums.words:,}"),
        _pace(sums.pace),
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
        Figure("Place", _share(min(1.0, record.place_of(record.word_index)))),
        Figure("Really read or heard", _share(record.progress)),
        Figure("Reading time", duration(record.session_seconds)),
        _pace(record.session_pace),
        Figure("Questions asked", f"{len(record.questions)}"),
        Figure("Score" if record.finished else "Score so far", _share(score)),
    ]


def _pace(pace: float | None) -> Figure:
    if pace is None:
        return Figure("Pace", UNKNOWN)
    return Figure("Pace", f"{round(pace)}", WORDS_PER_MINUTE)


def _share(part: float | None) -> str:
    return UNKNOWN if part is None else f"{percent(part)}%"

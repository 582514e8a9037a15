"""A book from left to right, and what of it was read."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from .frame import HALF, PlotFrame

#: As narrow as it may be and still be seen.
NARROWEST = 0.8


def strip(
    title: str,
    word_count: int,
    covered: Sequence[tuple[int, int]],
    *,
    chapters: Sequence[int],
    place: int,
    marks: Sequence[tuple[int, str]] = (),
) -> SafeString:
    """What was ``covered`` (first and last word of each range), the chapters' beginnings, where
    the child is, and marks at words with the kind of each (see ``PlotMark``)."""
    frame = PlotFrame(HALF, 84)

    def at(word: float) -> float:
        return frame.x(word / word_count)

    return frame.draw(
        "strip.svg",
        title,
        covered=[
            (at(first), max(NARROWEST, round(at(last + 1) - at(first), 1)))
            for first, last in covered
        ],
        chapters=[at(word) for word in chapters if word],
        marks=[(kind, at(word)) for word, kind in marks],
        here=at(place),
        labels=[(frame.x(quarter / 4), f"{quarter * 25}%") for quarter in range(5)],
    )

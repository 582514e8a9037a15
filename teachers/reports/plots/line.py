"""A plot of one thing over another: a line through points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from .frame import HALF, PlotFrame, Scale, highest_of


@dataclass(frozen=True)
class PlotMark:
    """Something that happened: a question, an answer. ``kind`` gives it its colour."""

    x: float
    y: float
    kind: Literal["asked", "right", "wrong"]


def line(
    title: str,
    points: Sequence[tuple[float, float]],
    *,
    x_name: str,
    y_name: str,
    marks: Sequence[PlotMark] = (),
    top: float | None = None,
) -> SafeString:
    """Points joined in their order; both axes begin at nought and are named with their units."""
    frame = PlotFrame(HALF, 190)
    across = Scale.up_to(highest_of(x for x, _ in points))
    up = Scale.up_to(top or highest_of(y for _, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        return frame.x(x / across.top), frame.y(min(y, up.top) / up.top)

    return frame.draw(
        "line.svg",
        title,
        x_name=x_name,
        y_name=y_name,
        heights=frame.heights(up),
        labels=[(frame.x(part), label) for part, label in across.ticks],
        points=[at(x, y) for x, y in points],
        marks=[(mark.kind, *at(mark.x, mark.y)) for mark in marks],
    )

"""A plot of bars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from django.utils.safestring import SafeString

from .frame import BOTTOM, HALF, PlotFrame, Scale, highest_of

#: What a label along the axis takes, and what the longest slanted one takes below it.
LABEL_WIDTH: Final = 48
SLANTED: Final = 24
WIDEST: Final = 48


def bars(
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    above: Sequence[float] = (),
    x_name: str,
    y_name: str,
    top: float | None = None,
    width: int = HALF,
    every_label: bool = False,
) -> SafeString:
    """A bar per label, and ``above`` it a second one of another kind; None is a gap, which is not
    the same as nothing read. ``every_label`` is written, slanted, instead of as many as have room.
    Axes are named with their units."""
    extra = SLANTED if every_label else 0
    frame = PlotFrame(width, 180 + extra, BOTTOM + extra)
    upper = above or [0.0] * len(labels)
    ends = [(value or 0.0) + more for value, more in zip(values, upper, strict=True)]
    scale = Scale.up_to(top or highest_of(ends))
    count = max(1, len(labels))
    wide = min(frame.inner_width / count * 0.7, WIDEST)
    middles = [frame.x((place + 0.5) / count) for place in range(len(labels))]
    every = 1 if every_label else math.ceil(count * LABEL_WIDTH / frame.inner_width)
    return frame.draw(
        "bars.svg",
        title,
        x_name=x_name,
        y_name=y_name,
        heights=frame.heights(scale),
        wide=round(wide, 1),
        bars=[
            (
                kind,
                round(middle - wide / 2, 1),
                frame.y(end / scale.top),
                _tall(value, scale, frame),
            )
            for kind, column, tops in (("bar", values, values), ("bar-above", upper, ends))
            for middle, value, end in zip(middles, column, tops, strict=True)
            if value is not None and end is not None and value > 0
        ],
        labels=list(zip(middles, labels, strict=True))[::every],
        slanted=every_label,
    )


def _tall(value: float, scale: Scale, frame: PlotFrame) -> float:
    return round(frame.inner_height * value / scale.top, 1)

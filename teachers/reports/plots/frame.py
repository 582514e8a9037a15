"""What every plot has: its size, the space inside its axes, and their scale.

Plots are SVG: axes labelled, units said, colours from the style sheet. A table with the same
numbers always stands behind one (see the templates), so each is hidden from screen readers but for
its title.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 62, 16, 14, 40

#: Two of the one stand side by side on a sheet of paper; the other takes its whole width.
HALF: Final = 420
WHOLE: Final = 880


@dataclass(frozen=True)
class Scale:
    """An axis from nought to a round number, in even steps."""

    top: float
    step: float

    @classmethod
    def up_to(cls, highest: float) -> Scale:
        """Ends at ``highest`` or above it, with at most five steps."""
        if highest <= 0:
            return cls(1.0, 1.0)
        raw = highest / 4
        size = 10 ** math.floor(math.log10(raw))
        step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
        return cls(step * math.ceil(highest / step - 1e-9), step)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Every step as a part of the whole, and its label."""
        values = [place * self.step for place in range(round(self.top / self.step) + 1)]
        return [(value / self.top, _label(value)) for value in values]


def _label(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def highest_of(values: Iterable[float | None]) -> float:
    """Nought where nothing is known."""
    return max((value for value in values if value is not None), default=0)


@dataclass(frozen=True)
class PlotFrame:
    """The size of a plot and of the space inside its axes, in units of the drawing."""

    width: int
    height: int
    below: int = BOTTOM

    @property
    def inner_width(self) -> int:
        return self.width - LEFT - RIGHT

    @property
    def inner_height(self) -> int:
        return self.height - TOP - self.below

    def x(self, part: float) -> float:
        """How far from the left a part of the axis below is."""
        return round(LEFT + self.inner_width * part, 1)

    def y(self, part: float) -> float:
        """How far from the top a part of the axis on the left is."""
        return round(TOP + self.inner_height * (1 - part), 1)

    def draw(self, template: str, title: str, **context: Any) -> SafeString:
        """The plot as SVG."""
        context |= {"title": title, "frame": self, "middle": self.x(0.5), "centre": self.y(0.5)}
        context |= {"left": LEFT, "right": self.width - RIGHT, "bottom": self.y(0)}
        return render_to_string(f"teachers/plots/{template}", context)

    def heights(self, scale: Scale) -> list[tuple[float, str]]:
        """Where the lines of the axis on the left are, and their labels."""
        return [(self.y(part), label) for part, label in scale.ticks]

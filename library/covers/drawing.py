"""Shapes that look cut from paper by hand: nothing is quite round or quite straight."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from random import Random

from .palettes import Palette

WIDTH, HEIGHT = 600, 840

Point = tuple[float, float]


class Canvas:
    """Collects SVG elements. The same ``random`` draws the same picture every time."""

    def __init__(self, palette: Palette, random: Random) -> None:
        self.palette = palette
        self.random = random
        self.parts: list[str] = []

    def jitter(self, value: float, amount: float) -> float:
        return value + self.random.uniform(-amount, amount)

    def path(self, d: str, fill: str = "none", **more: object) -> None:
        self.parts.append(f'<path d="{d}" fill="{fill}"{_attributes(more)}/>')

    def line(self, points: Sequence[Point], stroke: str, width: float, **more: object) -> None:
        """An open curve through ``points`` with round ends."""
        ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        self.path(curve(points), "none", stroke=stroke, stroke_width=width, **ends, **more)

    def blob(self, x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> None:
        """Nearly an ellipse."""
        count = 9
        turn = self.random.uniform(0, math.tau)
        points = []
        for step in range(count):
            angle = turn + step * math.tau / count
            stretch = self.random.uniform(0.965, 1.035)
            points.append((x + rx * stretch * math.cos(angle), y + ry * stretch * math.sin(angle)))
        self.path(curve(points, closed=True), fill, **more)

    def polygon(self, points: list[Point], fill: str, wobble: float = 3, **more: object) -> None:
        """Nearly straight sides, slightly rounded corners."""
        moved = [(self.jitter(x, wobble), self.jitter(y, wobble)) for x, y in points]
        joined = " L".join(f"{number(x)} {number(y)}" for x, y in moved)
        self.path(f"M{joined}Z", fill, stroke=fill, stroke_width=6, stroke_linejoin="round", **more)

    def ground(self, y: float, swell: float, fill: str, steps: int = 4) -> list[Point]:
        """A hill line from edge to edge, filled down to the bottom; gives its points."""
        points = [
            (-20 + (WIDTH + 40) * step / steps, self.jitter(y, swell)) for step in range(steps + 1)
        ]
        self.path(f"{curve(points)} L{WIDTH + 20} {HEIGHT + 20} L-20 {HEIGHT + 20}Z", fill)
        return points

    def star(self, x: float, y: float, size: float, fill: str) -> None:
        """A four-pointed twinkle."""
        inner = size * 0.26
        points = []
        for step in range(8):
            radius = size if step % 2 == 0 else inner
            angle = step * math.tau / 8
            points.append((x + radius * math.sin(angle), y - radius * math.cos(angle)))
        self.polygon(points, fill, wobble=size * 0.05)

    def above_title(self) -> None:
        """A few small stars over the title."""
        for step in range(7):
            x = (step + self.random.uniform(0.2, 0.8)) * WIDTH / 7
            self.star(x, self.random.uniform(20, 44), self.random.uniform(5, 9), self.palette.light)

    def scatter_stars(self, count: int, top: float, bottom: float, fill: str) -> None:
        for step in range(count):
            x = (step + self.random.uniform(0.15, 0.85)) * WIDTH / count
            self.star(x, self.random.uniform(top, bottom), self.random.uniform(5, 13), fill)


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """A smooth path through ``points`` (Catmull-Rom as cubic Béziers)."""
    count = len(points)
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for place in range(count if closed else count - 1):
        before = points[(place - 1) % count] if closed else points[max(0, place - 1)]
        start, end = points[place], points[(place + 1) % count]
        after = points[(place + 2) % count] if closed else points[min(count - 1, place + 2)]
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        numbers = " ".join(number(v) for point in (first, second, end) for v in point)
        parts.append(f"C{numbers}")
    return "".join(parts) + ("Z" if closed else "")


def mentions(about: str, *words: str) -> bool:
    """Whether a small-letter text says one of these words."""
    return not set(re.findall("[a-z]+", about)).isdisjoint(words)


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _attributes(more: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())

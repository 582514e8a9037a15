"""Small plots as SVG: axes labelled, units said, colours from the style sheet. A table with the
same numbers always stands behind one (see the templates), so each is hidden from screen readers
but for its title."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH: Final = 640
LEFT, RIGHT, TOP, BOTTOM = 48, 22, 14, 40
MOST_LABELS: Final = 9


@dataclass(frozen=True)
class Axis:
    """``name`` with its unit, as it is printed beside the axis."""

    name: str


def nice_top(highest: float) -> tuple[float, float]:
    """A round number at or above ``highest``, and the step that divides it into a few."""
    if highest <= 0:
        return 1.0, 1.0
    raw = highest / 4
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= raw)
    return step * math.ceil(highest / step - 1e-9), step


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _y_axis(top: float, step: float, height: int, name: str) -> SafeString:
    inner = height - TOP - BOTTOM
    lines = []
    for place in range(round(top / step) + 1):
        value = place * step
        y = round(TOP + inner * (1 - value / top), 1)
        lines.append((LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4, _number(value)))
    grid = format_html_join(
        "",
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>',
        lines,
    )
    return format_html(
        '{}<text class="axis" x="{}" y="{}" transform="rotate(-90 12 {})"'
        ' text-anchor="middle">{}</text>',
        grid,
        12,
        TOP + inner / 2,
        TOP + inner / 2,
        name,
    )


def _svg(title: str, height: int, *parts: SafeString) -> SafeString:
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        height,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _nothing(height: int) -> SafeString:
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    return format_html(
        '<text class="tick" x="{}" y="{}" text-anchor="middle">not enough to show yet</text>',
        middle,
        height / 2 - 10,
    )


def _x_name(name: str, height: int) -> SafeString:
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    return format_html(
        '<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>', middle, height - 4, name
    )


def bars(
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    x: Axis,
    y: Axis,
    height: int = 190,
    top: float | None = None,
) -> SafeString:
    """A bar per label; None is a gap, which is not the same as nothing read."""
    highest, step = nice_top(top or max([each for each in values if each is not None], default=0))
    inner_width, inner = WIDTH - LEFT - RIGHT, height - TOP - BOTTOM
    slot = inner_width / max(1, len(labels))
    drawn = []
    for place, value in enumerate(values):
        if value is None or value <= 0:
            continue
        tall = inner * value / highest
        left = LEFT + slot * place + slot * 0.15
        drawn.append(
            (round(left, 1), round(TOP + inner - tall, 1), round(slot * 0.7, 1), round(tall, 1))
        )
    every = math.ceil(len(labels) / MOST_LABELS) if labels else 1
    names = [
        (round(LEFT + slot * (place + 0.5), 1), height - 22, label)
        for place, label in enumerate(labels)
        if place % every == 0
    ]
    return _svg(
        title,
        height,
        _y_axis(highest, step, height, y.name),
        SafeString("") if drawn else _nothing(height),
        format_html_join(
            "", '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>', drawn
        ),
        format_html_join(
            "", '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>', names
        ),
        _x_name(x.name, height),
    )


@dataclass(frozen=True)
class Mark:
    """Something that happened on a line: a question, a checkpoint."""

    x: float
    y: float
    kind: str
    """A class of the style sheet: ``asked``, ``right``, ``wrong``."""


def line(
    title: str,
    points: Sequence[tuple[float, float]],
    *,
    x: Axis,
    y: Axis,
    marks: Sequence[Mark] = (),
    height: int = 200,
    top: float | None = None,
) -> SafeString:
    """Points joined in their order; both axes begin at nought."""
    inner_width, inner = WIDTH - LEFT - RIGHT, height - TOP - BOTTOM
    across, across_step = nice_top(max([each for each, _ in points], default=0))
    highest, step = nice_top(top or max([each for _, each in points], default=0))

    def at(place: tuple[float, float]) -> tuple[float, float]:
        return (
            round(LEFT + inner_width * place[0] / across, 1),
            round(TOP + inner * (1 - min(place[1], highest) / highest), 1),
        )

    path = " ".join(f"{left},{down}" for left, down in map(at, points))
    ticks = [
        (
            round(LEFT + inner_width * place * across_step / across, 1),
            height - 22,
            _number(place * across_step),
        )
        for place in range(round(across / across_step) + 1)
    ]
    return _svg(
        title,
        height,
        _y_axis(highest, step, height, y.name),
        SafeString("") if points else _nothing(height),
        format_html('<polyline class="line" points="{}"/>', path),
        format_html_join("", '<circle class="dot-mark" cx="{}" cy="{}" r="2.5"/>', map(at, points)),
        format_html_join(
            "",
            '<circle class="mark-{}" cx="{}" cy="{}" r="4.5"/>',
            ((mark.kind, *at((mark.x, mark.y))) for mark in marks),
        ),
        format_html_join(
            "", '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>', ticks
        ),
        _x_name(x.name, height),
    )


def strip(
    title: str,
    word_count: int,
    covered: Sequence[tuple[int, int]],
    *,
    chapters: Sequence[int],
    place: int,
    marks: Sequence[tuple[int, str]] = (),
) -> SafeString:
    """A book from left to right: what was read or heard, the chapters' beginnings, where the
    child is, and marks at words."""
    inner_width, height = WIDTH - LEFT - RIGHT, 74

    def at(word: float) -> float:
        return round(LEFT + inner_width * word / word_count, 1)

    ticks = [(at(word_count * each / 4), 60, f"{each * 25}%") for each in range(5)]
    return _svg(
        title,
        height,
        format_html(
            '<rect class="empty" x="{}" y="18" width="{}" height="22" rx="4"/>', LEFT, inner_width
        ),
        format_html_join(
            "",
            '<rect class="bar" x="{}" y="18" width="{}" height="22"/>',
            ((at(first), max(0.8, round(at(last + 1) - at(first), 1))) for first, last in covered),
        ),
        format_html_join(
            "",
            '<line class="chapter" x1="{}" x2="{}" y1="14" y2="44"/>',
            ((at(each), at(each)) for each in chapters if each),
        ),
        format_html_join(
            "",
            '<circle class="mark-{}" cx="{}" cy="29" r="4"/>',
            ((kind, at(word)) for word, kind in marks),
        ),
        format_html(
            '<path class="here" d="M{0} 16 l-5 -9 h10 z"/>',
            at(place),
        ),
        format_html_join(
            "", '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>', ticks
        ),
        format_html(
            '<text class="axis" x="{}" y="72" text-anchor="middle">place in the book</text>',
            LEFT + inner_width / 2,
        ),
    )

"""Small plots as SVG: axes labelled, units said, colours from the style sheet. A table with the
same numbers always stands behind one (see the templates), so each is hidden from screen readers
but for its title."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 62, 16, 14, 40
#: What a label along the axis takes, and what the longest slanted one takes below it.
LABEL_WIDTH: Final = 48
SLANTED: Final = 24

#: Two of the one stand side by side on a sheet of paper; the other takes its whole width.
HALF, WHOLE = 420, 880


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


@dataclass(frozen=True)
class Frame:
    """The size of a plot and of the space inside its axes."""

    width: int
    height: int
    below: int = BOTTOM

    @property
    def inner_width(self) -> int:
        return self.width - LEFT - RIGHT

    @property
    def inner(self) -> int:
        return self.height - TOP - self.below

    @property
    def middle(self) -> float:
        return LEFT + self.inner_width / 2

    @property
    def labels_at(self) -> int:
        """How far down the labels of the axis below are."""
        return TOP + self.inner + 18


def _y_axis(top: float, step: float, frame: Frame, name: str) -> SafeString:
    inner = frame.inner
    lines = []
    for place in range(round(top / step) + 1):
        value = place * step
        y = round(TOP + inner * (1 - value / top), 1)
        lines.append((LEFT, frame.width - RIGHT, y, y, LEFT - 6, y + 4, _number(value)))
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


def _svg(title: str, frame: Frame, *parts: SafeString) -> SafeString:
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        frame.width,
        frame.height,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _nothing(frame: Frame) -> SafeString:
    return format_html(
        '<text class="tick" x="{}" y="{}" text-anchor="middle">not enough to show yet</text>',
        frame.middle,
        TOP + frame.inner / 2,
    )


def _x_name(name: str, frame: Frame) -> SafeString:
    return format_html(
        '<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        frame.middle,
        frame.height - 4,
        name,
    )


def _labels(places: Iterable[tuple[float, str]], frame: Frame) -> SafeString:
    return format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((round(x, 1), frame.labels_at, label) for x, label in places),
    )


def _slanted_labels(places: Iterable[tuple[float, str]], frame: Frame) -> SafeString:
    """Every label, read from below."""
    y = TOP + frame.inner + 10
    return format_html_join(
        "",
        '<text class="tick" x="{0}" y="{1}" transform="rotate(-55 {0} {1})"'
        ' text-anchor="end">{2}</text>',
        ((round(x + 4, 1), y, label) for x, label in places),
    )


def bars(
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    x: Axis,
    y: Axis,
    top: float | None = None,
    width: int = HALF,
    every_label: bool = False,
) -> SafeString:
    """A bar per label; None is a gap, which is not the same as nothing read. ``every_label`` is
    written, slanted, instead of as many as have room."""
    frame = Frame(width, 180 + SLANTED * every_label, BOTTOM + SLANTED * every_label)
    highest, step = nice_top(top or max([each for each in values if each is not None], default=0))
    slot = frame.inner_width / max(1, len(labels))
    drawn = [
        _bar(place, slot, frame.inner * value / highest, frame)
        for place, value in enumerate(values)
        if value is not None and value > 0
    ]
    room = 1 if every_label else math.ceil(len(labels) * LABEL_WIDTH / frame.inner_width)
    named = [
        (LEFT + slot * (place + 0.5), label)
        for place, label in enumerate(labels)
        if place % max(1, room) == 0
    ]
    return _svg(
        title,
        frame,
        _y_axis(highest, step, frame, y.name),
        SafeString("") if drawn else _nothing(frame),
        format_html_join(
            "", '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>', drawn
        ),
        _slanted_labels(named, frame) if every_label else _labels(named, frame),
        _x_name(x.name, frame),
    )


def _bar(place: int, slot: float, tall: float, frame: Frame) -> tuple[float, float, float, float]:
    wide = min(slot * 0.7, 48)
    left = LEFT + slot * (place + 0.5) - wide / 2
    return round(left, 1), round(TOP + frame.inner - tall, 1), round(wide, 1), round(tall, 1)


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
    top: float | None = None,
    width: int = HALF,
) -> SafeString:
    """Points joined in their order; both axes begin at nought."""
    frame = Frame(width, 190)
    across, across_step = nice_top(max([each for each, _ in points], default=0))
    highest, step = nice_top(top or max([each for _, each in points], default=0))

    def at(place: tuple[float, float]) -> tuple[float, float]:
        return (
            round(LEFT + frame.inner_width * place[0] / across, 1),
            round(TOP + frame.inner * (1 - min(place[1], highest) / highest), 1),
        )

    path = " ".join(f"{left},{down}" for left, down in map(at, points))
    ticks = [
        (LEFT + frame.inner_width * place * across_step / across, _number(place * across_step))
        for place in range(round(across / across_step) + 1)
    ]
    return _svg(
        title,
        frame,
        _y_axis(highest, step, frame, y.name),
        SafeString("") if points else _nothing(frame),
        format_html('<polyline class="line" points="{}"/>', path),
        format_html_join("", '<circle class="dot-mark" cx="{}" cy="{}" r="2.5"/>', map(at, points)),
        format_html_join(
            "",
            '<circle class="mark-{}" cx="{}" cy="{}" r="4.5"/>',
            ((mark.kind, *at((mark.x, mark.y))) for mark in marks),
        ),
        _labels(ticks, frame),
        _x_name(x.name, frame),
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
    frame = Frame(HALF, 84)

    def at(word: float) -> float:
        return round(LEFT + frame.inner_width * word / word_count, 1)

    ticks = [(at(word_count * each / 4), 60, f"{each * 25}%") for each in range(5)]
    return _svg(
        title,
        frame,
        format_html(
            '<rect class="empty" x="{}" y="18" width="{}" height="22" rx="4"/>',
            LEFT,
            frame.inner_width,
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
            '<text class="axis" x="{}" y="80" text-anchor="middle">place in the book</text>',
            frame.middle,
        ),
    )

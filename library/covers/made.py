"""Motifs of what people make: streets, machines, music, books."""

from __future__ import annotations

import math

from .drawing import WIDTH, Canvas, curve, mentions


def city(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.blob(random.choice([120, 300, 480]), 430, 66, 66, p.pop)
    for fill, top, narrow, wide in ((p.far, 440, 66, 100), (p.mid, 520, 84, 126)):
        x = -30.0
        while x < WIDTH + 20:
            width = random.uniform(narrow, wide)
            _house_front(canvas, x, width, random.uniform(top, top + 120), fill)
            x += width + 4
    canvas.ground(768, 6, p.near)
    _street_lamp(canvas, random.choice([110, 490]))


def _house_front(canvas: Canvas, x: float, width: float, top: float, fill: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.polygon([(x, 830), (x, top), (x + width, top), (x + width, 830)], fill)
    if random.random() < 0.5:
        canvas.polygon([(x - 6, top), (x + width / 2, top - 46), (x + width + 6, top)], fill)
    rows, columns = 4, max(1, int(width // 42))
    for row in range(rows):
        for column in range(columns):
            left = x + (column + 0.5) * width / columns - 10
            y = top + 24 + row * 58
            lit = random.random()
            colour = p.pop if lit < 0.14 else p.light
            canvas.parts.append(
                f'<rect x="{left:.0f}" y="{y:.0f}" width="20" height="28" rx="4" fill="{colour}" '
                f'fill-opacity="{0.95 if lit < 0.5 else 0.28}"/>'
            )


def _street_lamp(canvas: Canvas, x: float) -> None:
    p = canvas.palette
    canvas.blob(x, 636, 46, 46, p.light, fill_opacity=0.35)
    canvas.line([(x, 800), (x, 650)], p.near, 10)
    canvas.blob(x, 636, 21, 24, p.light)
    canvas.line([(x - 24, 612), (x, 604), (x + 24, 612)], p.near, 9)


def machines(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    turn = random.uniform(0, 1)
    left = random.random() < 0.5
    big, small = (215, 420) if left else (385, 180)
    _gear(canvas, big, 570, 150, 12, p.mid, turn)
    _gear(canvas, small, 700, 92, 8, p.pop, turn + 0.2)
    _gear(canvas, small + (30 if left else -30), 455, 66, 7, p.far, turn + 0.4)
    if mentions(about, "clock", "clocks", "time", "watch"):
        _clock_face(canvas, big, 570, 104)
    canvas.ground(776, 6, p.near)


def _gear(
    canvas: Canvas, x: float, y: float, radius: float, teeth: int, fill: str, turn: float
) -> None:
    points = []
    for tooth in range(teeth):
        for part, reach in ((0.0, 1.0), (0.24, 1.2), (0.5, 1.2), (0.74, 1.0)):
            angle = turn + (tooth + part) * math.tau / teeth
            points.append(
                (x + radius * reach * math.cos(angle), y + radius * reach * math.sin(angle))
            )
    canvas.polygon(points, fill, wobble=2)
    canvas.blob(x, y, radius * 0.62, radius * 0.62, canvas.palette.light, fill_opacity=0.32)
    canvas.blob(x, y, radius * 0.26, radius * 0.26, canvas.palette.near)


def _clock_face(canvas: Canvas, x: float, y: float, radius: float) -> None:
    p = canvas.palette
    canvas.blob(x, y, radius, radius, p.light)
    for hour in range(12):
        angle = hour * math.tau / 12
        canvas.blob(
            x + radius * 0.8 * math.sin(angle), y - radius * 0.8 * math.cos(angle), 6, 6, p.mid
        )
    hand = canvas.random.uniform(0.3, 1.2)
    canvas.line(
        [(x, y), (x + radius * 0.62 * math.sin(hand), y - radius * 0.62 * math.cos(hand))],
        p.ink,
        11,
    )
    canvas.line([(x, y), (x - radius * 0.36, y - radius * 0.2)], p.ink, 11)
    canvas.blob(x, y, 11, 11, p.pop)


def music(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.ground(770, 10, p.near)
    turn = random.uniform(0, math.tau)

    def height(x: float, line: int) -> float:
        return 520 + line * 40 + 38 * math.sin(turn + x / 110)

    for line in range(5):
        points = [(float(x), height(x, line)) for x in range(-30, 660, 45)]
        canvas.path(curve(points), stroke=p.mid, stroke_width=6, stroke_opacity=0.75)
    fills = [p.pop, p.ink, p.near, p.pop]
    for step, fill in enumerate(fills):
        x = 100 + step * 135 + random.uniform(-18, 18)
        _note(canvas, x, height(x, random.randint(1, 4)), fill, two=step == 1)
    if mentions(about, "triangle"):
        canvas.line([(236, 452), (300, 352), (364, 452), (252, 454)], p.pop, 13)


def _note(canvas: Canvas, x: float, y: float, fill: str, *, two: bool) -> None:
    heads = [x, x + 74] if two else [x]
    for head in heads:
        canvas.parts.append(f'<g transform="rotate(-22 {head:.0f} {y:.0f})">')
        canvas.blob(head, y, 33, 25, fill)
        canvas.parts.append("</g>")
        canvas.line([(head + 28, y - 8), (head + 28, y - 116)], fill, 9)
    if two:
        canvas.polygon(
            [(x + 26, y - 122), (x + 104, y - 122), (x + 104, y - 100), (x + 26, y - 100)], fill
        )
    else:
        canvas.line([(x + 28, y - 114), (x + 58, y - 92), (x + 54, y - 58)], fill, 10)


def school(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.ground(762, 6, p.near)
    fills = [p.mid, p.pop, p.far, p.near]
    random.shuffle(fills)
    y = 760.0
    for fill in fills:
        height = random.uniform(50, 66)
        width = random.uniform(290, 380)
        left = 300 - width / 2 + random.uniform(-26, 26)
        canvas.polygon(
            [(left, y), (left, y - height), (left + width, y - height), (left + width, y)], fill
        )
        canvas.polygon(
            [
                (left + 34, y - 11),
                (left + 34, y - height + 11),
                (left + width + 2, y - height + 11),
                (left + width + 2, y - 11),
            ],
            p.light,
            wobble=1,
        )
        y -= height + 5
    _apple(canvas, random.uniform(250, 350), y - 58)


def _apple(canvas: Canvas, x: float, y: float) -> None:
    p = canvas.palette
    canvas.blob(x - 22, y, 44, 54, p.pop)
    canvas.blob(x + 22, y, 44, 54, p.pop)
    canvas.line([(x, y - 44), (x + 6, y - 84)], p.near, 9)
    canvas.path(
        f"M{x + 8} {y - 66} Q{x + 36} {y - 104} {x + 66} {y - 82} "
        f"Q{x + 42} {y - 56} {x + 8} {y - 66}Z",
        p.mid,
    )

"""Motifs of what lives and grows, and what is eaten."""

from __future__ import annotations

import math

from .drawing import WIDTH, Canvas, mentions

_FACES = {
    "goat": "horns",
    "camel": "camel",
    "cat": "pointed",
    "fox": "pointed",
    "wolf": "pointed",
    "bear": "round",
    "lion": "round",
    "mouse": "round",
    "rabbit": "long",
    "hare": "long",
    "donkey": "long",
}


def animals(canvas: Canvas, about: str) -> None:
    if mentions(about, "butterfly", "caterpillar"):
        _butterfly(canvas)
        return
    if mentions(about, "bird", "birds", "egg", "eggs", "hen", "duck", "owl"):
        friendship(canvas, about)
        return
    known = next((ears for name, ears in _FACES.items() if mentions(about, name)), "")
    ears = known or canvas.random.choice(["pointed", "round", "long"])
    _animal(canvas, ears)


def _animal(canvas: Canvas, ears: str) -> None:
    """A friendly head that looks over a hill."""
    p, random = canvas.palette, canvas.random
    x, y = random.choice([250, 300, 350]), 600.0
    canvas.ground(650, 20, p.far)
    if ears == "camel":
        for side in (-1, 1):
            canvas.blob(x + side * 190, 640, 92, 150, p.mid)
    for side in (-1, 1):
        _ear(canvas, x, y, side, ears)
    canvas.blob(x, y + 130, 190, 160, p.light)
    canvas.blob(x, y, 136, 128, p.light)
    if random.random() < 0.6:
        canvas.blob(x + 56, y - 22, 50, 54, p.far, fill_opacity=0.75)
    canvas.blob(x, y + 56, 68, 50, p.low)
    canvas.blob(x, y + 34, 21, 15, p.ink)
    canvas.line([(x, y + 46), (x - 2, y + 66), (x - 26, y + 76)], p.ink, 6)
    canvas.line([(x, y + 64), (x + 26, y + 76)], p.ink, 6)
    for side in (-1, 1):
        canvas.blob(x + side * 54, y - 18, 13, 16, p.ink)
        canvas.blob(x + side * 54 + 4, y - 24, 4, 5, p.light)
        canvas.blob(x + side * 86, y + 34, 21, 14, p.pop, fill_opacity=0.55)
    canvas.ground(748, 14, p.near)
    _grass(canvas, 742)


def _ear(canvas: Canvas, x: float, y: float, side: int, ears: str) -> None:
    p = canvas.palette
    if ears == "pointed":
        tip = (x + side * 124, y - 176)
        canvas.polygon([(x + side * 24, y - 98), tip, (x + side * 130, y - 34)], p.light)
        canvas.polygon(
            [(x + side * 62, y - 104), (x + side * 112, y - 142), (x + side * 112, y - 70)], p.pop
        )
    elif ears == "long":
        canvas.parts.append(f'<g transform="rotate({side * 12} {x + side * 62} {y - 90})">')
        canvas.blob(x + side * 62, y - 150, 40, 108, p.light)
        canvas.blob(x + side * 62, y - 146, 20, 76, p.pop, fill_opacity=0.7)
        canvas.parts.append("</g>")
    elif ears == "horns":
        canvas.line(
            [(x + side * 44, y - 96), (x + side * 84, y - 166), (x + side * 146, y - 178)],
            p.near,
            28,
        )
        canvas.parts.append(f'<g transform="rotate({side * 24} {x + side * 150} {y - 40})">')
        canvas.blob(x + side * 152, y - 42, 66, 28, p.mid)
        canvas.parts.append("</g>")
    else:
        canvas.blob(x + side * 104, y - 94, 56, 56, p.light)
        canvas.blob(x + side * 104, y - 92, 32, 32, p.pop, fill_opacity=0.7)


def _grass(canvas: Canvas, y: float) -> None:
    p, random = canvas.palette, canvas.random
    for _ in range(14):
        x = random.uniform(10, WIDTH - 10)
        lean = random.uniform(-12, 12)
        canvas.line([(x, y + 24), (x + lean, y - random.uniform(8, 26))], p.near, 7)


def _butterfly(canvas: Canvas) -> None:
    p, random = canvas.palette, canvas.random
    canvas.ground(760, 12, p.near)
    canvas.line([(-20, 720), (170, 660), (360, 706), (620, 640)], p.mid, 17)
    for step in range(5):
        x = 60 + step * 120 + random.uniform(-14, 14)
        _leaf(canvas, x, 690, random.choice([-58, 34, 150]), p.mid)
    x, y = random.choice([260, 300, 340]), 540.0
    canvas.parts.append(f'<g transform="rotate({random.choice([-14, 12])} {x} {y})">')
    for side in (-1, 1):
        canvas.blob(x + side * 104, y - 62, 104, 92, p.pop)
        canvas.blob(x + side * 82, y + 72, 76, 72, p.far)
        canvas.blob(x + side * 116, y - 66, 52, 46, p.light)
        canvas.blob(x + side * 86, y + 76, 34, 32, p.light)
        canvas.line([(x, y - 96), (x + side * 26, y - 150), (x + side * 58, y - 168)], p.ink, 7)
    canvas.blob(x, y, 19, 106, p.ink)
    canvas.blob(x, y - 106, 24, 24, p.ink)
    canvas.parts.append("</g>")


def _leaf(canvas: Canvas, x: float, y: float, turn: float, fill: str, size: float = 1) -> None:
    long, wide = 92 * size, 30 * size
    canvas.path(
        f"M{x:.0f} {y:.0f} q{long * 0.4:.0f} {-wide:.0f} {long:.0f} 0 "
        f"q{-long * 0.6:.0f} {wide:.0f} {-long:.0f} 0Z",
        fill,
        transform=f"rotate({turn:.0f} {x:.0f} {y:.0f})",
    )


def forest(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.blob(random.choice([170, 430]), 440, 76, 76, p.pop)
    for fill, base, tall, count in (
        (p.far, 700, 250, 7),
        (p.mid, 752, 270, 5),
        (p.near, 778, 230, 4),
    ):
        for step in range(count):
            x = (step + 0.5) * WIDTH / count + random.uniform(-24, 24)
            if fill == p.near and 210 < x < 390:
                continue
            _fir(canvas, x, base, tall * random.uniform(0.8, 1.12), fill)
        canvas.ground(base, 8, fill)


def _fir(canvas: Canvas, x: float, base: float, tall: float, fill: str) -> None:
    for step in range(3):
        top = base - tall + step * tall * 0.24
        half = tall * (0.17 + 0.075 * step)
        canvas.polygon([(x, top), (x + half, top + tall * 0.4), (x - half, top + tall * 0.4)], fill)
    canvas.line([(x, base), (x, base - tall * 0.3)], fill, tall * 0.07)


def garden(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.ground(742, 10, p.near)
    if mentions(about, "pumpkin"):
        _pumpkin(canvas, random.choice([240, 330]), 660)
    colours = [p.pop, p.light, p.far, p.pop, p.light]
    for step, colour in enumerate(colours):
        x = 70 + step * 115 + random.uniform(-20, 20)
        low = mentions(about, "pumpkin") and 1 <= step <= 3
        y = random.uniform(440, 480) if low else random.uniform(440, 570)
        canvas.line([(x + random.uniform(-16, 16), 770), (x - 8, (y + 770) / 2), (x, y)], p.mid, 10)
        _leaf(canvas, x - 4, (y + 760) / 2, -38, p.mid)
        _leaf(canvas, x - 4, (y + 810) / 2, -142, p.mid)
        _flower(canvas, x, y, colour, p.near if colour == p.far else p.mid)
    canvas.ground(776, 6, p.near)


def _flower(canvas: Canvas, x: float, y: float, fill: str, middle: str) -> None:
    petals = canvas.random.choice([5, 6, 7])
    turn = canvas.random.uniform(0, math.tau)
    for petal in range(petals):
        angle = turn + petal * math.tau / petals
        canvas.blob(x + 34 * math.cos(angle), y + 34 * math.sin(angle), 25, 25, fill)
    canvas.blob(x, y, 22, 22, middle)


def _pumpkin(canvas: Canvas, x: float, y: float) -> None:
    p = canvas.palette
    canvas.line([(x, y - 96), (x + 10, y - 140), (x + 48, y - 152)], p.mid, 20)
    for dx, wide in ((-104, 62), (104, 62), (-56, 70), (56, 70), (0, 62)):
        canvas.blob(x + dx, y, wide, 104, p.pop, stroke=p.near, stroke_opacity=0.25, stroke_width=5)


def food(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.ground(748, 6, p.near)
    x = random.choice([280, 300, 320])
    for step in (-1, 0, 1):
        left = x + step * 84
        canvas.line(
            [(left, 560), (left + 20, 512), (left - 16, 466), (left + 12, 416)], p.light, 13
        )
    canvas.path(
        f"M{x - 190} 590 H{x + 190} C{x + 180} 712 {x + 96} 756 {x} 756 "
        f"C{x - 96} 756 {x - 180} 712 {x - 190} 590Z",
        p.pop,
    )
    canvas.path(
        f"M{x - 176} 640 Q{x} 700 {x + 176} 640 L{x + 164} 676 Q{x} 736 {x - 164} 676Z",
        p.light,
        fill_opacity=0.5,
    )
    canvas.blob(x, 592, 192, 30, p.mid)
    for dx in (-96, -20, 70):
        canvas.blob(x + dx + random.uniform(-12, 12), 584, 34, 20, p.light)


def family(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.blob(random.choice([140, 300, 460]), 440, 70, 70, p.light)
    canvas.ground(700, 18, p.far)
    people = [(140, 250, p.mid), (262, 290, p.near), (372, 170, p.pop), (468, 220, p.mid)]
    if random.random() < 0.5:
        people = [(WIDTH - x, tall, fill) for x, tall, fill in people]
    hands = sorted((float(x), 760 - tall * 0.52) for x, tall, _ in people)
    canvas.line(hands, p.ink, 10)
    for x, tall, fill in people:
        _person(canvas, x, 770, tall, fill)
    canvas.ground(764, 6, p.near)


def _person(canvas: Canvas, x: float, y: float, tall: float, fill: str) -> None:
    p = canvas.palette
    canvas.polygon(
        [
            (x - tall * 0.07, y - tall * 0.7),
            (x + tall * 0.07, y - tall * 0.7),
            (x + tall * 0.22, y),
            (x - tall * 0.22, y),
        ],
        fill,
    )
    head = tall * 0.155
    canvas.blob(x, y - tall * 0.83, head, head, p.light)
    canvas.path(
        f"M{x - head} {y - tall * 0.84} A{head} {head} 0 0 1 {x + head} {y - tall * 0.84} "
        f"Q{x} {y - tall * 0.93} {x - head} {y - tall * 0.84}Z",
        p.ink,
    )


def friendship(canvas: Canvas, about: str) -> None:
    """Two birds on a branch, looking at one another."""
    p, random = canvas.palette, canvas.random
    canvas.ground(768, 12, p.near)
    canvas.line([(-20, 690), (180, 672), (420, 690), (620, 664)], p.near, 20)
    for step in range(6):
        side = random.choice([-1, 1])
        _leaf(canvas, 40 + step * 104, 684, side * random.uniform(30, 60), p.mid, 0.9)
    _bird(canvas, random.uniform(165, 195), 590, 1, p.pop, 1.08)
    _bird(canvas, random.uniform(405, 435), 604, -1, p.mid, 0.92)
    if mentions(about, "egg", "eggs"):
        for dx in (-46, 0, 46):
            canvas.blob(300 + dx, 740, 25, 32, p.light)
    else:
        canvas.path("M300 424 c-44 -60 -104 0 0 66 c104 -66 44 -126 0 -66Z", p.pop)


def _bird(canvas: Canvas, x: float, y: float, way: int, fill: str, size: float) -> None:
    p = canvas.palette
    canvas.parts.append(
        f'<g transform="translate({x:.0f} {y:.0f}) scale({way * size:g} {size:g})">'
    )
    for leg in (-16, 16):
        canvas.line([(leg, 70), (leg, 94)], p.ink, 7)
    canvas.polygon([(-74, 10), (-152, 46), (-140, 70), (-60, 50)], fill)
    canvas.blob(-4, 16, 92, 74, fill)
    canvas.blob(52, -50, 52, 50, fill)
    canvas.polygon([(98, -60), (134, -44), (98, -32)], p.light)
    canvas.blob(66, -58, 9, 10, p.ink)
    canvas.path("M-62 0 Q-20 -34 36 4 Q0 56 -62 40Z", p.light, fill_opacity=0.5)
    canvas.parts.append("</g>")

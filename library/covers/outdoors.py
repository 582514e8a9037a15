"""Motifs of weather, water and sky. Each draws below the title, from y = 330 on."""

from __future__ import annotations

import math

from .drawing import HEIGHT, WIDTH, Canvas, Point, curve


def sea(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    sun = random.choice([170, 300, 430])
    canvas.blob(sun, 500, 112, 112, p.light)
    canvas.blob(sun, 500, 84, 84, p.pop, fill_opacity=0.9)
    boat = random.choice([190, 400])
    for step, fill in enumerate((p.far, p.mid, p.near)):
        if step == 1:
            _boat(canvas, boat, 590)
        _waves(canvas, 545 + step * 88, 17 + 4 * step, fill, random.uniform(0, math.tau))
    for _ in range(5):
        x, y = random.uniform(60, 540), random.uniform(660, 770)
        canvas.line([(x - 26, y), (x, y - 7), (x + 26, y)], p.light, 5, stroke_opacity=0.55)


def _waves(canvas: Canvas, y: float, swell: float, fill: str, turn: float) -> None:
    points: list[Point] = [
        (x, y + swell * math.sin(turn + x / 62)) for x in range(-40, WIDTH + 60, 24)
    ]
    canvas.path(f"{curve(points)} L{WIDTH + 40} {HEIGHT + 20} L-40 {HEIGHT + 20}Z", fill)


def _boat(canvas: Canvas, x: float, y: float) -> None:
    p = canvas.palette
    canvas.line([(x, y), (x + 2, y - 175)], p.ink if not p.dark else p.light, 8)
    canvas.polygon([(x + 12, y - 168), (x + 12, y - 28), (x + 104, y - 28)], p.light)
    canvas.polygon([(x - 10, y - 140), (x - 10, y - 28), (x - 74, y - 28)], p.pop)
    canvas.polygon(
        [(x - 92, y - 14), (x + 112, y - 14), (x + 70, y + 50), (x - 56, y + 50)], p.near
    )


def night(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    x = random.choice([180, 300, 420])
    canvas.above_title()
    canvas.scatter_stars(7, 330, 520, p.light)
    canvas.path(f"M{x + 30} 352 A100 100 0 1 0 {x + 92} 486 A84 84 0 1 1 {x + 30} 352Z", p.light)
    canvas.ground(600, 26, p.far)
    canvas.ground(670, 30, p.mid)
    house = 600 - x
    _house(canvas, house, 712, 118)
    canvas.ground(735, 14, p.near)


def _house(canvas: Canvas, x: float, y: float, size: float) -> None:
    p = canvas.palette
    half = size / 2
    canvas.polygon(
        [(x - half, y + 40), (x - half, y - half), (x + half, y - half), (x + half, y + 40)],
        p.near,
    )
    canvas.polygon([(x - half - 16, y - half), (x, y - size), (x + half + 16, y - half)], p.pop)
    canvas.polygon([(x - 16, y - 40), (x + 16, y - 40), (x + 16, y - 6), (x - 16, y - 6)], p.light)


def weather(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.ground(742, 14, p.mid)
    for step in range(22):
        x = (step + random.uniform(0.2, 0.8)) * WIDTH / 22
        y = random.uniform(490, 720)
        canvas.line([(x, y), (x - 9, y + 30)], p.mid, 7, stroke_opacity=0.7)
    for x, y, size in ((170, 430, 1.0), (430, 402, 1.25)):
        _cloud(canvas, canvas.jitter(x, 24), canvas.jitter(y, 14), size)
    _umbrella(canvas, random.choice([220, 300, 380]), 640)
    canvas.ground(790, 8, p.near)


def _cloud(canvas: Canvas, x: float, y: float, size: float) -> None:
    p = canvas.palette
    for dx, dy, radius in ((-62, 14, 44), (-10, -14, 58), (54, 8, 48), (4, 26, 66)):
        canvas.blob(x + dx * size, y + dy * size, radius * size, radius * size * 0.8, p.light)


def _umbrella(canvas: Canvas, x: float, y: float) -> None:
    p = canvas.palette
    canvas.line([(x, y - 20), (x, y + 128), (x + 20, y + 146), (x + 38, y + 126)], p.near, 11)
    canvas.path(
        f"M{x - 132} {y} A132 118 0 0 1 {x + 132} {y} Q{x + 99} {y - 30} {x + 66} {y} "
        f"Q{x + 33} {y - 30} {x} {y} Q{x - 33} {y - 30} {x - 66} {y} "
        f"Q{x - 99} {y - 30} {x - 132} {y}Z",
        p.pop,
    )
    canvas.path(
        f"M{x - 66} {y} Q{x - 58} {y - 92} {x} {y - 118} Q{x + 58} {y - 92} {x + 66} {y} "
        f"Q{x + 33} {y - 30} {x} {y} Q{x - 33} {y - 30} {x - 66} {y}Z",
        p.light,
        fill_opacity=0.5,
    )
    canvas.line([(x, y - 116), (x, y - 138)], p.near, 9)


def space(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.above_title()
    canvas.scatter_stars(12, 330, 800, p.light)
    x = random.choice([210.0, 390.0])
    canvas.blob(x, 540, 132, 132, p.pop)
    canvas.path(
        f"M{x - 120} 500 Q{x} 540 {x + 126} 492 L{x + 131} 530 Q{x} 584 {x - 131} 540Z",
        p.light,
        fill_opacity=0.35,
    )
    canvas.parts.append(
        f'<ellipse cx="{x}" cy="545" rx="214" ry="46" fill="none" stroke="{p.light}" '
        f'stroke-width="13" transform="rotate(-16 {x} 545)" stroke-dasharray="395 260" '
        'stroke-dashoffset="-12" stroke-linecap="round"/>'
    )
    _rocket(canvas, 600 - x, 560)
    canvas.ground(770, 16, p.near)


def _rocket(canvas: Canvas, x: float, y: float) -> None:
    p = canvas.palette
    canvas.parts.append(f'<g transform="rotate({18 if x > 300 else -18} {x} {y})">')
    canvas.polygon([(x - 22, y + 84), (x + 22, y + 84), (x, y + 150)], p.pop)
    canvas.polygon([(x - 34, y + 34), (x - 70, y + 92), (x - 30, y + 76)], p.far)
    canvas.polygon([(x + 34, y + 34), (x + 70, y + 92), (x + 30, y + 76)], p.far)
    canvas.path(
        f"M{x} {y - 106} C{x + 56} {y - 50} {x + 48} {y + 40} {x + 30} {y + 84} L{x - 30} {y + 84} "
        f"C{x - 48} {y + 40} {x - 56} {y - 50} {x} {y - 106}Z",
        p.light,
    )
    canvas.blob(x, y - 14, 22, 22, p.mid)
    canvas.parts.append("</g>")


def mountain(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.blob(random.choice([130, 300, 470]), 430, 74, 74, p.pop)
    peaks: tuple[tuple[float, float, float, str], ...] = (
        (130, 470, 230, p.far),
        (470, 440, 250, p.far),
        (300, 500, 270, p.mid),
    )
    for about_x, about_y, half, fill in peaks:
        x, y = canvas.jitter(about_x, 30), canvas.jitter(about_y, 24)
        canvas.polygon([(x - half, 830), (x, y), (x + half, 830)], fill, wobble=6)
        cap = half * 0.24
        canvas.polygon(
            [
                (x, y + 2),
                (x + cap, y + 84),
                (x + cap * 0.4, y + 66),
                (x, y + 96),
                (x - cap * 0.45, y + 64),
                (x - cap, y + 84),
            ],
            p.light,
        )
    canvas.ground(730, 22, p.near)
    for _ in range(3):
        x, y = random.uniform(90, 510), random.uniform(350, 410)
        canvas.line([(x - 20, y - 8), (x, y), (x + 20, y - 8)], p.ink, 4)


def river(canvas: Canvas, about: str) -> None:
    p, random = canvas.palette, canvas.random
    canvas.blob(random.choice([150, 450]), 450, 70, 70, p.pop)
    canvas.ground(520, 34, p.far)
    canvas.ground(600, 24, p.mid)
    canvas.ground(705, 10, p.near)
    way = random.choice([-1, 1])
    x = 300
    canvas.path(
        f"M{x - 12} 566 C{x + way * 190} 610 {x - way * 230} 660 {x - way * 40} 705 "
        f"C{x + way * 90} 740 {x + way * 10} 790 {x - way * 70} 850 L{x - way * 70 + 240} 850 "
        f"C{x + way * 10 + 210} 790 {x + way * 90 + 120} 735 {x - way * 40 + 74} 700 "
        f"C{x - way * 230 + 60} 655 {x + way * 190 + 40} 605 {x + 14} 566Z",
        p.light,
    )
    _boat_of_paper(canvas, x + way * 40 + 70, 720)
    canvas.ground(776, 8, p.near)


def _boat_of_paper(canvas: Canvas, x: float, y: float) -> None:
    p = canvas.palette
    canvas.polygon([(x - 34, y), (x, y - 74), (x + 34, y)], p.light)
    canvas.polygon([(x - 84, y - 22), (x + 84, y - 22), (x + 46, y + 34), (x - 46, y + 34)], p.pop)
